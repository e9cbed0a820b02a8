import { Group, Paper, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Workspace } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { errorsByField, problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useHere, usePermission } from "../session/workspace.tsx";

type Values = Pick<Workspace, "name" | "zone" | "tier">;

export function WorkspaceTab(): ReactNode {
  const { workspace } = useHere();
  const { name, zone, tier } = workspace;
  const client = useQueryClient();
  const permission = usePermission("workspace:write");
  const form = useForm<Values>({ initialValues: { name, zone, tier } });
  const save = useMutation({
    mutationFn: (values: Values) =>
      api.updateWorkspace({ params: { workspaceId: workspace.id }, body: values }),
    onSuccess: () => {
      form.resetDirty();
      void client.invalidateQueries({ queryKey: ["me"] });
    },
    onError: (error) => form.setErrors(errorsByField(problemOf(error))),
  });
  const isOff = !permission.allowed;
  return (
    <Paper p="md" maw={560}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="sm">
          <TextInput label="Name" required disabled={isOff} {...form.getInputProps("name")} />
          <Select
            label="Time zone"
            description="Whose calendar days, limits and schedules follow"
            searchable
            allowDeselect={false}
            disabled={isOff}
            limit={50}
            data={["UTC", ...Intl.supportedValuesOf("timeZone")]}
            {...form.getInputProps("zone")}
          />
          <Select
            label="Tier"
            allowDeselect={false}
            disabled={isOff}
            data={[
              { value: "standard", label: "Standard: executions are kept for 30 days" },
              { value: "enterprise", label: "Enterprise: executions are kept for 365 days" },
            ]}
            {...form.getInputProps("tier")}
          />
          {save.error === null ? null : <ProblemBox problem={problemOf(save.error)} />}
          <Group>
            <ActButton
              type="submit"
              permission={permission}
              loading={save.isPending}
              disabled={!isOff && !form.isDirty()}
            >
              Save
            </ActButton>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
