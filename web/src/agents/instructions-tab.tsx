import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Agent } from "#contract/shapes/agents.ts";

import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { InstructionEditor } from "./instruction-editor.tsx";
import { InstructionText } from "./instruction-text.tsx";
import { InstructionsPanes } from "./instructions-panes.tsx";
import { useSaveAgent } from "./save.ts";
import { UnderstandingView } from "./understanding-view.tsx";
import { spansToMark, understandingOf } from "./understanding.ts";
import { useUnderstanding } from "./use-understanding.ts";

interface AgentProps {
  readonly agent: Agent;
}

export function InstructionsTab({ agent }: AgentProps): ReactNode {
  const [isEditing, setEditing] = useState(false);
  if (isEditing) return <Editing agent={agent} onDone={() => setEditing(false)} />;
  return <Reading agent={agent} onEdit={() => setEditing(true)} />;
}

function Reading({ agent, onEdit }: AgentProps & { readonly onEdit: () => void }): ReactNode {
  const [lit, setLit] = useState<string>();
  const understanding = understandingOf(agent);
  const isRefused = understanding.state === "refused";
  return (
    <InstructionsPanes
      beside={
        <ActButton
          permission={usePermission("agents:write")}
          size="compact-sm"
          variant="default"
          onClick={onEdit}
        >
          Edit
        </ActButton>
      }
      words={
        <InstructionText
          text={agent.instructions}
          spans={spansToMark(agent.instructions, understanding)}
          lit={lit}
          onLight={setLit}
          {...(isRefused ? { tone: "red" as const } : {})}
        />
      }
      plan={<UnderstandingView understanding={understanding} lit={lit} onLight={setLit} />}
    />
  );
}

function Editing({ agent, onDone }: AgentProps & { readonly onDone: () => void }): ReactNode {
  const workspaceId = useWorkspaceId();
  const [text, setText] = useState(agent.instructions);
  const [lit, setLit] = useState<string>();
  const understanding = useUnderstanding(workspaceId, text);
  const save = useMutation({ ...useSaveAgent(agent), onSuccess: onDone });
  const isRefused = understanding.state === "refused";
  return (
    <InstructionsPanes
      words={
        <Stack gap="sm">
          <InstructionEditor
            value={text}
            onChange={setText}
            spans={spansToMark(text, understanding)}
            isRefused={isRefused}
            lit={lit}
            onLight={setLit}
          />
          {save.error === null ? null : <ProblemBox problem={problemOf(save.error)} />}
          <Group gap="xs">
            <Button
              loading={save.isPending}
              disabled={text.trim() === "" || text === agent.instructions}
              onClick={() => save.mutate({ instructions: text, version: agent.version })}
            >
              Save as version {agent.version + 1}
            </Button>
            <Button variant="default" onClick={onDone}>
              Discard
            </Button>
            <Text size="sm" c="dimmed">
              Executions under way go on with the version that they started with.
            </Text>
          </Group>
        </Stack>
      }
      plan={<UnderstandingView understanding={understanding} lit={lit} onLight={setLit} />}
    />
  );
}
