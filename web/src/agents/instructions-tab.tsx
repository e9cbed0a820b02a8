import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { WaitingExecutions } from "#contract/problem.ts";
import type { Agent } from "#contract/shapes/agents.ts";

import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission } from "../session/workspace.tsx";
import { InstructionsReader } from "./instructions-reader.tsx";
import { ReadingNotice } from "./reading-notice.tsx";
import { useSaveAgent } from "./save.ts";
import { SimulateButton } from "./simulation/simulate-button.tsx";
import { understandingOf } from "./understanding.ts";
import { useDraft } from "./use-draft.ts";
import { refusalOf, WaitingQuestion } from "./waiting-question.tsx";
import { Workbench } from "./workbench.tsx";

interface AgentProps {
  readonly agent: Agent;
}

export function InstructionsTab({ agent }: AgentProps): ReactNode {
  const [isEditing, setEditing] = useState(false);
  if (isEditing) return <Editing agent={agent} onDone={() => setEditing(false)} />;
  return <Reading agent={agent} onEdit={() => setEditing(true)} />;
}

function Reading({ agent, onEdit }: AgentProps & { readonly onEdit: () => void }): ReactNode {
  const edit = (
    <ActButton
      permission={usePermission("agents:write")}
      size="compact-sm"
      variant="default"
      onClick={onEdit}
    >
      Edit
    </ActButton>
  );
  const answer = { of: agent.instructions, understanding: understandingOf(agent) };
  return (
    <InstructionsReader answer={answer} beside={edit} above={<ReadingNotice agent={agent} />} />
  );
}

function Editing({ agent, onDone }: AgentProps & { readonly onDone: () => void }): ReactNode {
  const { instructions, triggers, version } = agent;
  const [draft, change] = useDraft({ text: instructions, triggers });
  const [asked, ask] = useState<WaitingExecutions>();
  const save = useMutation({
    ...useSaveAgent(agent),
    onSuccess: onDone,
    onError: (error) => ask((known) => problemOf(error).waiting ?? known),
  });
  const problem = refusalOf(save.error);
  const isChanged = draft.text !== instructions || draft.triggers !== triggers;
  const saved = {
    version,
    instructions: draft.text,
    ...(draft.triggers === triggers ? {} : { triggers: [...draft.triggers] }),
  };
  return (
    <Workbench draft={draft} settings={{ agentId: agent.id }} onChange={change}>
      {problem === undefined || asked !== undefined ? null : <ProblemBox problem={problem} />}
      {asked === undefined ? null : (
        <WaitingQuestion
          waiting={asked}
          version={version}
          isBusy={save.isPending}
          problem={problem}
          onChoose={(waiting) => save.mutate({ ...saved, waiting })}
          onClose={() => {
            ask(undefined);
            save.reset();
          }}
        />
      )}
      <Group gap="xs" mt="sm">
        <Button
          loading={save.isPending}
          disabled={draft.text.trim() === "" || !isChanged}
          onClick={() => save.mutate(saved)}
        >
          Save as version {version + 1}
        </Button>
        <SimulateButton
          simulated={{ agentId: agent.id, instructions: draft.text }}
          isOff={draft.text.trim() === ""}
          label="Simulate these words"
        />
        <Button variant="default" onClick={onDone}>
          Discard
        </Button>
      </Group>
    </Workbench>
  );
}
