import {
  Button,
  Group,
  Modal,
  Select,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { mayAssign, ROLES, type Role } from "#contract/rights.ts";
import type { Member } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { membersQuery } from "../crm/queries.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { When } from "../parts/when.tsx";
import { ROLE_WORDS } from "../session/permission.ts";
import { useHere, usePermission } from "../session/workspace.tsx";
import { Secret } from "./secret.tsx";

export function MembersTab(): ReactNode {
  const { workspace } = useHere();
  const members = useQuery(membersQuery(workspace.id));
  const [isAdding, adding] = useDisclosure();
  const permission = usePermission("members:manage");
  if (members.isError) return <ProblemBox problem={problemOf(members.error)} />;
  return (
    <Stack gap="sm">
      <Group justify="flex-end">
        <ActButton permission={permission} onClick={adding.open}>
          Add member
        </ActButton>
      </Group>
      <div className="panel">
        <Table className="rows" aria-label="Members">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th style={{ width: "8.5rem" }}>Role</Table.Th>
              <Table.Th className="only-wide" style={{ width: "9rem" }}>
                Joined
              </Table.Th>
              <Table.Th style={{ width: "5.5rem" }}>
                <span className="quiet">Remove</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(members.data?.items ?? []).map((member) => (
              <MemberRow key={member.userId} member={member} />
            ))}
          </Table.Tbody>
        </Table>
        {members.isPending ? <Skeleton height={120} /> : null}
      </div>
      <Modal opened={isAdding} onClose={adding.close} title={<Text fw={600}>Add a member</Text>}>
        {isAdding ? <AddMember onDone={adding.close} /> : null}
      </Modal>
    </Stack>
  );
}

function MemberRow({ member }: { readonly member: Member }): ReactNode {
  const { me } = useHere();
  return (
    <Table.Tr>
      <Table.Td>
        <strong>{member.name}</strong>
        {member.userId === me.user?.id ? <span className="quiet"> (you)</span> : null}
        <div className="quiet">{member.email}</div>
      </Table.Td>
      <Table.Td>
        <RoleOf member={member} />
      </Table.Td>
      <Table.Td className="only-wide">
        <When at={member.joinedAt} />
      </Table.Td>
      <Table.Td>
        <Remove member={member} />
      </Table.Td>
    </Table.Tr>
  );
}

function RoleOf({ member }: { readonly member: Member }): ReactNode {
  const { workspace } = useHere();
  const client = useQueryClient();
  const permission = usePermission("members:roles");
  const change = useMutation({
    mutationFn: (role: Role) =>
      api.changeMemberRole({
        params: { workspaceId: workspace.id, userId: member.userId },
        body: { role },
      }),
    onSettled: () => client.invalidateQueries(),
  });
  if (!permission.allowed) return ROLE_WORDS[member.role];
  return (
    <>
      <Select
        aria-label={`Role of ${member.name}`}
        size="xs"
        allowDeselect={false}
        data={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role] }))}
        value={member.role}
        onChange={(role) => (role === null ? undefined : change.mutate(role))}
      />
      {change.error === null ? null : <ProblemBox problem={problemOf(change.error)} />}
    </>
  );
}

function Remove({ member }: { readonly member: Member }): ReactNode {
  const { workspace } = useHere();
  const client = useQueryClient();
  const [isAsking, ask] = useDisclosure();
  const remove = useMutation({
    mutationFn: () =>
      api.removeMember({ params: { workspaceId: workspace.id, userId: member.userId } }),
    onSuccess: () => client.invalidateQueries(),
  });
  if (!mayAssign(workspace.role, member.role)) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="red"
        onClick={ask.open}
        aria-label={`Remove ${member.name}`}
      >
        Remove
      </Button>
      <Confirm
        opened={isAsking}
        title={`Remove ${member.name}?`}
        act="Remove"
        isBusy={remove.isPending}
        problem={remove.error === null ? undefined : problemOf(remove.error)}
        onAct={() => remove.mutate()}
        onClose={ask.close}
      >
        They can no longer enter this workspace. What they did stays in its history.
      </Confirm>
    </>
  );
}

function AddMember({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { workspace } = useHere();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const add = useMutation({
    mutationFn: () =>
      api.addMember({ params: { workspaceId: workspace.id }, body: { email, role } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["members", workspace.id] }),
  });
  if (add.data !== undefined) {
    const { member, password } = add.data;
    return (
      <Secret
        title={`${member.name} is a ${ROLE_WORDS[member.role]} now`}
        secret={password}
        says={
          password === null
            ? "They have an account already and sign in as always."
            : "Hand this password over; it is shown this once. They can change it once they have signed in."
        }
        onDone={onDone}
      />
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Email"
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label="Role"
          allowDeselect={false}
          data={ROLES.filter((one) => mayAssign(workspace.role, one)).map((one) => ({
            value: one,
            label: ROLE_WORDS[one],
          }))}
          value={role}
          onChange={(next) => (next === null ? undefined : setRole(next))}
        />
        {add.error === null ? null : <ProblemBox problem={problemOf(add.error)} />}
        <Button type="submit" loading={add.isPending}>
          Add
        </Button>
      </Stack>
    </form>
  );
}
