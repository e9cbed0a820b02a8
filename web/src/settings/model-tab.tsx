import {
  Alert,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Paper,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ShownModelSettings } from "#contract/shapes/model-settings.ts";

import { api } from "../api/api.ts";
import { errorsByField, problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { When } from "../parts/when.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { ModelTest, ModelUsage } from "./model-parts.tsx";
import { modelSettingsFrom, type ModelValues, modelValuesOf } from "./model-values.ts";
import { modelQuery } from "./queries.ts";

/** Which language model reads instructions; without a key the built-in parser does. */
export function ModelTab(): ReactNode {
  const permission = usePermission("workspace:write");
  const settings = useQuery({ ...modelQuery(useWorkspaceId()), enabled: permission.allowed });
  if (!permission.allowed) return <Text c="dimmed">{permission.reason}</Text>;
  if (settings.isError) return <ProblemBox problem={problemOf(settings.error)} />;
  if (settings.data === undefined) return null;
  return <ModelForm key={settings.dataUpdatedAt} shown={settings.data} />;
}

type Form = UseFormReturnType<ModelValues>;

function ModelForm({ shown }: { readonly shown: ShownModelSettings }): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const permission = usePermission("workspace:write");
  const form = useForm<ModelValues>({ initialValues: modelValuesOf(shown) });
  const keep = (answer: ShownModelSettings): void => {
    client.setQueryData(modelQuery(workspaceId).queryKey, answer);
  };
  const params = { workspaceId };
  const save = useMutation({
    mutationFn: () => api.setModelSettings({ params, body: modelSettingsFrom(form.values) }),
    onSuccess: keep,
    onError: (error) => form.setErrors(errorsByField(problemOf(error))),
  });
  const forget = useMutation({
    mutationFn: () =>
      api.setModelSettings({ params, body: { ...modelSettingsFrom(form.values), key: null } }),
    onSuccess: keep,
  });
  const test = useMutation({
    mutationFn: () => api.testModelSettings({ params, body: modelSettingsFrom(form.values) }),
  });
  const problem = save.error ?? forget.error ?? test.error;
  return (
    <Stack gap="md" maw={760}>
      <Paper p="md">
        <form onSubmit={form.onSubmit(() => save.mutate())}>
          <Stack gap="sm">
            <Title order={2}>Who reads instructions</Title>
            <Text c="dimmed">
              {shown.key === null
                ? "The built-in parser, without a network. With a key a language model reads first."
                : "The language model; the built-in parser where it cannot be reached."}
            </Text>
            {shown.notice === null ? null : <Alert color="orange">{shown.notice}</Alert>}
            <KeyField form={form} shown={shown} />
            <ModelFields form={form} providers={shown.providers} />
            <PriceFields form={form} />
            {problem === null ? null : <ProblemBox problem={problemOf(problem)} />}
            {test.data === undefined ? null : <ModelTest tested={test.data} />}
            <Group gap="xs">
              <ActButton type="submit" permission={permission} loading={save.isPending}>
                Save
              </ActButton>
              <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
                Test
              </Button>
              {shown.key === null ? null : (
                <Button
                  variant="subtle"
                  color="red"
                  loading={forget.isPending}
                  onClick={() => forget.mutate()}
                >
                  Remove the key
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      </Paper>
      <ModelUsage usage={shown.usage} />
    </Stack>
  );
}

interface KeyFieldProps {
  readonly form: Form;
  readonly shown: ShownModelSettings;
}

function KeyField({ form, shown: { key } }: KeyFieldProps): ReactNode {
  return (
    <PasswordInput
      label="Key"
      autoComplete="off"
      placeholder={key === null ? "" : `One is kept: ${key.hint}`}
      description={
        key === null ? (
          "It is kept on this server and never shown again"
        ) : (
          <>
            Set <When at={key.setAt} />; empty: it stays
          </>
        )
      }
      {...form.getInputProps("key")}
    />
  );
}

interface ModelFieldsProps {
  readonly form: Form;
  readonly providers: readonly string[];
}

function ModelFields({ form, providers }: ModelFieldsProps): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label="Provider"
        allowDeselect={false}
        data={[...providers]}
        {...form.getInputProps("provider")}
      />
      <TextInput label="Model" required {...form.getInputProps("model")} />
      <NumberInput
        label="Waits for an answer"
        suffix=" s"
        min={1}
        max={60}
        allowDecimal={false}
        required
        {...form.getInputProps("timeoutSeconds")}
      />
      <NumberInput
        label="Tokens to think with, at most"
        placeholder="As many as it likes"
        min={128}
        max={32_768}
        allowDecimal={false}
        {...form.getInputProps("thinkingBudget")}
      />
    </SimpleGrid>
  );
}

function PriceFields({ form }: { readonly form: Form }): ReactNode {
  return (
    <>
      <Checkbox
        label="Prices of our own, in dollars for a million tokens"
        {...form.getInputProps("hasPrices", { type: "checkbox" })}
      />
      {form.values.hasPrices ? (
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput label="Read" min={0} required {...form.getInputProps("input")} />
          <NumberInput
            label="Read from its cache"
            min={0}
            placeholder="As read"
            {...form.getInputProps("cacheRead")}
          />
          <NumberInput label="Written" min={0} required {...form.getInputProps("output")} />
        </SimpleGrid>
      ) : null}
    </>
  );
}
