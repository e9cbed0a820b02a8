import { Accordion, Button, Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { type Direction, neighbourOf, rememberedList } from "../keys/neighbours.ts";
import { useListKeys } from "../keys/use-list-keys.ts";
import { Empty } from "../parts/empty.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { pageOf } from "./page-of.ts";
import { StepItem } from "./step-item.tsx";
import { openAtFirst, openSince } from "./steps.ts";

const FROM = "/w/$workspaceId/executions/$executionId";

/** Every step in the order of the plan; those that need a look stand open. */
export function StepsTab({ execution }: { readonly execution: Execution }): ReactNode {
  const { steps } = execution;
  const [open, setOpen] = useOpenSteps(execution);
  const isAllOpen = open.length === steps.length;
  const toggleAll = (): void => setOpen(isAllOpen ? [] : steps.map(({ path }) => path));
  useHotkeys([["e", toggleAll]]);
  useListKeys(useNeighbours(execution.id));
  if (steps.length === 0) {
    return (
      <div className="panel">
        <Empty title="There are no steps">
          {execution.error === null
            ? "It has not come to its plan yet."
            : "It ended before its plan began; the reason stands above."}
        </Empty>
      </div>
    );
  }
  return (
    <>
      <Group justify="space-between" mb="xs">
        <span className="quiet">
          {execution.payloads === "redacted"
            ? "Params and results are shown to Owners, Admins and whoever started this run."
            : ""}
        </span>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={toggleAll}>
          {isAllOpen ? "Close all" : "Open all"}
        </Button>
      </Group>
      <Accordion
        multiple
        order={2}
        variant="contained"
        keepMounted={false}
        value={[...open]}
        onChange={setOpen}
        className="steps"
      >
        {steps.map((step) => (
          <StepItem key={step.path} step={step} execution={execution} />
        ))}
      </Accordion>
    </>
  );
}

function useOpenSteps({
  steps,
}: Execution): readonly [readonly string[], (open: string[]) => void] {
  const { step: pointedAt } = useSearch({ from: FROM });
  const [open, setOpen] = useState(() => openAtFirst(steps, pointedAt));
  const seen = useRef(new Set(open));
  useEffect(() => {
    setOpen((known) => {
      const next = openSince(known, seen.current, steps);
      for (const path of next) seen.current.add(path);
      return next;
    });
  }, [steps]);
  return [open, setOpen];
}

function useNeighbours(executionId: string): (direction: Direction) => void {
  const navigate = useNavigate();
  const workspaceId = useWorkspaceId();
  return (direction) => {
    const next = neighbourOf(rememberedList(), executionId, direction);
    if (next !== undefined)
      void navigate({ to: pageOf(next), params: { workspaceId, executionId: next } });
  };
}
