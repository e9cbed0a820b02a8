import { useDisclosure } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { WaitingExecutions } from "#contract/problem.ts";
import type { Agent } from "#contract/shapes/agents.ts";

import { problemOf } from "../../api/problems.ts";
import { ActButton } from "../../parts/act-button.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { usePermission } from "../../session/workspace.tsx";
import { useRestoreAgent } from "../save.ts";
import { refusalOf, WaitingQuestion } from "../waiting-question.tsx";

interface RestoreButtonProps {
  readonly agent: Agent;
  readonly version: number;
  readonly onDone: () => void;
}

/** Saves an earlier version again, after it has said what that means. */
export function RestoreButton({ agent, version, onDone }: RestoreButtonProps): ReactNode {
  const [isAsking, ask] = useDisclosure();
  const [waiting, setWaiting] = useState<WaitingExecutions>();
  const restore = useMutation({
    ...useRestoreAgent(agent, version),
    onSuccess: onDone,
    onError: (error) => setWaiting((known) => problemOf(error).waiting ?? known),
  });
  const problem = refusalOf(restore.error);
  const leave = (): void => {
    ask.close();
    setWaiting(undefined);
    restore.reset();
  };
  return (
    <>
      <ActButton
        size="xs"
        variant="default"
        permission={usePermission("agents:write")}
        leftSection={<IconHistory size={15} aria-hidden />}
        onClick={ask.open}
      >
        Restore version {version}
      </ActButton>
      <Confirm
        opened={isAsking && waiting === undefined}
        title={`Restore version ${version}?`}
        act={`Restore as version ${agent.version + 1}`}
        keep="Leave it"
        color="teal"
        isBusy={restore.isPending}
        problem={problem}
        onAct={() => restore.mutate(undefined)}
        onClose={leave}
      >
        Its words, plan and settings become version {agent.version + 1}. The versions between stay
        in the list.
      </Confirm>
      {waiting === undefined ? null : (
        <WaitingQuestion
          waiting={waiting}
          version={agent.version}
          isBusy={restore.isPending}
          problem={problem}
          onChoose={(choice) => restore.mutate(choice)}
          onClose={leave}
        />
      )}
    </>
  );
}
