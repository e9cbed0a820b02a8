import { Autocomplete, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Fallback } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { type LineProps, LinesForm } from "./lines-form.tsx";
import { fallbacksQuery } from "./queries.ts";

const HINT =
  "Where somebody has no first name, “Hi @contact.firstName” is sent as “Hi there”. A text " +
  "that names its own, such as @contact.firstName|friend, comes first; without either the " +
  "contact is left out with a warning.";

/** What stands in texts for values that are missing, where the text itself names nothing. */
export function FallbacksTab(): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const query = fallbacksQuery(workspaceId);
  const fallbacks = useQuery(query);
  if (fallbacks.isError) return <ProblemBox problem={problemOf(fallbacks.error)} />;
  if (fallbacks.data === undefined) return null;
  const { items } = fallbacks.data;
  const save = async (lines: Fallback[]): Promise<void> => {
    const answer = await api.setFallbacks({ params: { workspaceId }, body: { items: lines } });
    client.setQueryData(query.queryKey, answer);
  };
  return (
    <LinesForm<Fallback>
      key={JSON.stringify(items)}
      hint={HINT}
      saved={items}
      empty={{ field: "", text: "" }}
      nameOf={({ field }) => field}
      addLabel="Add a field"
      save={save}
    >
      {(line) => <FallbackLine {...line} />}
    </LinesForm>
  );
}

const USUAL = [
  "contact.firstName",
  "contact.lastName",
  "contact.name",
  "contact.title",
  "contact.city",
  "company.name",
  "company.industry",
  "deal.name",
];

function FallbackLine({ item, isOff, onChange }: LineProps<Fallback>): ReactNode {
  return (
    <>
      <Autocomplete
        aria-label="Field"
        placeholder="contact.firstName"
        leftSection={<span className="quiet">@</span>}
        style={{ flex: 1, minWidth: 0, maxWidth: 260 }}
        disabled={isOff}
        data={USUAL}
        value={item.field}
        onChange={(field) => onChange({ field })}
      />
      <TextInput
        aria-label={`What stands for ${item.field}`}
        placeholder="there"
        style={{ flex: 1, minWidth: 0 }}
        disabled={isOff}
        value={item.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
    </>
  );
}
