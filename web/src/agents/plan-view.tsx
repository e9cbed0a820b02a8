import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import type { Plan } from "#domain/plan.ts";

import { ProblemBox } from "../parts/problem-box.tsx";
import { PlanCard } from "./plan-card.tsx";
import { cardsOf, unbuiltOf } from "./plan-cards.ts";

export interface PlanUse {
  readonly lit: string | undefined;
  readonly onLight: (path: string | undefined) => void;
  /** Shows the words that a step, or a note, is about. */
  readonly onFind: (key: string) => void;
}

interface PlanViewProps extends PlanUse {
  readonly plan: Plan;
  /** How it starts, above the steps. */
  readonly start?: ReactNode;
  readonly onEdit?: ((path: string) => void) | undefined;
  /** The step that is being edited, with its form. */
  readonly open?: { readonly path: string; readonly form: ReactNode } | undefined;
}

/** What the words became: a card for each step, indented under its decision. */
export function PlanView(props: PlanViewProps): ReactNode {
  const { plan, start, lit, onLight, onFind, onEdit, open } = props;
  return (
    <Stack gap="xs">
      <Unbuilt plan={plan} />
      {start}
      <ol className="plan" aria-label="Plan">
        {cardsOf(plan).map((card) => (
          <PlanCard
            key={card.path}
            card={card}
            isLit={card.path === lit}
            onLight={onLight}
            onFind={onFind}
            onEdit={onEdit}
          >
            {open?.path === card.path ? open.form : undefined}
          </PlanCard>
        ))}
      </ol>
    </Stack>
  );
}

function Unbuilt({ plan }: { readonly plan: Plan }): ReactNode {
  const [first, ...more] = unbuiltOf(plan);
  if (first === undefined) return null;
  const errors = [first, ...more].map(({ text, reason }) => ({ path: text, message: reason }));
  const problem = {
    title: "This plan cannot run yet",
    detail: "Some of its actions are not built:",
    errors,
    suggestion: first.suggestion,
  };
  return <ProblemBox tone="orange" problem={problem} />;
}

export function PlanSkeleton(): ReactNode {
  return (
    <Stack gap="xs" aria-busy>
      {["a", "b", "c"].map((key) => (
        <Skeleton key={key} height={62} radius="sm" />
      ))}
    </Stack>
  );
}
