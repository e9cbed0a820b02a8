import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

import type { Problem } from "#contract/problem.ts";

import { ProblemBox } from "./problem-box.tsx";

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button that goes on says. */
  readonly act: string;
  /** What the one says that goes back. */
  readonly keep?: string;
  /** Red, for what destroys, unless another is given. */
  readonly color?: string;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly onAct: () => void;
  readonly onClose: () => void;
}

/** Asks before what cannot be taken back. */
export function Confirm(props: ConfirmProps): ReactNode {
  const { opened, title, children, act, keep = "Keep it", color = "red.9" } = props;
  const { isBusy, problem, onAct, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={600}>{title}</Text>}>
      <Stack gap="md">
        <div>{children}</div>
        {problem === undefined ? null : <ProblemBox problem={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <Button color={color} loading={isBusy} onClick={onAct} data-autofocus>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
