import { Button, Group, Paper, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useRef } from "react";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { textIn } from "../session/form-text.ts";
import { useHere } from "../session/workspace.tsx";

export function AccountTab(): ReactNode {
  const { user } = useHere().me;
  if (user === null) return <p className="quiet">An API key has no account.</p>;
  return (
    <Paper p="md" maw={460}>
      <Stack gap="sm">
        <Text>
          Signed in as <strong>{user.name}</strong>, {user.email}.
        </Text>
        {user.hasPassword ? null : (
          <Text c="dimmed">
            You came in by a link and have no password yet. Set one, so that you can come back
            without a link.
          </Text>
        )}
        <PasswordForm hasPassword={user.hasPassword} />
      </Stack>
    </Paper>
  );
}

function PasswordForm({ hasPassword }: { readonly hasPassword: boolean }): ReactNode {
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const save = useMutation({
    mutationFn: (body: { currentPassword?: string; newPassword: string }) =>
      api.setMyPassword({ body }),
    onSuccess: () => {
      form.current?.reset();
      void client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const newPassword = textIn(given, "new");
    save.mutate(
      hasPassword ? { currentPassword: textIn(given, "current"), newPassword } : { newPassword },
    );
  };
  return (
    <form ref={form} onSubmit={submit}>
      <Stack gap="sm">
        {hasPassword ? (
          <PasswordInput
            label="Current password"
            name="current"
            required
            autoComplete="current-password"
          />
        ) : null}
        <PasswordInput
          label="New password"
          description="At least 8 characters"
          name="new"
          required
          minLength={8}
          autoComplete="new-password"
        />
        {save.error === null ? null : <ProblemBox problem={problemOf(save.error)} />}
        {save.isSuccess ? (
          <output>The password is set. Other sessions were signed out.</output>
        ) : null}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {hasPassword ? "Change password" : "Set password"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
