import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  Paper,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { UserRole } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { membersQuery } from "../crm/queries.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { userRolesQuery } from "./queries.ts";

/** Whom `@user.NAME` in instructions stands for; where there are several, they take turns. */
export function UserRolesTab(): ReactNode {
  const roles = useQuery(userRolesQuery(useWorkspaceId()));
  if (roles.isError) return <ProblemBox problem={problemOf(roles.error)} />;
  if (roles.data === undefined) return null;
  return <RolesForm key={JSON.stringify(roles.data.items)} saved={roles.data.items} />;
}

interface Line extends UserRole {
  readonly key: number;
}

let lines = 0;
const lineOf = (role: UserRole): Line => ({ ...role, key: (lines += 1) });

function RolesForm({ saved }: { readonly saved: readonly UserRole[] }): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const permission = usePermission("workspace:write");
  const [items, setItems] = useState<readonly Line[]>(() => saved.map(lineOf));
  const save = useMutation({
    mutationFn: () =>
      api.setUserRoles({
        params: { workspaceId },
        body: { items: items.map(({ name, memberIds }) => ({ name, memberIds: [...memberIds] })) },
      }),
    onSuccess: (answer) => client.setQueryData(userRolesQuery(workspaceId).queryKey, answer),
  });
  const change = (key: number, next: Partial<UserRole>): void =>
    setItems((known) => known.map((line) => (line.key === key ? { ...line, ...next } : line)));
  return (
    <Paper p="md" maw={760}>
      <Stack gap="sm">
        <Text c="dimmed">
          Instructions say whom they mean by a name: “Create a task for @user.salesRep”. A name may
          stand for several members; they take turns. @user.creator is built in: whoever made the
          agent.
        </Text>
        {items.map((line) => (
          <RoleLine
            key={line.key}
            line={line}
            isOff={!permission.allowed}
            onChange={(next) => change(line.key, next)}
            onRemove={() => setItems((known) => known.filter(({ key }) => key !== line.key))}
          />
        ))}
        {save.error === null ? null : <ProblemBox problem={problemOf(save.error)} />}
        <Group gap="xs">
          <Button
            variant="default"
            disabled={!permission.allowed}
            onClick={() => setItems((known) => [...known, lineOf({ name: "", memberIds: [] })])}
          >
            Add a name
          </Button>
          <ActButton permission={permission} loading={save.isPending} onClick={() => save.mutate()}>
            Save
          </ActButton>
        </Group>
      </Stack>
    </Paper>
  );
}

interface RoleLineProps {
  readonly line: Line;
  readonly isOff: boolean;
  readonly onChange: (next: Partial<UserRole>) => void;
  readonly onRemove: () => void;
}

function RoleLine({ line, isOff, onChange, onRemove }: RoleLineProps): ReactNode {
  const members = useQuery(membersQuery(useWorkspaceId()));
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        aria-label="Name"
        placeholder="salesRep"
        leftSection={
          <span className="quiet" style={{ fontSize: 12 }}>
            @user.
          </span>
        }
        leftSectionWidth={52}
        w={190}
        disabled={isOff}
        value={line.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <MultiSelect
        aria-label={`Members of ${line.name}`}
        placeholder={line.memberIds.length === 0 ? "Choose members" : ""}
        style={{ flex: 1 }}
        disabled={isOff}
        data={(members.data?.items ?? []).map(({ userId, name }) => ({
          value: userId,
          label: name,
        }))}
        value={[...line.memberIds]}
        onChange={(memberIds) => onChange({ memberIds })}
      />
      <ActionIcon aria-label={`Remove ${line.name}`} mt={4} disabled={isOff} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
