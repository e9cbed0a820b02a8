import type { Fact } from "./facts.ts";
/** What is known of one lane (a journey), folded from its facts. */
import { machine } from "./machine.ts";
import { addSpending, type Spending, spendingOf } from "./spending.ts";

export const journeyMachine = machine("running", {
  running: {
    waiting: "waiting",
    completed: "completed",
    failed: "failed",
    canceled: "canceled",
    skipped: "skipped",
  },
  waiting: { resumed: "running", failed: "failed", canceled: "canceled", skipped: "skipped" },
  completed: {},
  failed: {},
  canceled: {},
  skipped: {},
});

export type JourneyState = "running" | "waiting" | "completed" | "failed" | "canceled" | "skipped";

export interface Journey {
  readonly name: string;
  readonly entity: string | null;
  readonly item: unknown;
  readonly state: JourneyState;
  readonly steps: number;
  readonly retries: number;
  readonly spending: Spending | null;
  /** The step that it came to last. */
  readonly planStep: string | null;
  readonly endedAt: number | null;
  /** It had ended in the execution that is tried again, and ends here as it did there. */
  readonly endsAgain: boolean;
}

export function openJourney(fact: Extract<Fact, { readonly t: "laneOpened" }>): Journey {
  const { name, entity, item } = fact;
  return {
    name,
    entity,
    item,
    state: "running",
    steps: 0,
    retries: 0,
    spending: null,
    planStep: null,
    endedAt: null,
    endsAgain: false,
  };
}

const ENDS: ReadonlySet<string> = new Set(["completed", "failed", "canceled", "skipped"]);

export function evolveJourney(journey: Journey, fact: Fact, at: number): Journey {
  if (fact.t === "carried") return { ...journey, endsAgain: ENDS.has(fact.fact.t) };
  const moved = move(journey, fact, at);
  if (fact.t === "stepDone") return { ...moved, steps: moved.steps + 1, planStep: fact.path };
  if (fact.t === "spent")
    return { ...moved, spending: addSpending(moved.spending, spendingOf(fact)) };
  if (fact.t !== "stepFailed") return moved;
  return fact.retryAt === undefined
    ? { ...moved, steps: moved.steps + 1, planStep: fact.path }
    : { ...moved, retries: moved.retries + 1, planStep: fact.path };
}

function move(journey: Journey, fact: Fact, at: number): Journey {
  const arrows: Readonly<Record<string, JourneyState>> = journeyMachine.arrows[journey.state];
  const state = arrows[fact.t];
  if (state === undefined) return journey;
  return { ...journey, state, endedAt: journeyMachine.isFinal(state) ? at : null };
}
