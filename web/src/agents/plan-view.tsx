import { Skeleton, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Plan } from "#domain/plan.ts";

import type { Edit } from "./edits.ts";
import { NoteCard } from "./note-card.tsx";
import type { Note } from "./notes.ts";
import { PlanCard } from "./plan-card.tsx";
import { cardsOf } from "./plan-cards.ts";
import { TRIGGER_KEY } from "./understanding.ts";

export interface PlanUse {
  readonly lit: string | undefined;
  readonly onLight: (path: string | undefined) => void;
  /** Shows the words that a step, or a note, is about. */
  readonly onFind: (key: string) => void;
}

interface PlanViewProps extends PlanUse {
  readonly plan: Plan;
  readonly notes: readonly Note[];
  readonly onFix?: ((edit: Edit) => void) | undefined;
  /** How it starts, above the steps. */
  readonly start?: ReactNode;
  readonly onEdit?: ((path: string) => void) | undefined;
  /** The step that is being edited, with its form. */
  readonly open?: { readonly path: string; readonly form: ReactNode } | undefined;
}

/** What the words became: a card for each step, indented under its decision, with what is wrong with it. */
export function PlanView(props: PlanViewProps): ReactNode {
  const { plan, notes, onFix, start, open, ...use } = props;
  const about = (path: string): ReactNode =>
    notes
      .filter((note) => note.path === path)
      .map((note) => <NoteCard key={note.key} note={note} {...use} onFix={onFix} />);
  return (
    <Stack gap="xs">
      <Obstacles notes={notes} />
      {about("")}
      <div
        className="plan-start"
        data-path={TRIGGER_KEY}
        data-lit={use.lit === TRIGGER_KEY}
        onMouseEnter={() => use.onLight(TRIGGER_KEY)}
        onMouseLeave={() => use.onLight(undefined)}
        onFocus={() => use.onLight(TRIGGER_KEY)}
        onBlur={() => use.onLight(undefined)}
      >
        {start}
      </div>
      {about(TRIGGER_KEY)}
      <ol className="plan" aria-label="Plan">
        {cardsOf(plan).map((card) => (
          <PlanCard
            key={card.path}
            card={card}
            isLit={card.path === use.lit}
            onLight={use.onLight}
            onFind={use.onFind}
            onEdit={use.onEdit}
            notes={about(card.path)}
          >
            {open?.path === card.path ? open.form : undefined}
          </PlanCard>
        ))}
      </ol>
    </Stack>
  );
}

/** How much is in the way of running it, where anything is. */
function Obstacles({ notes }: { readonly notes: readonly Note[] }): ReactNode {
  const count = notes.filter(({ tone }) => tone === "red").length;
  if (count === 0) return null;
  return (
    <p className="obstacles" role="status">
      <IconAlertTriangle size={15} aria-hidden />
      {count === 1 ? "One thing keeps" : `${count} things keep`} this plan from running.
    </p>
  );
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
