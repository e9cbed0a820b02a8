import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";

import type { Problem, WaitingExecutions } from "#contract/problem.ts";

import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { choicesFor, phraseWaiting, type WaitingChoice } from "./waiting-words.ts";

interface WaitingQuestionProps {
  readonly waiting: WaitingExecutions;
  /** The version that they run on. */
  readonly version: number;
  readonly isBusy: boolean;
  readonly problem?: Problem | undefined;
  readonly onChoose: (choice: WaitingChoice) => void;
  readonly onClose: () => void;
}

/** What went wrong with saving, unless it is only that this has to be asked. */
export function refusalOf(error: Error | null): Problem | undefined {
  const problem = error === null ? undefined : problemOf(error);
  return problem?.waiting === undefined ? problem : undefined;
}

/** Asked before a changed plan is saved: what becomes of those that wait. */
export function WaitingQuestion(props: WaitingQuestionProps): ReactNode {
  const { waiting, version, isBusy, problem, onChoose, onClose } = props;
  const [chosen, choose] = useState<WaitingChoice>("finish");
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>Executions of this agent wait</Text>}>
      <Stack gap="md">
        <p style={{ margin: 0 }}>{phraseWaiting(waiting)}</p>
        <Radio.Group label="What becomes of them?" value={chosen} onChange={(next) => choose(next)}>
          <Stack gap="xs" mt={8}>
            {choicesFor(waiting, version).map(({ value, label, means }) => (
              <Radio key={value} value={value} label={label} description={means} />
            ))}
          </Stack>
        </Radio.Group>
        {problem === undefined ? null : <ProblemBox problem={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Do not save
          </Button>
          <Button
            color={chosen === "cancel" ? "red" : "teal"}
            loading={isBusy}
            onClick={() => onChoose(chosen)}
            data-autofocus
          >
            {chosen === "cancel" ? "Save and cancel them" : "Save"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
