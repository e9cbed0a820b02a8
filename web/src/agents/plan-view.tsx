import { Skeleton, Stack } from "@mantine/core";
import { IconBolt } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Plan } from "#domain/plan.ts";

import { ProblemBox } from "../parts/problem-box.tsx";
import { cardsOf, type PlanCard, unbuiltOf } from "./plan-cards.ts";
import { phraseTrigger } from "./plan-words.ts";

interface PlanViewProps {
  readonly plan: Plan;
  readonly lit: string | undefined;
  readonly onLight: (path: string | undefined) => void;
}

/** What the words became: a card for each step, indented under its decision. */
export function PlanView({ plan, lit, onLight }: PlanViewProps): ReactNode {
  const cards = cardsOf(plan);
  return (
    <Stack gap="xs">
      <Unbuilt plan={plan} />
      {plan.trigger === undefined ? null : (
        <div className="plan-trigger">
          <IconBolt size={15} aria-hidden />
          {phraseTrigger(plan.trigger)}
        </div>
      )}
      <ol className="plan" aria-label="Plan">
        {cards.map((card) => (
          <Card key={card.path} card={card} isLit={card.path === lit} onLight={onLight} />
        ))}
      </ol>
    </Stack>
  );
}

interface CardProps {
  readonly card: PlanCard;
  readonly isLit: boolean;
  readonly onLight: (path: string | undefined) => void;
}

function Card({ card, isLit, onLight }: CardProps): ReactNode {
  const { path, depth, branch, label, lines, isBuilt } = card;
  return (
    // Hovering lights the words that stand beside it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="plan-card"
      style={{ marginLeft: depth * 20 }}
      data-lit={isLit}
      data-tone={isBuilt ? undefined : "orange"}
      onMouseEnter={() => onLight(path)}
      onMouseLeave={() => onLight(undefined)}
    >
      {branch === undefined ? null : <div className="plan-branch">{branch}</div>}
      <div className="plan-head">
        <span className="plan-number">{path.split(".").at(-1)}</span>
        <strong>{label}</strong>
        {isBuilt ? null : <span className="chip">not built yet</span>}
      </div>
      {lines.length === 0 ? null : (
        <dl className="plan-lines">
          {lines.map(([name, words]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
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
