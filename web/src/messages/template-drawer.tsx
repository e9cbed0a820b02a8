import { Button, Drawer, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Template } from "#contract/shapes/messages.ts";

import { api } from "../api/api.ts";
import { errorsByField, problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { VARIABLE_HINTS } from "./sample.ts";
import { TemplatePreview } from "./template-preview.tsx";

interface TemplateDrawerProps {
  readonly row: Template | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function TemplateDrawer(props: TemplateDrawerProps): ReactNode {
  const { row, opened, onClose } = props;
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size="xl"
      title={<Text fw={600}>{row?.name ?? "New template"}</Text>}
    >
      {opened ? <TemplateForm {...props} /> : null}
    </Drawer>
  );
}

interface Values {
  readonly name: string;
  readonly subject: string;
  readonly body: string;
}

const valuesOf = (row: Template | undefined): Values => {
  const { name = "", subject = "", body = "" } = row ?? {};
  return { name, subject, body };
};

function TemplateForm({ row, onClose }: TemplateDrawerProps): ReactNode {
  const permission = usePermission("templates:write");
  const form = useForm<Values>({ initialValues: valuesOf(row) });
  const { save, remove } = useTemplateWrites(row, onClose, (errors) => form.setErrors(errors));
  const error = save.error ?? remove.error;
  const isOff = !permission.allowed;
  const insert = (variable: string): void =>
    form.setFieldValue("body", `${form.values.body}${variable}`);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="Instructions name it: Send the 'Intro' email"
          required
          disabled={isOff}
          {...form.getInputProps("name")}
        />
        <TextInput label="Subject" required disabled={isOff} {...form.getInputProps("subject")} />
        <Textarea
          label="Body"
          required
          autosize
          minRows={8}
          disabled={isOff}
          {...form.getInputProps("body")}
        />
        {isOff ? null : <Hints onTake={insert} />}
        <TemplatePreview subject={form.values.subject} body={form.values.body} />
        {error === null ? null : <ProblemBox problem={problemOf(error)} />}
        <Group justify="space-between">
          <ActButton type="submit" permission={permission} loading={save.isPending}>
            {row === undefined ? "Create template" : "Save"}
          </ActButton>
          <Delete
            isShown={row !== undefined && !isOff}
            isBusy={remove.isPending}
            onDelete={() => remove.mutate()}
          />
        </Group>
      </Stack>
    </form>
  );
}

function useTemplateWrites(
  row: Template | undefined,
  onDone: () => void,
  onErrors: (errors: Record<string, string>) => void,
) {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const params = { workspaceId, templateId: row?.id ?? "" };
  const onSuccess = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ["templates", workspaceId] });
    onDone();
  };
  const save = useMutation({
    mutationFn: (values: Values) =>
      row === undefined
        ? api.createTemplate({ params: { workspaceId }, body: values })
        : api.updateTemplate({ params, body: { ...values, version: row.version } }),
    onSuccess,
    onError: (error) => onErrors(errorsByField(problemOf(error))),
  });
  const remove = useMutation({ mutationFn: () => api.deleteTemplate({ params }), onSuccess });
  return { save, remove };
}

function Hints({ onTake }: { readonly onTake: (variable: string) => void }): ReactNode {
  return (
    <div>
      <div className="label">Put in what is known of whoever gets it</div>
      <Group gap={6} mt={4}>
        {VARIABLE_HINTS.map(([variable, means]) => (
          <Button
            key={variable}
            size="compact-xs"
            variant="default"
            title={means}
            onClick={() => onTake(variable)}
            className="mono"
          >
            {variable}
          </Button>
        ))}
      </Group>
    </div>
  );
}

interface DeleteProps {
  readonly isShown: boolean;
  readonly isBusy: boolean;
  readonly onDelete: () => void;
}

function Delete({ isShown, isBusy, onDelete }: DeleteProps): ReactNode {
  if (!isShown) return null;
  return (
    <Button variant="subtle" color="red" loading={isBusy} onClick={onDelete}>
      Delete
    </Button>
  );
}
