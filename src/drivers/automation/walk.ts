/** Carries out the steps of a plan one after another, for one entity or for none. */
import type { Doing, Done } from "#actions/action.ts";
import { actionFor } from "#actions/actions.ts";
import type { ActionNeeds } from "#actions/needs.ts";
import { evaluateCondition, type Evaluation } from "#domain/conditions.ts";
import { addDuration, parseDuration } from "#domain/durations.ts";
import { Fault } from "#domain/fault.ts";
import { planStepPath, type Condition, type PlanStep, type Verb } from "#domain/plan.ts";
import type { Context, StepOptions } from "#engine/program.ts";

import { changeOf, lookNow, sceneOf, subjectNow, type Stage } from "./scene.ts";
import type { PlacedStep } from "./segments.ts";
import { lookSupposing } from "./supposing.ts";

/** Ends the journey where it is; it counts as through. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}
/** Leaves the entity out of the selection. */
export class Skipped extends Error {
  override readonly name = "Skipped";
}

export interface Walk {
  readonly context: Context;
  readonly stage: Stage;
  readonly needs: ActionNeeds;
  readonly ranks: ReadonlyMap<string, number>;
  /** Added up as steps are done; a replay adds up the same. */
  readonly add: (done: Done) => void;
}

export async function walkSteps(
  walk: Walk,
  steps: readonly PlacedStep[],
  prefix: string,
): Promise<void> {
  for (const { index, planStep } of steps) {
    await take(walk, planStep, planStepPath(prefix, index));
  }
}

const placed = (steps: readonly PlanStep[]): readonly PlacedStep[] =>
  steps.map((planStep, index) => ({ index, planStep }));

async function take(walk: Walk, planStep: PlanStep, path: string): Promise<void> {
  switch (planStep.type) {
    case "if": {
      const { holds } = await judge(walk, path, planStep.params);
      if (holds) await walkSteps(walk, placed(planStep.then), `${path}.then`);
      else await walkSteps(walk, placed(planStep.else ?? []), `${path}.else`);
      return;
    }
    case "skip":
      if ((await judge(walk, path, planStep.params)).holds)
        throw new Skipped("The instructions leave it out.");
      return;
    case "stop":
      throw new Stopped();
    case "wait":
      await wait(walk, path, planStep.params.duration);
      return;
    default:
      await act(walk, path, planStep);
  }
}

function optionsFor(
  walk: Walk,
  path: string,
): { readonly subject: string; readonly rank?: number } {
  const { item, executionId } = walk.stage;
  const rank = walk.ranks.get(path);
  // Without an entity it may still hold people's texts, so it is kept apart all the same.
  return { subject: item?.id ?? executionId, ...(rank !== undefined && { rank }) };
}

/** A condition is a step: what was compared is on record, and a replay goes the same way. */
async function judge(
  { context, stage, needs, add, ...walk }: Walk,
  path: string,
  condition: Condition,
): Promise<Evaluation> {
  const options = optionsFor({ context, stage, needs, add, ...walk }, path);
  const evaluation = await context.step(
    path,
    async () => {
      const subject = await subjectNow(stage, needs);
      const look = lookSupposing(await lookNow(stage, subject, needs), subject, stage.supposing);
      return evaluateCondition(condition, look, { now: needs.clock.now(), zone: stage.input.zone });
    },
    options,
  );
  if (!context.isCarried(path)) add({ warnings: evaluation.warnings });
  return evaluation;
}

async function wait({ context, stage, needs }: Walk, path: string, text: string): Promise<void> {
  const duration = parseDuration(text);
  if (duration === undefined) throw new Fault("invalid", `"${text}" is no duration.`);
  await context.until(path, () => addDuration(needs.clock.now(), duration, stage.input.zone));
}

async function act<V extends Verb>(
  walk: Walk,
  path: string,
  planStep: PlanStep & { readonly type: V },
): Promise<void> {
  const { context, stage, needs } = walk;
  const action = actionFor(planStep.type);
  if (action === undefined)
    throw new Fault("action_not_built", `"${planStep.type}" is not built yet.`);
  let announcing: (() => void)[] = [];
  const doing = async (): Promise<Doing<V>> => {
    announcing = [];
    const scene = await sceneOf(stage, needs);
    const subject = await subjectNow(stage, needs);
    const look = await lookNow(stage, subject, needs);
    const params = planStep.params as Doing<V>["params"];
    return { params, scene, subject, look, whenDone: (then) => announcing.push(then) };
  };
  const once = action.once?.(doing, needs, () => changeOf(stage, needs.clock.now()));
  const options: StepOptions<Done> = {
    ...optionsFor(walk, path),
    ...(once !== undefined && { once }),
  };
  const done = await context.step<Done>(
    path,
    async (attempt) => await action.run(await doing(), needs, attempt),
    options,
  );
  for (const announce of announcing) announce();
  if (done.remembered !== undefined)
    stage.remembered.set(done.remembered.key, done.remembered.value);
  if (!context.isCarried(path)) walk.add(done);
}
