import { Button, Group, Textarea, TextInput } from "@mantine/core";
import { getHotkeyHandler, useHotkeys } from "@mantine/hooks";
import { IconSend } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";

import type { Invocation, InvocationMessage } from "#contract/shapes/invocations.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { phraseUsedUp, whyNoFollowUp } from "./follow-up-words.ts";
import { useReread } from "./reread.ts";
import { cliName } from "./words.ts";

/** Goes on with the same session: the next round. */
export function FollowUp({ invocation }: { readonly invocation: Invocation }): ReactNode {
  const [prompt, setPrompt] = useState("");
  const [cost, setCost] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const whyNot = whyNoFollowUp(invocation, usePermission("invocations:run"));
  const usedUp = whyNot === null ? phraseUsedUp(invocation) : null;
  const send = useSend(invocation.id, () => {
    setPrompt("");
    setCost("");
  });
  useHotkeys([["r", () => box.current?.focus()]]);
  const isReady =
    whyNot === null && prompt.trim() !== "" && (usedUp === null || cost.trim() !== "");
  const go = (): void => {
    if (isReady && !send.isPending)
      send.mutate({ prompt, ...(usedUp !== null && { limits: { cost: cost.trim() } }) });
  };
  return (
    <form
      className="follow-up"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      {send.error === null ? null : <ProblemBox problem={problemOf(send.error)} />}
      <Textarea
        ref={box}
        aria-label="Follow-up"
        placeholder={`Go on with ${cliName(invocation.cli)}: what should it do next?`}
        autosize
        minRows={2}
        maxRows={8}
        value={prompt}
        disabled={whyNot !== null}
        onChange={(event) => setPrompt(event.currentTarget.value)}
        onKeyDown={getHotkeyHandler([["mod+Enter", go]])}
      />
      {usedUp === null ? null : (
        <TextInput
          size="xs"
          label="Most cost, dollars"
          description={usedUp}
          inputMode="decimal"
          value={cost}
          onChange={(event) => setCost(event.currentTarget.value)}
        />
      )}
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <span className="quiet" aria-live="polite">
          {whyNot ?? "It goes on in the same session, as the next round. Ctrl Enter sends."}
        </span>
        <Button
          type="submit"
          size="xs"
          leftSection={<IconSend size={14} aria-hidden />}
          disabled={!isReady}
          loading={send.isPending}
        >
          Send
        </Button>
      </Group>
    </form>
  );
}

function useSend(executionId: string, onSent: () => void) {
  const workspaceId = useWorkspaceId();
  const reread = useReread(executionId);
  return useMutation({
    mutationFn: (body: InvocationMessage) =>
      api.sendMessage({ params: { workspaceId, executionId }, body }),
    onSuccess: () => {
      onSent();
      reread();
    },
  });
}
