import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { errorsByField, problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission } from "../session/workspace.tsx";
import { FieldInput } from "./field-input.tsx";
import type { FieldSpec } from "./fields.ts";
import { changesOf, type FormValues, valuesOf } from "./record-values.ts";

export interface RecordDrawerProps {
  readonly title: string;
  readonly fields: readonly FieldSpec[];
  /** What is changed; undefined: a new one. */
  readonly row: object | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly save: (changes: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly remove?: () => Promise<unknown>;
}

/** One form for whatever has a table of fields. */
export function RecordDrawer(props: RecordDrawerProps): ReactNode {
  const { title, opened, onClose } = props;
  return (
    <Drawer opened={opened} onClose={onClose} title={<Text fw={600}>{title}</Text>} size="md">
      {opened ? <RecordForm {...props} /> : null}
    </Drawer>
  );
}

function RecordForm({ fields, row, onClose, save, remove }: RecordDrawerProps): ReactNode {
  const permission = usePermission("crm:write");
  const client = useQueryClient();
  const known = row as Readonly<Record<string, unknown>> | undefined;
  const form = useForm<FormValues>({ initialValues: valuesOf(fields, known) });
  const reread = async (): Promise<void> => {
    await client.invalidateQueries();
    onClose();
  };
  const saving = useMutation({
    mutationFn: (values: FormValues) => save(changesOf(fields, values, known)),
    onSuccess: reread,
    onError: (error) => form.setErrors(errorsByField(problemOf(error))),
  });
  const removing = useMutation({ mutationFn: async () => remove?.(), onSuccess: reread });
  const error = saving.error ?? removing.error;
  return (
    <form onSubmit={form.onSubmit((values) => saving.mutate(values))}>
      <Stack gap="sm">
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            isOff={!permission.allowed}
            input={form.getInputProps(field.name)}
          />
        ))}
        {error === null ? null : <ProblemBox problem={problemOf(error)} />}
        <Group justify="space-between" mt="xs">
          <ActButton type="submit" permission={permission} loading={saving.isPending}>
            {row === undefined ? "Create" : "Save"}
          </ActButton>
          {row === undefined || remove === undefined || !permission.allowed ? null : (
            <Button
              variant="subtle"
              color="red"
              loading={removing.isPending}
              onClick={() => removing.mutate()}
            >
              Delete
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
