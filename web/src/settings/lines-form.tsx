import { ActionIcon, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission } from "../session/workspace.tsx";

/** A line as it is edited. */
export interface LineProps<Item> {
  readonly item: Item;
  readonly isOff: boolean;
  readonly onChange: (next: Partial<Item>) => void;
}

interface LinesFormProps<Item> {
  readonly hint: string;
  readonly saved: readonly Item[];
  readonly empty: Item;
  /** Names a line where it is removed. */
  readonly nameOf: (item: Item) => string;
  readonly addLabel: string;
  readonly save: (items: Item[]) => Promise<unknown>;
  readonly children: (props: LineProps<Item>) => ReactNode;
}

interface Line<Item> {
  readonly key: number;
  readonly item: Item;
}

let lines = 0;
const lineOf = <Item,>(item: Item): Line<Item> => ({ key: (lines += 1), item });

/** A setting that is a list: lines are added, changed and removed, and saved together. */
export function LinesForm<Item>(props: LinesFormProps<Item>): ReactNode {
  const { hint, saved, empty, nameOf, addLabel, save, children } = props;
  const permission = usePermission("workspace:write");
  const [items, setItems] = useState<readonly Line<Item>[]>(() => saved.map(lineOf));
  const saving = useMutation({ mutationFn: () => save(items.map(({ item }) => item)) });
  const isOff = !permission.allowed;
  const change = (key: number, next: Partial<Item>): void =>
    setItems((known) =>
      known.map((line) => (line.key === key ? { ...line, item: { ...line.item, ...next } } : line)),
    );
  return (
    <Paper p="md" maw={760}>
      <Stack gap="sm">
        <Text c="dimmed">{hint}</Text>
        {items.map(({ key, item }) => (
          <Group key={key} gap="xs" align="flex-start" wrap="nowrap">
            {children({ item, isOff, onChange: (next) => change(key, next) })}
            <ActionIcon
              aria-label={`Remove ${nameOf(item)}`}
              mt={4}
              disabled={isOff}
              onClick={() => setItems((known) => known.filter((line) => line.key !== key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        {saving.error === null ? null : <ProblemBox problem={problemOf(saving.error)} />}
        <Group gap="xs">
          <Button
            variant="default"
            disabled={isOff}
            onClick={() => setItems((known) => [...known, lineOf(empty)])}
          >
            {addLabel}
          </Button>
          <ActButton
            permission={permission}
            loading={saving.isPending}
            onClick={() => saving.mutate()}
          >
            Save
          </ActButton>
        </Group>
      </Stack>
    </Paper>
  );
}
