/**
 * The durable function of an automation agent. Lane 0 searches and opens a lane for everything found;
 * each of these journeys takes the steps up to the next search, breadth first, with a stream of its
 * own. Every planStep is a step of that path ("3.then.1"), so the ledger tells the plan's own story.
 */
import type { ActionNeeds } from "#actions/needs.ts";
import type { Entity } from "#domain/catalogue.ts";
import { Fault, keepFault } from "#domain/fault.ts";
import { LaneFailed, LaneSkipped } from "#engine/lane-ends.ts";
import type { LaneContext, LaneEnd, Program, ProgramContext } from "#engine/program.ts";
import { NO_RETRY } from "#engine/retry.ts";

import { check, planOf } from "./check.ts";
import { countedSoFar, openCount, type Count } from "./count.ts";
import type {
  AutomationInput,
  AutomationOutput,
  JourneyItem,
  JourneyOutput,
  Selected,
} from "./input.ts";
import { carryMemory } from "./memory.ts";
import { moving } from "./moving.ts";
import type { Stage } from "./scene.ts";
import { needsEntity, ranksOf, segmentsOf, type Segment } from "./segments.ts";
import { chosen, enrol, search, select, type Selection } from "./select.ts";
import { conclude, isThrough, sumUp } from "./sum-up.ts";
import type { Supposing } from "./supposing.ts";
import { tellFailure } from "./tell.ts";
import { Skipped, Stopped, walkSteps } from "./walk.ts";

type Lanes = { readonly journey: (lane: LaneContext, item: JourneyItem) => Promise<JourneyOutput> };
export type Automation = Program<AutomationInput, AutomationOutput, Lanes>;

export const AUTOMATION = "automation";
/** Where the plan is checked: before any of its steps. */
const CHECK = "check";
const COUNT = "count what was done";
const SELECTION = "selection";
const READING = "how the instructions were read";

const CONCURRENT_STEPS = 20;

/** @param supposing for a simulation */
export function automation(given: ActionNeeds, supposing?: Supposing): Automation {
  const needs: Needs = { ...given, supposing };
  return {
    name: AUTOMATION,
    version: "1",
    kind: "automation",
    lanes: { journey: (lane, item) => journey(lane, item, needs) },
    moving,
    conclude,
    run: async (run, input) => {
      const output = await carryOutToEnd(run, input, needs);
      const { fault } = conclude(output);
      if (fault !== undefined) await tellFailure(run, input, fault, needs);
      return output;
    },
  };
}

interface Needs extends ActionNeeds {
  readonly supposing: Supposing | undefined;
}

/** What was done before a step's fault counts: its figures are in the end, as those of any other run. */
async function carryOutToEnd(
  run: ProgramContext<Lanes>,
  input: AutomationInput,
  needs: Needs,
): Promise<AutomationOutput> {
  const total = openCount();
  try {
    return await carryOut(run, input, total, needs);
  } catch (error) {
    total.merge(await run.step(COUNT, () => countedSoFar(run.id, needs), { anew: true }));
    return { ...total.output(), journeys: 0, through: 0, stoppedBy: keepFault(error) };
  }
}

async function carryOut(
  run: ProgramContext<Lanes>,
  input: AutomationInput,
  total: Count,
  needs: Needs,
): Promise<AutomationOutput> {
  noteReading(run, input);
  const plan = planOf(input);
  await run.step(CHECK, () => check(input, run.ws, plan, needs), { retry: NO_RETRY, anew: true });
  const stage: Stage = {
    ws: run.ws,
    executionId: run.id,
    input,
    item: null,
    remembered: new Map(),
    supposing: needs.supposing,
  };
  await carryMemory(run, stage, needs);
  const ends: LaneEnd<JourneyOutput>[] = [];
  for (const [index, segment] of segmentsOf(plan).entries()) {
    const part = await carryOutSegment(run, { stage, segment, index, total }, needs);
    if (part === STOPPED) break;
    ends.push(...part);
  }
  if (ends.some(({ state, again }) => state === "canceled" && again === undefined))
    total.merge(
      await run.step(COUNT, () => countedSoFar(run.id, needs, "canceled"), { anew: true }),
    );
  return sumUp(total, ends);
}

/** That the built-in parser read the words by itself is the rule, and not told. */
function noteReading(run: ProgramContext<Lanes>, { reading }: AutomationInput): void {
  if (reading === undefined) return;
  if (reading.parser === "model" || reading.notice !== null) run.note(READING, reading);
}

