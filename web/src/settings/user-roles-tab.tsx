import { MultiSelect, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { UserRole } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { membersQuery } from "../crm/queries.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { type LineProps, LinesForm } from "./lines-form.tsx";
import { userRolesQuery } from "./queries.ts";

const HINT =
  "Instructions say whom they mean by a name: “Create a task for @user.salesRep”. A name may " +
  "stand for several members; they take turns. @user.creator is built in: whoever made the agent.";

/** Whom `@user.NAME` in instructions stands for; where there are several, they take turns. */
export function UserRolesTab(): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const query = userRolesQuery(workspaceId);
  const roles = useQuery(query);
  if (roles.isError) return <ProblemBox problem={problemOf(roles.error)} />;
  if (roles.data === undefined) return null;
  const { items } = roles.data;
  const save = async (lines: UserRole[]): Promise<void> => {
    const answer = await api.setUserRoles({ params: { workspaceId }, body: { items: lines } });
    client.setQueryData(query.queryKey, answer);
  };
  return (
    <LinesForm<UserRole>
      key={JSON.stringify(items)}
      hint={HINT}
      saved={items}
      empty={{ name: "", memberIds: [] }}
      nameOf={({ name }) => name}
      addLabel="Add a name"
      save={save}
    >
      {(line) => <RoleLine {...line} />}
    </LinesForm>
  );
}

function RoleLine({ item, isOff, onChange }: LineProps<UserRole>): ReactNode {
  const members = useQuery(membersQuery(useWorkspaceId()));
  return (
    <>
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
        value={item.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <MultiSelect
        aria-label={`Members of ${item.name}`}
        placeholder={item.memberIds.length === 0 ? "Choose members" : ""}
        style={{ flex: 1 }}
        disabled={isOff}
        data={(members.data?.items ?? []).map(({ userId, name }) => ({
          value: userId,
          label: name,
        }))}
        value={[...item.memberIds]}
        onChange={(memberIds) => onChange({ memberIds })}
      />
    </>
  );
}
