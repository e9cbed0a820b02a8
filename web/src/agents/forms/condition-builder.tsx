import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  SegmentedControl,
  Select,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";

import {
  changeDraft,
  type ConditionDraft,
  type GroupDraft,
  isGroup,
  newGroup,
  newRow,
  type RowDraft,
} from "./condition-draft.ts";
import { OPERATOR_CHOICES } from "./condition-fields.ts";

interface ConditionBuilderProps {
  readonly label: string;
  readonly draft: GroupDraft;
  readonly fields: readonly string[];
  readonly onChange: (draft: GroupDraft) => void;
}

type Change = (key: string, change: (old: ConditionDraft) => ConditionDraft | undefined) => void;

/** Rows that compare a field, in groups of which all or any must hold. */
export function ConditionBuilder({
  label,
  draft,
  fields,
  onChange,
}: ConditionBuilderProps): ReactNode {
  const change: Change = (key, how) => onChange(changeDraft(draft, key, how));
  return (
    <fieldset className="condition">
      <legend className="label">{label}</legend>
      <GroupView group={draft} fields={fields} change={change} isWhole />
    </fieldset>
  );
}

interface GroupViewProps {
  readonly group: GroupDraft;
  readonly fields: readonly string[];
  readonly change: Change;
  readonly isWhole?: boolean;
}

function GroupView({ group, fields, change, isWhole = false }: GroupViewProps): ReactNode {
  const { key, items, mode, isNot } = group;
  const add = (item: ConditionDraft): void =>
    change(key, (old) => (isGroup(old) ? { ...old, items: [...old.items, item] } : old));
  return (
    <div className="condition-group" data-whole={isWhole}>
      <Group gap="xs" hidden={items.length < 2 && isWhole && !isNot}>
        <SegmentedControl
          size="xs"
          aria-label="How many must hold"
          value={`${isNot ? "not " : ""}${mode}`}
          data={[
            { value: "all", label: "all of" },
            { value: "any", label: "any of" },
            { value: "not all", label: "not all of" },
            { value: "not any", label: "none of" },
          ]}
          onChange={(next) =>
            change(key, (old) => ({
              ...old,
              isNot: next.startsWith("not"),
              mode: next.endsWith("any") ? "any" : "all",
            }))
          }
        />
        {isWhole ? null : (
          <ActionIcon aria-label="Take the group out" onClick={() => change(key, () => undefined)}>
            <IconX size={15} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {items.map((item) =>
        isGroup(item) ? (
          <GroupView key={item.key} group={item} fields={fields} change={change} />
        ) : (
          <RowView key={item.key} row={item} fields={fields} change={change} />
        ),
      )}
      <Group gap={6}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => add(newRow())}
        >
          Condition
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => add(newGroup())}
        >
          Group
        </Button>
      </Group>
    </div>
  );
}

interface RowViewProps {
  readonly row: RowDraft;
  readonly fields: readonly string[];
  readonly change: Change;
}

function RowView({ row, fields, change }: RowViewProps): ReactNode {
  const { key, field, operator, value, isNot } = row;
  const set = (part: Partial<RowDraft>): void => change(key, (old) => ({ ...old, ...part }));
  return (
    <div className="condition-row">
      <Autocomplete
        size="xs"
        aria-label="Field"
        placeholder="Field"
        data={[...fields]}
        limit={60}
        value={field}
        onChange={(next) => set({ field: next })}
      />
      <Select
        size="xs"
        aria-label="Compared how"
        allowDeselect={false}
        data={operatorChoices(isNot)}
        value={operator}
        onChange={(next) => set({ operator: next ?? operator })}
      />
      {operator === "exists" ? (
        <span />
      ) : (
        <TextInput
          size="xs"
          aria-label="Value"
          placeholder={operator === "in" ? "A, B, C" : "yes, 7 days ago, London…"}
          value={value}
          onChange={(event) => set({ value: event.currentTarget.value })}
        />
      )}
      <Group gap={2} wrap="nowrap">
        <Button
          size="compact-xs"
          variant={isNot ? "light" : "subtle"}
          color={isNot ? "teal" : "gray"}
          aria-pressed={isNot}
          onClick={() => set({ isNot: !isNot })}
        >
          not
        </Button>
        <ActionIcon
          aria-label="Take the condition out"
          onClick={() => change(key, () => undefined)}
        >
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </Group>
    </div>
  );
}

const operatorChoices = (isNot: boolean) =>
  OPERATOR_CHOICES.map(({ value, label }) => ({
    value,
    label: isNot ? `not: ${label}` : label,
  }));
