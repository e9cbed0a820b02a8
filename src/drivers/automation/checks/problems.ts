/**
 * What a plan meets in its workspace, found before anything runs. The preview, saving, going live, a simulation and the
 * run itself ask here and nowhere else.
 */
import type { ActionNeeds } from "#actions/needs.ts";
import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import { nearest } from "#domain/nearest.ts";
import type { Span } from "#domain/plan.ts";

import type { Asked, Case, Check, Finding } from "./asked.ts";
import { nestedSearches, unbuiltActions } from "./built.ts";
import { conditions } from "./conditions.ts";
import { fieldsWritten } from "./fields-written.ts";
import { knownOf } from "./known.ts";
import { readBeforeWritten } from "./memory.ts";
import { people } from "./people.ts";
import { recipients } from "./recipients.ts";
import { repeats } from "./repeats.ts";
import { placeSteps } from "./steps.ts";
import { tagNamesValid, tags } from "./tags.ts";
import { mailTemplates } from "./templates.ts";
import { variables } from "./texts.ts";
import { waits } from "./waits.ts";
import { inWords, type Spot, spotOf } from "./words.ts";
import { somethingToWorkOn } from "./work.ts";

export type { Asked } from "./asked.ts";

const CHECKS: readonly Check[] = [
  unbuiltActions,
  nestedSearches,
  somethingToWorkOn,
  mailTemplates,
  people,
  recipients,
  fieldsWritten,
  tagNamesValid,
  waits,
  conditions,
  variables,
  readBeforeWritten,
  tags,
  repeats,
];

export type CheckNeeds = Pick<
  ActionNeeds,
  "templates" | "userRoles" | "members" | "store" | "clock"
>;

/** In the order of the text; at one step errors come first. */
export async function problemsOf(asked: Asked, needs: CheckNeeds): Promise<readonly PlanProblem[]> {
  const whole: Case = { ...asked, known: await knownOf(asked, needs), steps: placeSteps(asked) };
  const rank = new Map(whole.steps.map(({ path }, index) => [path, index]));
  const place = ({ path, severity }: Finding): number =>
    (rank.get(path) ?? -1) * 2 + (severity === "error" ? 0 : 1);
  return CHECKS.flatMap((check) => check(whole))
    .toSorted((a, b) => place(a) - place(b))
    .map((finding, index) => completed(whole, finding, index < MOST_MEANT));
}

/** A text with more slips than that is no slip of the pen, and names are looked through for each. */
const MOST_MEANT = 20;

function completed(whole: Case, finding: Finding, mayBeMeant: boolean): PlanProblem {
  const { path, severity, code, message, suggestion } = finding;
  const step = whole.steps.find((one) => one.path === path)?.planStep.span;
  const meant = mayBeMeant ? meantBy(finding) : undefined;
  const spot = spotFor(whole, finding, step);
  const instead = spot === undefined || meant === undefined ? null : written(meant, spot.isSpaced);
  const span = spot?.span ?? step ?? null;
  return { path, span, severity, code, message, suggestion: suggested(meant, suggestion), instead };
}

function meantBy({ name, among }: Finding): string | undefined {
  if (name === undefined || among === undefined) return undefined;
  const meant = nearest(name, among);
  return meant === name ? undefined : meant;
}

/** Where the name stands; looked for in all the words only where the step is all there is, or has none of its own. */
function spotFor(
  { words, plan }: Case,
  { name, path, isElsewhere }: Finding,
  step: Span | undefined,
): Spot | undefined {
  if (words === undefined || name === undefined || isElsewhere === true) return undefined;
  const isAll = path === "trigger" || plan.steps.length === 1;
  return step === undefined && !isAll ? undefined : spotOf(words, step, name);
}

function suggested(meant: string | undefined, suggestion: string | undefined): string | null {
  if (meant === undefined) return suggestion ?? null;
  const question = `Did you mean '${meant}'?`;
  return suggestion === undefined ? question : `${question} ${suggestion}`;
}

const written = (name: string, isSpaced: boolean): string =>
  isSpaced ? inWords(name).toLowerCase() : name;
