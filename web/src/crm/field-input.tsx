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
  const { label, type, required = false, options = [] } = field;
  const shared = { label, disabled: isOff, ...input };
  switch (type) {
    case "text":
      return <TextInput {...shared} required={required} />;
    case "email":
      return <TextInput {...shared} inputMode="email" autoComplete="off" />;
    case "number":
      return <NumberInput {...shared} hideControls thousandSeparator="," />;
    case "day":
      return <TextInput {...shared} type="date" value={(input.value as string | null) ?? ""} />;
    case "flag":
      return (
        <Checkbox
          label={label}
          disabled={isOff}
          checked={input.value === true}
          onChange={input.onChange}
          mt={4}
        />
      );
    case "tags":
      return <TagsField {...shared} />;
    case "member":
      return <MemberField {...shared} />;
    case "choice":
      return <Select {...shared} data={[...options]} allowDeselect={false} />;
  }
}

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
