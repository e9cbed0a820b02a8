import { Button, Drawer, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTestPipe } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Problem } from "#contract/problem.ts";

import { problemOf } from "../../api/problems.ts";
import { ActButton } from "../../parts/act-button.tsx";
import { ProblemBox } from "../../parts/problem-box.tsx";
import { usePermission } from "../../session/workspace.tsx";
import { ContactPicker } from "../contact-picker.tsx";
import { SimulationView } from "./simulation-view.tsx";
import { type Simulated, useSimulation } from "./use-simulation.ts";

interface SimulateButtonProps {
  readonly simulated: Simulated;
  readonly isOff?: boolean;
  readonly label?: string;
}

/** Shows what would happen, without anything happening. */
export function SimulateButton({
  simulated,
  isOff = false,
  label = "Simulate",
}: SimulateButtonProps): ReactNode {
  const [isOpen, drawer] = useDisclosure();
  const { ask, cancel } = useSimulation(simulated);
  const problem = ask.error === null ? undefined : problemOf(ask.error);
  const needsSomebody = problem?.code === "nothing_to_work_on";
  const leave = (): void => {
    cancel();
    drawer.close();
    ask.reset();
  };
  return (
    <>
      <ActButton
        variant="default"
        permission={usePermission("agents:run")}
        leftSection={<IconTestPipe size={15} aria-hidden />}
        disabled={isOff}
        onClick={() => {
          drawer.open();
          ask.mutate(undefined);
        }}
      >
        {label}
      </ActButton>
      <Drawer
        opened={isOpen && !needsSomebody}
        onClose={leave}
        size="min(760px, 100%)"
        title={<Text fw={600}>Simulation</Text>}
      >
        {ask.isPending ? <Simulating onCancel={leave} /> : null}
        {problem === undefined ? null : (
          <Refused problem={problem} onAgain={() => ask.mutate(undefined)} />
        )}
        {ask.data === undefined ? null : <SimulationView simulation={ask.data} />}
      </Drawer>
      <ContactPicker
        opened={isOpen && needsSomebody}
        onClose={leave}
        act="Simulate"
        isBusy={ask.isPending}
        problem={undefined}
        onPick={(contactIds) => ask.mutate(contactIds)}
      />
    </>
  );
}

interface RefusedProps {
  readonly problem: Problem;
  readonly onAgain: () => void;
}

function Refused({ problem, onAgain }: RefusedProps): ReactNode {
  const again = (
    <Button size="xs" variant="default" onClick={onAgain}>
      Try again
    </Button>
  );
  return <ProblemBox problem={problem} action={again} />;
}

function Simulating({ onCancel }: { readonly onCancel: () => void }): ReactNode {
  return (
    <Stack gap="sm" aria-busy>
      <Group justify="space-between">
        <span className="quiet" role="status">
          Walking through the plan…
        </span>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
      <Skeleton height={70} radius="md" />
      <Skeleton height={40} radius="md" />
      <Skeleton height={220} radius="md" />
    </Stack>
  );
}
