/** What may become of executions that wait when an agent is saved, and what each choice means for them. */
import type { WaitingExecutions } from "#contract/problem.ts";
import type { WAITING_CHOICES } from "#contract/shapes/agents.ts";
import { entryOf } from "#domain/catalogue.ts";
import { VERBS, type Verb } from "#domain/plan.ts";

export type WaitingChoice = (typeof WAITING_CHOICES)[number];

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;

const isVerb = (type: string): type is Verb => VERBS.some((verb) => verb === type);

/** "2 executions wait, with 40 journeys: 38 at step 3 (Wait), 2 at step 5 (Wait)." */
export function phraseWaiting({ executions, journeys, steps }: WaitingExecutions): string {
  const who = `${count(executions, "execution waits", "executions wait")}, with ${count(journeys, "journey", "journeys")}`;
  const where = steps.map(({ step, type, waiting }) => {
    const label = isVerb(type) ? entryOf(type).label : type;
    return `${waiting.toLocaleString("en-US")} at step ${step} (${label})`;
  });
  return where.length === 0 ? `${who}.` : `${who}: ${where.join(", ")}.`;
}

export interface Choice {
  readonly value: WaitingChoice;
  readonly label: string;
  readonly means: string;
}

export function choicesFor(
  { journeys, steps }: WaitingExecutions,
  version: number,
): readonly Choice[] {
  const movable = steps.reduce((sum, step) => sum + step.movable, 0);
  const rest = movable < journeys ? `; the others finish on version ${version}` : "";
  return [
    {
      value: "finish",
      label: `Let them finish on version ${version}`,
      means: "Nothing changes for them.",
    },
    {
      value: "move",
      label: "Move them to the new version",
      means: `${movable.toLocaleString("en-US")} of ${journeys.toLocaleString("en-US")} are not yet past a changed step and move${rest}.`,
    },
    {
      value: "cancel",
      label: "Cancel them",
      means: "What they wait for is not done. What they did stays done.",
    },
  ];
}
