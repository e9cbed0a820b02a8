import { Alert } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Agent } from "#contract/shapes/agents.ts";

import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission } from "../session/workspace.tsx";
import { useSaveAgent } from "./save.ts";

/** Who read the instructions, where that is worth knowing, and a button to have them read otherwise. */
export function ReadingNotice({ agent }: { readonly agent: Agent }): ReactNode {
  const permission = usePermission("agents:write");
  const read = useMutation(useSaveAgent(agent));
  const { reading, plan, version } = agent;
  const other = reading.parser === "model" && plan === null ? "offline" : "model";
  if (reading.notice === null && other === "model") return <ReadBy model={reading.model} />;
  return (
    <Alert color="orange" role="status" mb="xs">
      {reading.notice ?? `The model ${reading.model ?? ""} could not read the instructions.`}
      <div style={{ marginTop: 8 }}>
        <ActButton
          size="compact-sm"
          variant="default"
          permission={permission}
          loading={read.isPending}
          onClick={() => read.mutate({ parser: other, version })}
        >
          {other === "model" ? "Read again" : "Use the built-in parser"}
        </ActButton>
      </div>
      {read.error === null ? null : <ProblemBox problem={problemOf(read.error)} />}
    </Alert>
  );
}

function ReadBy({ model }: { readonly model: string | null }): ReactNode {
  return model === null ? null : <p className="quiet">Read by {model}.</p>;
}
