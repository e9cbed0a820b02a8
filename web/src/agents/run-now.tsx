import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Role } from "#contract/rights.ts";
import type { Agent } from "#contract/shapes/agents.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { permissionToRun } from "../session/permission.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import { ContactPicker } from "./contact-picker.tsx";
import { watchRun } from "./watched-runs.ts";

interface RunNowProps {
  readonly agent: Agent;
  readonly role: Role;
}

/** Starts a run; where the agent has nothing to work on, asks for whom. */
export function RunNow({ agent, role }: RunNowProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const [isPicking, picker] = useDisclosure();
  const params = { workspaceId, agentId: agent.id };
  const run = useMutation({
    mutationFn: (contactIds?: readonly string[]) =>
      contactIds === undefined
        ? api.triggerAgent({ params })
        : api.executeAgent({ params, body: { contactIds: [...contactIds] } }),
    onSuccess: ({ executionId }) => {
      picker.close();
      watchRun(executionId);
      void client.invalidateQueries({ queryKey: ["executions", workspaceId] });
    },
    onError: (error) => {
      if (problemOf(error).code === "nothing_to_work_on") picker.open();
    },
  });
  const problem = run.error === null ? undefined : problemOf(run.error);
  const isAsking = problem?.code === "nothing_to_work_on";
  return (
    <>
      <ActButton
        permission={permissionToRun(role, agent.manualRun)}
        loading={run.isPending}
        leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
        onClick={() => run.mutate(undefined)}
      >
        Run Now
      </ActButton>
      {problem === undefined || isAsking || isPicking ? null : (
        <div style={{ flexBasis: "100%" }}>
          <ProblemBox
            tone={problem.status === 409 ? "amber" : "red"}
            problem={problem}
            action={<GoToRunning executionId={problem.executionId} onDismiss={run.reset} />}
          />
        </div>
      )}
      <ContactPicker
        opened={isPicking}
        onClose={picker.close}
        isBusy={run.isPending}
        problem={isAsking ? undefined : problem}
        onPick={(contactIds) => run.mutate(contactIds)}
      />
    </>
  );
}

interface GoToRunningProps {
  readonly executionId: string | undefined;
  readonly onDismiss: () => void;
}

function GoToRunning({ executionId, onDismiss }: GoToRunningProps): ReactNode {
  const workspaceId = useWorkspaceId();
  if (executionId === undefined) {
    return (
      <Button size="xs" variant="default" onClick={onDismiss}>
        Dismiss
      </Button>
    );
  }
  const params = { workspaceId, executionId };
  return (
    <Button
      size="xs"
      variant="default"
      renderRoot={(props: object) => (
        <Link {...props} to="/w/$workspaceId/executions/$executionId" params={params} />
      )}
    >
      View the running execution
    </Button>
  );
}
