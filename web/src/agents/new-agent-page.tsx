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
import { SimulateButton } from "./simulation/simulate-button.tsx";
import { useDraft } from "./use-draft.ts";
import { Workbench } from "./workbench.tsx";

/** A name and what it should do, in one's own words: nothing else is needed. */
export function NewAgentPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const [name, setName] = useState("");
  const [draft, change] = useDraft({ text: "", triggers: [] });
  const create = useCreateAgent(workspaceId);
  return (
    <>
      <PageHead title="New agent" actions={<Create isBusy={create.isPending} />}>
        Write what it should do; it runs only when you say so.
      </PageHead>
      <Stack gap="md">
        {create.error === null ? null : <ProblemBox problem={problemOf(create.error)} />}
        <form
          id={FORM}
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate({ name, instructions: draft.text, triggers: [...draft.triggers] });
          }}
        >
          <TextInput
            label="Name"
            required
            maw={420}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </form>
        <Workbench draft={draft} settings={{}} onChange={change}>
          <Group mt="sm">
            <SimulateButton
              simulated={{ instructions: draft.text }}
              isOff={draft.text.trim() === ""}
            />
          </Group>
          <Examples
            onTake={(example) => {
              change({ text: example.instructions });
              setName((known) => (known === "" ? example.name : known));
            }}
          />
        </Workbench>
      </Stack>
    </>
  );
}

/** The steps' forms stand beside it, not in it. */
const FORM = "new-agent";

function Create({ isBusy }: { readonly isBusy: boolean }): ReactNode {
  return (
    <ActButton
      type="submit"
      form={FORM}
      loading={isBusy}
      permission={usePermission("agents:write")}
    >
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
    <Group gap={6} mt="sm">
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

type NewAgent = Parameters<typeof api.createAgent>[0]["body"];

function useCreateAgent(workspaceId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: NewAgent) => api.createAgent({ params: { workspaceId }, body }),
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
