import { Checkbox, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { tagsQuery } from "../contacts/queries.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import type { FieldSpec } from "./fields.ts";
import { membersQuery } from "./queries.ts";

interface FieldInputProps {
  readonly field: FieldSpec;
  readonly isOff: boolean;
  readonly input: GetInputPropsReturnType;
}

/** The input that a field's type asks for. */
export function FieldInput({ field, isOff, input }: FieldInputProps): ReactNode {
  const Input = INPUTS[field.type];
  return <Input field={field} shared={{ label: field.label, disabled: isOff, ...input }} />;
}

interface InputProps {
  readonly field: FieldSpec;
  readonly shared: Shared;
}

const INPUTS: Readonly<Record<FieldSpec["type"], (props: InputProps) => ReactNode>> = {
  text: ({ field, shared }) => <TextInput {...shared} required={field.required === true} />,
  email: ({ shared }) => <TextInput {...shared} inputMode="email" autoComplete="off" />,
  number: ({ shared }) => <NumberInput {...shared} hideControls thousandSeparator="," />,
  day: ({ shared }) => (
    <TextInput {...shared} type="date" value={(shared.value as string | null) ?? ""} />
  ),
  flag: ({ shared: { value, ...rest } }) => <Checkbox {...rest} checked={value === true} mt={4} />,
  tags: ({ shared }) => <TagsField {...shared} />,
  member: ({ shared }) => <MemberField {...shared} />,
  choice: ({ field, shared }) => (
    <Select {...shared} data={[...(field.options ?? [])]} allowDeselect={false} />
  ),
};

type Shared = { readonly label: string; readonly disabled: boolean } & GetInputPropsReturnType;

function TagsField(shared: Shared): ReactNode {
  const tags = useQuery(tagsQuery(useWorkspaceId()));
  return (
    <TagsInput
      {...shared}
      data={(tags.data?.items ?? []).map(({ name }) => name)}
      placeholder="Add a tag"
    />
  );
}

function MemberField(shared: Shared): ReactNode {
  const members = useQuery(membersQuery(useWorkspaceId()));
  const data = (members.data?.items ?? []).map(({ userId, name }) => ({
    value: userId,
    label: name,
  }));
  return <Select {...shared} data={data} clearable placeholder="Nobody" />;
}
