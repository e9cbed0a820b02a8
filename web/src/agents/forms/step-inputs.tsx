import {
  Autocomplete,
  Checkbox,
  NumberInput,
  Select,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Value } from "#domain/plan.ts";

import { rowsOf } from "../../api/lists.ts";
import { tagsQuery } from "../../contacts/queries.ts";
import { membersQuery } from "../../crm/queries.ts";
import { templatesQuery } from "../../messages/queries.ts";
import { useWorkspaceId } from "../../session/workspace.tsx";
import { userRolesQuery } from "../../settings/queries.ts";
import { WRITABLE_FIELDS } from "./condition-fields.ts";
import { LengthInput } from "./length-input.tsx";
import type { FieldKind, Params, StepField } from "./step-fields.ts";
import { readValue, writeValue } from "./values.ts";

export interface InputProps {
  readonly field: StepField;
  readonly value: unknown;
  readonly params: Params;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What Mantine's inputs share. */
const shared = ({ field: { label, help, required }, error }: InputProps) => ({
  label,
  size: "xs" as const,
  ...(help === undefined ? {} : { description: help }),
  ...(required === undefined ? {} : { withAsterisk: true }),
  ...(error === undefined ? {} : { error }),
});

/** The input that a field's kind asks for; a condition has a builder of its own. */
export const STEP_INPUTS: Readonly<
  Record<Exclude<FieldKind, "condition">, (props: InputProps) => ReactNode>
> = {
  text: (props) => (
    <TextInput
      {...shared(props)}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
  longText: (props) => (
    <Textarea
      {...shared(props)}
      autosize
      minRows={2}
      maxRows={10}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  ),
  count: (props) => (
    <NumberInput
      {...shared(props)}
      min={1}
      allowDecimal={false}
      value={typeof props.value === "number" ? props.value : ""}
      onChange={(next) => props.onChange(next === "" ? undefined : Number(next))}
    />
  ),
  value: (props) => (
    <TextInput
      {...shared(props)}
      defaultValue={writeValue(props.value as Value | undefined)}
      onChange={(event) => props.onChange(readValue(event.currentTarget.value))}
    />
  ),
  flag: (props) => (
    <Checkbox
      size="xs"
      label={props.field.label}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  ),
  entity: (props) => (
    <Select
      {...shared(props)}
      allowDeselect={false}
      data={["contact", "company", "deal"]}
      value={textOf(props.value) || null}
      onChange={props.onChange}
    />
  ),
  entityField: (props) => {
    const entity = textOf(props.params["entity"]) as keyof typeof WRITABLE_FIELDS;
    return (
      <Autocomplete
        {...shared(props)}
        data={[...(WRITABLE_FIELDS[entity] ?? [])]}
        value={textOf(props.value)}
        onChange={props.onChange}
      />
    );
  },
  length: (props) => <LengthInput {...props} shared={shared(props)} />,
  tags: (props) => <TagsField {...props} />,
  template: (props) => <TemplateField {...props} />,
  person: (props) => <PersonField {...props} />,
};

function TagsField(props: InputProps): ReactNode {
  const tags = useQuery(tagsQuery(useWorkspaceId()));
  return (
    <TagsInput
      {...shared(props)}
      data={(tags.data?.items ?? []).map(({ name }) => name)}
      value={Array.isArray(props.value) ? (props.value as string[]) : []}
      onChange={props.onChange}
    />
  );
}

/** A name that no template has stays to be chosen, so that opening the form loses nothing. */
function TemplateField(props: InputProps): ReactNode {
  const templates = rowsOf(useInfiniteQuery(templatesQuery(useWorkspaceId())).data);
  const chosen = textOf(props.value);
  const names = [
    ...new Set([...templates.map(({ name }) => name), ...(chosen === "" ? [] : [chosen])]),
  ];
  return (
    <Select
      {...shared(props)}
      clearable
      searchable
      placeholder="None"
      data={names}
      value={chosen === "" ? null : chosen}
      onChange={props.onChange}
    />
  );
}

const BUILT_IN = ["@user.creator", "@contact.owner", "@deal.owner"];

function PersonField(props: InputProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const roles = useQuery(userRolesQuery(workspaceId));
  const members = useQuery(membersQuery(workspaceId));
  const data = [
    ...BUILT_IN,
    ...(roles.data?.items ?? []).map(({ name }) => `@user.${name}`),
    ...(members.data?.items ?? []).map(({ name }) => name),
  ];
  return (
    <Autocomplete
      {...shared(props)}
      data={[...new Set(data)]}
      value={textOf(props.value)}
      onChange={props.onChange}
    />
  );
}
