import {
  Checkbox,
  Group,
  NumberInput,
  Paper,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useMutation, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Agent } from "#contract/shapes/agents.ts";

import { rowsOf } from "../api/lists.ts";
import { errorsByField, problemOf } from "../api/problems.ts";
import { templatesQuery } from "../messages/queries.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { ROLE_WORDS } from "../session/permission.ts";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { useSaveAgent } from "./save.ts";
import { changeOf, type SettingsValues, valuesOf } from "./settings-values.ts";

type Form = UseFormReturnType<SettingsValues>;

export function AgentSettings({ agent }: { readonly agent: Agent }): ReactNode {
  const permission = usePermission("agents:write");
  const form = useForm<SettingsValues>({ initialValues: valuesOf(agent) });
  const save = useMutation({
    ...useSaveAgent(agent),
    onSuccess: (saved) => {
      form.setInitialValues(valuesOf(saved));
      form.reset();
    },
    onError: (error) => form.setErrors(errorsByField(problemOf(error))),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(changeOf(values, agent.version)))}>
      <Stack gap="md" maw={760}>
        <Basics form={form} isOff={!permission.allowed} />
        <Limits form={form} isOff={!permission.allowed} />
        <Running form={form} isOff={!permission.allowed} />
        {save.error === null ? null : <ProblemBox problem={problemOf(save.error)} />}
        <Group>
          <ActButton
            type="submit"
            permission={permission}
            loading={save.isPending}
            disabled={permission.allowed && !form.isDirty()}
          >
            Save settings
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly form: Form;
  readonly isOff: boolean;
}

function Basics({ form, isOff }: PartProps): ReactNode {
  const templates = rowsOf(useInfiniteQuery(templatesQuery(useWorkspaceId())).data);
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Title order={2}>What it is for</Title>
        <TextInput label="Name" required disabled={isOff} {...form.getInputProps("name")} />
        <Textarea
          label="Goal"
          autosize
          minRows={2}
          disabled={isOff}
          {...form.getInputProps("goal")}
        />
        <Select
          label="Default template"
          description="What “email them” sends when the instructions name no template"
          placeholder="None"
          clearable
          searchable
          disabled={isOff}
          data={templates.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps("defaultTemplateId")}
        />
      </Stack>
    </Paper>
  );
}

function Limits({ form, isOff }: PartProps): ReactNode {
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Title order={2}>Limits</Title>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput
            label="Executions a day"
            min={0}
            allowDecimal={false}
            disabled={isOff}
            {...form.getInputProps("maxExecutionsPerDay")}
          />
          <NumberInput
            label="Executions a minute"
            min={0}
            allowDecimal={false}
            disabled={isOff}
            {...form.getInputProps("maxExecutionsPerMinute")}
          />
          <NumberInput
            label="Emails a day"
            min={0}
            allowDecimal={false}
            disabled={isOff}
            {...form.getInputProps("maxEmailsPerDay")}
          />
        </SimpleGrid>
        <Radio.Group label="When a daily limit is reached" {...form.getInputProps("onLimit")}>
          <Stack gap={6} mt={6}>
            <Radio
              value="pause"
              disabled={isOff}
              label="Pause the agent until a person resumes it"
            />
            <Radio
              value="hold"
              disabled={isOff}
              label="Hold everything and go on when the limit resets (better for long lists)"
            />
          </Stack>
        </Radio.Group>
      </Stack>
    </Paper>
  );
}

function Running({ form, isOff }: PartProps): ReactNode {
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Title order={2}>Runs</Title>
        <Checkbox.Group label="Who may press Run Now" {...form.getInputProps("manualRun")}>
          <Group mt={6}>
            {(["member", "admin", "owner"] as const).map((role) => (
              <Checkbox key={role} value={role} disabled={isOff} label={`${ROLE_WORDS[role]}s`} />
            ))}
          </Group>
        </Checkbox.Group>
        <Select
          label="A contact that has been through it before"
          allowDeselect={false}
          disabled={isOff}
          data={[
            { value: "afterEnd", label: "may be taken again once its journey has ended" },
            { value: "never", label: "is never taken again" },
            { value: "always", label: "may be taken again at any time" },
          ]}
          {...form.getInputProps("reenrolment")}
        />
        <Select
          label="What it remembers"
          allowDeselect={false}
          disabled={isOff}
          data={[
            { value: "execution", label: "lasts for one execution" },
            { value: "agent", label: "lasts across all its executions" },
          ]}
          {...form.getInputProps("memoryLasts")}
        />
      </Stack>
    </Paper>
  );
}
