import { Group, NumberInput, Paper, SimpleGrid, Stack, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { SandboxSettings } from "#contract/shapes/sandbox.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { sandboxQuery } from "./queries.ts";

/** How the sandbox behaves, and whether it was ever sent the same mail twice. */
export function SandboxPanel(): ReactNode {
  const sandbox = useQuery(sandboxQuery(useWorkspaceId()));
  if (sandbox.isError) return <ProblemBox problem={problemOf(sandbox.error)} />;
  if (sandbox.data === undefined) return null;
  const { settings, duplicates } = sandbox.data;
  return (
    <Paper p="md" component="section" aria-label="Sandbox">
      <Group justify="space-between" mb="sm">
        <Title order={2}>Sandbox</Title>
        <span className="chip" data-tone={duplicates === 0 ? "green" : "red"}>
          {duplicates === 0
            ? "No mail was sent twice"
            : `${duplicates} mails were sent twice: a bug`}
        </span>
      </Group>
      <SettingsForm key={JSON.stringify(settings)} settings={settings} />
    </Paper>
  );
}

type Values = Readonly<Record<"latencyMs" | "loseAnswerEvery" | "refuseEvery", number | string>>;

function SettingsForm({ settings }: { readonly settings: SandboxSettings }): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const permission = usePermission("workspace:write");
  const { latencyMs, loseAnswerEvery, refuseEvery } = settings;
  const form = useForm<Values>({ initialValues: { latencyMs, loseAnswerEvery, refuseEvery } });
  const save = useMutation({
    mutationFn: (values: Values) =>
      api.updateSandbox({
        params: { workspaceId },
        body: {
          latencyMs: Number(values.latencyMs),
          loseAnswerEvery: Number(values.loseAnswerEvery),
          refuseEvery: Number(values.refuseEvery),
        },
      }),
    onSuccess: (saved) => client.setQueryData(sandboxQuery(workspaceId).queryKey, saved),
  });
  const isOff = !permission.allowed;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput
            label="A send takes"
            description="0: no time at all"
            suffix=" ms"
            min={0}
            max={60_000}
            step={100}
            allowDecimal={false}
            disabled={isOff}
            {...form.getInputProps("latencyMs")}
          />
          <NumberInput
            label="Lose the answer of every n-th mail"
            description="0: none"
            min={0}
            allowDecimal={false}
            disabled={isOff}
            {...form.getInputProps("loseAnswerEvery")}
          />
          <NumberInput
            label="Refuse every n-th mail"
            description="0: none"
            min={0}
            allowDecimal={false}
            disabled={isOff}
            {...form.getInputProps("refuseEvery")}
          />
        </SimpleGrid>
        {save.error === null ? null : <ProblemBox problem={problemOf(save.error)} />}
        <Group>
          <ActButton
            type="submit"
            size="xs"
            variant="default"
            permission={permission}
            loading={save.isPending}
            disabled={!isOff && !form.isDirty()}
          >
            Save
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
