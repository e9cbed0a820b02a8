import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, type SubmitEvent, useState } from "react";

import type { Problem } from "#contract/problem.ts";

import { ProblemBox } from "../parts/problem-box.tsx";
import { Mark } from "../parts/stint-bar.tsx";
import { textIn } from "./form-text.ts";
import { landingPath, refusalOfLink, signIn } from "./signing.ts";

export function SignInPage(): ReactNode {
  useDocumentTitle("Sign in · Stint");
  return (
    <main style={{ minHeight: "100dvh", display: "grid", placeItems: "center", padding: 16 }}>
      <Stack w="min(380px, 100%)" gap="lg">
        <div className="brand" style={{ fontSize: "1.25rem" }}>
          <Mark />
          Stint
        </div>
        <Paper p="lg">
          <SignInForm />
        </Paper>
        <Text size="sm" c="dimmed">
          First time here? Stint printed a link where it was started; it signs you in once. Anybody
          else is added by an Owner or Admin of a workspace.
        </Text>
      </Stack>
    </main>
  );
}

function SignInForm(): ReactNode {
  const { to, error } = useSearch({ from: "/sign-in" });
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem | undefined>(refusalOfLink(error));
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const refused = await signIn(textIn(form, "email"), textIn(form, "password"));
    setBusy(false);
    setProblem(refused);
    if (refused !== undefined) return;
    client.clear();
    await navigate({ href: landingPath(to) });
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Title order={1}>Sign in</Title>
        {problem === undefined ? null : <ProblemBox problem={problem} />}
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={isBusy} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
