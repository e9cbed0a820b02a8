import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { EXAMPLES } from "./examples.ts";
import { InstructionEditor } from "./instruction-editor.tsx";
import { InstructionsPanes } from "./instructions-panes.tsx";
import { UnderstandingView } from "./understanding-view.tsx";
import { spansToMark } from "./understanding.ts";
import { useUnderstanding } from "./use-understanding.ts";

/** A name and what it should do, in one's own words: nothing else is needed. */
export function NewAgentPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const [lit, setLit] = useState<string>();
  const understanding = useUnderstanding(workspaceId, text);
  const create = useCreateAgent(workspaceId);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, instructions: text });
      }}
    >
      <PageHead title="New agent" actions={<Create isBusy={create.isPending} />}>
        Write what it should do; it runs only when you say so.
      </PageHead>
      <Stack gap="md">
        {create.error === null ? null : <ProblemBox problem={problemOf(create.error)} />}
        <TextInput
          label="Name"
          required
          maw={420}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <InstructionsPanes
          words={
            <Stack gap="sm">
              <InstructionEditor
                value={text}
                onChange={setText}
                spans={spansToMark(text, understanding)}
                isRefused={understanding.state === "refused"}
                lit={lit}
                onLight={setLit}
              />
              <Examples
                onTake={(example) => {
                  setText(example.instructions);
                  setName((known) => (known === "" ? example.name : known));
                }}
              />
            </Stack>
          }
          plan={<UnderstandingView understanding={understanding} lit={lit} onLight={setLit} />}
        />
      </Stack>
    </form>
  );
}

function Create({ isBusy }: { readonly isBusy: boolean }): ReactNode {
  return (
    <ActButton type="submit" loading={isBusy} permission={usePermission("agents:write")}>
      Create agent
    </ActButton>
  );
}

function Examples({
  onTake,
}: {
  readonly onTake: (example: (typeof EXAMPLES)[number]) => void;
}): ReactNode {
  return (
    <Group gap={6}>
      <span className="quiet">Start from:</span>
      {EXAMPLES.map((example) => (
        <Button
          key={example.name}
          size="compact-xs"
          variant="default"
          onClick={() => onTake(example)}
        >
          {example.name}
        </Button>
      ))}
    </Group>
  );
}

function useCreateAgent(workspaceId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: { name: string; instructions: string }) =>
      api.createAgent({ params: { workspaceId }, body }),
    onSuccess: async (agent) => {
      client.setQueryData(["agent", workspaceId, agent.id], agent);
      void client.invalidateQueries({ queryKey: ["agents", workspaceId] });
      void client.invalidateQueries({ queryKey: ["agentNames", workspaceId] });
      await navigate({
        to: "/w/$workspaceId/agents/$agentId",
        params: { workspaceId, agentId: agent.id },
      });
    },
  });
}
