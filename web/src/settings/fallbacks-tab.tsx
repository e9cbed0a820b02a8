import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Paper,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Fallback } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { fallbacksQuery } from "./queries.ts";

/** What stands in texts for values that are missing, where the text itself names nothing. */
export function FallbacksTab(): ReactNode {
  const fallbacks = useQuery(fallbacksQuery(useWorkspaceId()));
  if (fallbacks.isError) return <ProblemBox problem={problemOf(fallbacks.error)} />;
  if (fallbacks.data === undefined) return null;
  const { items } = fallbacks.data;
  return <FallbacksForm key={JSON.stringify(items)} saved={items} />;
}

interface Line extends Fallback {
  readonly key: number;
}

let lines = 0;
const lineOf = (fallback: Fallback): Line => ({ ...fallback, key: (lines += 1) });

function FallbacksForm({ saved }: { readonly saved: readonly Fallback[] }): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const permission = usePermission("workspace:write");
  const [items, setItems] = useState<readonly Line[]>(() => saved.map(lineOf));
  const save = useMutation({
    mutationFn: () =>
      api.setFallbacks({
        params: { workspaceId },
        body: { items: items.map(({ field, text }) => ({ field, text })) },
      }),
    onSuccess: (answer) => client.setQueryData(fallbacksQuery(workspaceId).queryKey, answer),
  });
  const change = (key: number, next: Partial<Fallback>): void =>
    setItems((known) => known.map((line) => (line.key === key ? { ...line, ...next } : line)));
  return (
    <Paper p="md" maw={760}>
      <Stack gap="sm">
        <Text c="dimmed">
          Where somebody has no first name, “Hi @contact.firstName” is sent as “Hi there”. A text
          that names its own, such as @contact.firstName|friend, comes first; without either the
          contact is left out with a warning.
        </Text>
        {items.map((line) => (
          <FallbackLine
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
            onClick={() => setItems((known) => [...known, lineOf({ field: "", text: "" })])}
          >
            Add a field
          </Button>
          <ActButton permission={permission} loading={save.isPending} onClick={() => save.mutate()}>
            Save
          </ActButton>
        </Group>
      </Stack>
    </Paper>
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

interface FallbackLineProps {
  readonly line: Line;
  readonly isOff: boolean;
  readonly onChange: (next: Partial<Fallback>) => void;
  readonly onRemove: () => void;
}

function FallbackLine({ line, isOff, onChange, onRemove }: FallbackLineProps): ReactNode {
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <Autocomplete
        aria-label="Field"
        placeholder="contact.firstName"
        leftSection={<span className="quiet">@</span>}
        style={{ flex: 1, minWidth: 0, maxWidth: 260 }}
        disabled={isOff}
        data={USUAL}
        value={line.field}
        onChange={(field) => onChange({ field })}
      />
      <TextInput
        aria-label={`What stands for ${line.field}`}
        placeholder="there"
        style={{ flex: 1, minWidth: 0 }}
        disabled={isOff}
        value={line.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <ActionIcon aria-label={`Remove ${line.field}`} mt={4} disabled={isOff} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
