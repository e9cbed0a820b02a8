import {
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { isAtLeast, ROLES, type Role } from "#contract/rights.ts";
import type { ApiKey } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Empty } from "../parts/empty.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { When } from "../parts/when.tsx";
import { ROLE_WORDS } from "../session/permission.ts";
import { useHere, usePermission } from "../session/workspace.tsx";
import { keysQuery } from "./queries.ts";
import { Secret } from "./secret.tsx";

export function KeysTab(): ReactNode {
  const permission = usePermission("keys:manage");
  return permission.allowed ? <Keys /> : <p className="quiet">{permission.reason}</p>;
}

function Keys(): ReactNode {
  const keys = useQuery(keysQuery(useHere().workspace.id));
  const [isCreating, creating] = useDisclosure();
  if (keys.isError) return <ProblemBox problem={problemOf(keys.error)} />;
  const items = keys.data?.items ?? [];
  const create = <Button onClick={creating.open}>Create API key</Button>;
  return (
    <Stack gap="sm">
      {items.length === 0 ? null : <Group justify="flex-end">{create}</Group>}
      <div className="panel">
        {items.length === 0 ? (
          <Empty title="No API keys" action={create}>
            Programs use Stint with a key: what they may do follows from its role.
          </Empty>
        ) : (
          <KeyTable items={items} />
        )}
      </div>
      <Modal
        opened={isCreating}
        onClose={creating.close}
        title={<Text fw={600}>Create an API key</Text>}
      >
        {isCreating ? <CreateKey onDone={creating.close} /> : null}
      </Modal>
    </Stack>
  );
}

function KeyTable({ items }: { readonly items: readonly ApiKey[] }): ReactNode {
  return (
    <Table className="rows" aria-label="API keys">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Role</Table.Th>
          <Table.Th className="only-wide">Last used</Table.Th>
          <Table.Th className="only-wide">Expires</Table.Th>
          <Table.Th>Revoke</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td>
              <strong>{key.name}</strong>
              <div className="quiet mono">{key.start}…</div>
            </Table.Td>
            <Table.Td>{ROLE_WORDS[key.role]}</Table.Td>
            <Table.Td className="only-wide">
              {key.lastUsedAt === null ? "never" : <When at={key.lastUsedAt} />}
            </Table.Td>
            <Table.Td className="only-wide">
              {key.expiresAt === null ? "never" : <When at={key.expiresAt} />}
            </Table.Td>
            <Table.Td>
              <Revoke apiKey={key} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Revoke({ apiKey }: { readonly apiKey: ApiKey }): ReactNode {
  const { workspace } = useHere();
  const client = useQueryClient();
  const [isAsking, ask] = useDisclosure();
  const revoke = useMutation({
    mutationFn: () => api.revokeApiKey({ params: { workspaceId: workspace.id, keyId: apiKey.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys", workspace.id] }),
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="red"
        onClick={ask.open}
        aria-label={`Revoke ${apiKey.name}`}
      >
        Revoke
      </Button>
      <Confirm
        opened={isAsking}
        title={`Revoke ${apiKey.name}?`}
        act="Revoke"
        isBusy={revoke.isPending}
        problem={revoke.error === null ? undefined : problemOf(revoke.error)}
        onAct={() => revoke.mutate()}
        onClose={ask.close}
      >
        Programs that use this key are refused at once.
      </Confirm>
    </>
  );
}

function CreateKey({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { workspace } = useHere();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("member");
  const [days, setDays] = useState<number | string>("");
  const create = useMutation({
    mutationFn: () =>
      api.createApiKey({
        params: { workspaceId: workspace.id },
        body: { name, role, ...(days === "" ? {} : { expiresInDays: Number(days) }) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys", workspace.id] }),
  });
  if (create.data !== undefined) {
    return (
      <Secret
        title={`${create.data.name} is ready`}
        secret={create.data.key}
        says="Copy it now: it is shown this once, and only its hash is kept."
        onDone={onDone}
      />
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="What uses it"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label="Role"
          allowDeselect={false}
          data={ROLES.filter((one) => isAtLeast(workspace.role, one)).map((one) => ({
            value: one,
            label: ROLE_WORDS[one],
          }))}
          value={role}
          onChange={(next) => (next === null ? undefined : setRole(next))}
        />
        <NumberInput
          label="Expires after"
          description="Empty: never"
          suffix=" days"
          min={1}
          max={3650}
          allowDecimal={false}
          value={days}
          onChange={setDays}
        />
        {create.error === null ? null : <ProblemBox problem={problemOf(create.error)} />}
        <Button type="submit" loading={create.isPending}>
          Create
        </Button>
      </Stack>
    </form>
  );
}
