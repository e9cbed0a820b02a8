/** What a retry of an agent's execution is started with: from where on, on which version of the plan, for whom. */
import { Fault } from "#domain/fault.ts";
import { changedSteps, placesOf, wordsOf } from "#domain/plan-changes.ts";
import type { Plan } from "#domain/plan.ts";
import type { Again } from "#engine/again.ts";
import { readBeginning } from "#engine/created.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { upcast } from "#ledger/upcast.ts";

import type { AutomationInput, Selected } from "./input.ts";
import type { MovedTo } from "./moving.ts";
import { isSearch } from "./segments.ts";

export interface Retrying {
  /** The execution that is tried again. */
  readonly retryOf: string;
  /** `start`, `failed`, or the path of a step that it came to. */
  readonly from: string;
  /** Whose journeys alone are tried again. */
  readonly only?: Selected | undefined;
  /** A user's id, a key's behind `key:`, or `system`. */
  readonly by: string;
}

export interface BeganAgain {
  readonly input: AutomationInput;
  readonly again: Again;
}

/**
 * @param current the agent as it is now, where the retry is to go by that
 * @throws Fault `conflict` where the plan has become another one in a way that might mail somebody twice
 */
export async function beginAgainWith(
  ledger: Ledger,
  { retryOf, from, only }: Retrying,
  current: AutomationInput | undefined,
): Promise<BeganAgain> {
  const no = (await ledger.find(retryOf))?.no ?? 0;
  const wentBy = await inputsGiven(ledger, no);
  const now = current ?? wentBy.at(-1) ?? wentBy[0];
  const input: AutomationInput = { ...now, ...workedOn(wentBy[0], only) };
  if (from === "start") return { input, again: { of: retryOf, from } };
  const without = wentBy.flatMap(({ plan }) => keysRememberedFrom(plan, from));
  const goingOn = { ...input, memoryOf: { execution: retryOf, without } };
  if (current === undefined && wentBy.length === 1)
    return { input: goingOn, again: { of: retryOf, from } };
  for (const before of wentBy) {
    const why = await whyAnother(ledger, no, from, before, now);
    if (why !== undefined)
      throw new Fault("conflict", why, { suggestion: waysOut(current, wentBy) });
  }
  const changed = new Set(wentBy.flatMap(({ plan }) => changedSteps(plan, now.plan)));
  return { input: goingOn, again: { of: retryOf, from, changed: [...changed] } };
}

function workedOn(
  { context, target, form }: AutomationInput,
  only: Selected | undefined,
): Pick<AutomationInput, "context" | "target" | "form"> {
  return {
    ...(context !== undefined && { context }),
    ...(target !== undefined && { target }),
    ...(form !== undefined && { form }),
    ...(only !== undefined && { context: only }),
  };
}

type Inputs = readonly [AutomationInput, ...AutomationInput[]];

/**
 * What it was started with, and what it was moved onto since: its journeys may have gone by any of them.
 * @throws Fault `conflict` for another kind of execution, and where its input was erased
 */
async function inputsGiven(ledger: Ledger, no: number): Promise<Inputs> {
  const began = await readBeginning(ledger, no);
  if (began?.created.kind !== "automation")
    throw new Fault("conflict", "Only an agent's execution can be retried.");
  if (began.input !== undefined) {
    const { memoryOf: _before, ...given } = began.input as AutomationInput;
    return [given, ...began.moves.map((move) => ({ ...given, ...(move as MovedTo) }))];
  }
  throw new Fault(
    "conflict",
    "What this execution was given has been erased, so it cannot be retried.",
  );
}

/** A step that has mailed somebody must be the same step still, and the searches stand where they stood; else why not. */
async function whyAnother(
  ledger: Ledger,
  no: number,
  from: string,
  { plan: before }: AutomationInput,
  { plan: now }: AutomationInput,
): Promise<string | undefined> {
  const searches = (plan: Plan | null): string =>
    JSON.stringify(
      placesOf(plan).flatMap(({ path, planStep }) =>
        isSearch(planStep) ? [path, planStep.type] : [],
      ),
    );
  if (searches(before) !== searches(now)) return "The agent searches at other steps now";
  const same = new Set(placesOf(now).map(wordsOf));
  const others = placesOf(before).filter((step) => !same.has(wordsOf(step)));
  const begun = await effectsBegun(ledger, no, from);
  const mailed = others.find(({ path }) => begun.has(path));
  return mailed && `Step ${mailed.path} has sent emails already, and is another step now`;
}

/** One that was moved has gone by two plans: neither of them is the original one for all of its journeys. */
const waysOut = (current: AutomationInput | undefined, wentBy: Inputs): string =>
  current !== undefined && wentBy.length === 1
    ? "Retry with the original plan, or from the start."
    : "Retry from the start.";

/** The steps that must happen once and were begun, in journeys that are to go on. */
async function effectsBegun(
  { store }: Ledger,
  no: number,
  from: string,
): Promise<ReadonlySet<string>> {
  const appends = await store.db
    .selectFrom("facts")
    .leftJoin("journeys", (join) =>
      join.onRef("journeys.no", "=", "facts.no").onRef("journeys.lane", "=", "facts.lane"),
    )
    .select(["facts.v", "facts.data", "journeys.state"])
    .where("facts.no", "=", no)
    .where("facts.data", "like", '%"t":"stepIntended"%')
    .execute();
  const goOn = appends.filter(
    ({ state }) => from !== "failed" || (state !== "completed" && state !== "skipped"),
  );
  const facts = goOn.flatMap(({ v, data }) => upcast(v, data));
  const told = facts.map((fact) => (fact.t === "carried" ? fact.fact : fact));
  return new Set(told.flatMap((fact) => (fact.t === "stepIntended" ? fact.path : [])));
}

/** What is remembered at the step or later is remembered again. */
function keysRememberedFrom(plan: Plan | null, from: string): readonly string[] {
  const steps = placesOf(plan);
  const first = steps.findIndex(({ path }) => path === from);
  if (first === -1) return [];
  return steps
    .slice(first)
    .flatMap(({ planStep }) => (planStep.type === "remember" ? [planStep.params.key] : []));
}