interface Part {
  readonly stage: Stage;
  readonly segment: Segment;
  readonly index: number;
  readonly total: Count;
}

async function carryOutSegment(
  run: ProgramContext<Lanes>,
  { stage, segment, index, total }: Part,
  needs: Needs,
): Promise<readonly LaneEnd<JourneyOutput>[] | typeof STOPPED> {
  const found = await selectFor(run, stage, segment, total, needs);
  if (found === undefined) {
    const walk = { context: run, stage, needs, ranks: new Map<string, number>(), add: total.add };
    return await untilStopped(() => walkSteps(walk, segment.steps, ""));
  }
  const { entity } = found;
  const ids = chosen(stage, entity, found.ids); // a retry of some may have been handed on a selection of more
  total.add({ figures: { [`${PLURAL[entity]}Found`]: ids.length } });
  if (segment.steps.length === 0) {
    total.add({ figures: { [`${PLURAL[entity]}Processed`]: ids.length } });
    return [];
  }
  const remembered = Object.fromEntries(stage.remembered);
  const items = ids.map((id) => ({ segment: index, entity, id, remembered }));
  const ends = await run.each("journey", items, {
    as: `journeys ${index + 1}`,
    entity: ({ id }) => id,
    concurrency: CONCURRENT_STEPS,
    stopOn: ({ scope }) => scope !== "contact",
  });
  const processed = ends.filter((end) => isThrough(end) && end.again === undefined).length;
  total.add({ figures: { [`${PLURAL[entity]}Processed`]: processed } });
  return ends;
}

/** The part of the plan that needs nothing to work on has stopped: the rest of the plan is not for anybody. */
const STOPPED = Symbol("stopped");

const PLURAL: Readonly<Record<Entity, string>> = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
};

/** What the part works on; undefined where it needs nothing and runs once. */
async function selectFor(
  run: ProgramContext<Lanes>,
  stage: Stage,
  { search: first, steps }: Segment,
  total: Count,
  needs: Needs,
): Promise<Selected | undefined> {
  const { context, target } = stage.input;
  const enough = needs.supposing?.enough ?? ((all: Selection): Selection => all);
  const taken = async (name: string, work: () => Promise<Selection>): Promise<Selected> => {
    const found = await run.step(name, async () => enough(await work()));
    if (!run.isCarried(name)) total.add({ warnings: found.warnings });
    return found;
  };
  if (first !== undefined)
    return taken(String(first.index + 1), () => select(stage, first.planStep, needs));
  if (context !== undefined)
    return taken(SELECTION, () => enrol(stage, { ...context, warnings: [] }, needs));
  if (target !== undefined) return taken(SELECTION, () => search(stage, target, needs));
  if (!needsEntity(steps)) return undefined;
  throw new Fault("nothing_to_work_on", "The plan has nothing to work on.", {
    suggestion: "Begin the instructions with a search, or run the agent for chosen contacts.",
  });
}

async function journey(lane: LaneContext, item: JourneyItem, needs: Needs): Promise<JourneyOutput> {
  const input = lane.input as AutomationInput;
  const plan = planOf(input);
  const count = openCount();
  const remembered = new Map(Object.entries(item.remembered));
  const { supposing } = needs;
  const stage: Stage = { ws: lane.ws, executionId: lane.id, input, item, remembered, supposing };
  const walk = { context: lane, stage, needs, ranks: ranksOf(plan), add: count.add };
  try {
    await walkSteps(walk, segmentsOf(plan)[item.segment]?.steps ?? [], "");
    return count.output();
  } catch (error) {
    if (error instanceof Stopped) return count.output();
    if (error instanceof Skipped) throw new LaneSkipped(error.message, count.output());
    throw endOf(error, count);
  }
}

/** A missing value skips the contact with a warning; another fault of the contact's ends its journey alone. */
function endOf(error: unknown, count: Count): unknown {
  const kept = keepFault(error);
  if (kept.scope !== "contact" && kept.code !== "effect_uncertain") return error;
  count.add({ warnings: [kept.message] });
  if (kept.code === "missing_value") return new LaneSkipped(kept.message, count.output());
  return new LaneFailed({ ...kept, scope: "contact" }, count.output());
}

async function untilStopped(work: () => Promise<void>): Promise<readonly [] | typeof STOPPED> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof Stopped || error instanceof Skipped) return STOPPED;
    throw error;
  }
}
