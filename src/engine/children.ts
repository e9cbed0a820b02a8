/** A child execution: born in the append that names it, awaited as a signal is. */
import type { CreatedFact, Fact } from "#domain/facts.ts";
import { Fault, type KeptFault } from "#domain/fault.ts";
import { KIND_IDS } from "#domain/id.ts";

import type { Core } from "./core.ts";
import { creation } from "./create.ts";
import type { Recorded } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import { pathOf } from "./path.ts";
import type { AnyProgram, StepName } from "./program.ts";
import { stepFault } from "./step-fault.ts";

/** What a parent's lane hears when a child has ended; what the child answered stands in its stream. */
export interface ChildEnd {
  readonly path: string;
  readonly id: string;
  readonly state: string;
}

export async function doChild<Output>(
  core: Core,
  lane: LaneRun,
  parent: CreatedFact,
  name: StepName,
  program: AnyProgram,
  input: unknown,
): Promise<Output> {
  const path = pathOf(name);
  const recorded = lane.visit(path, "child");
  if (recorded?.done !== undefined) return recorded.done.value as Output;
  if (recorded?.failed !== undefined) throw stepFault(recorded.failed);
  let id = recorded?.child;
  if (id === undefined) {
    await lane.beforeEffect();
    id = await lane.during(() => begin(core, lane, parent, path, program, input));
  }
  const state: Recorded = lane.history.paths.get(path) ?? { use: "child", attempts: 0 };
  await lane.wait(path, { ready: () => state.childState !== undefined });
  await lane.during(async () => {
    await collect(core, lane, path, id);
  });
  if (state.failed !== undefined) throw stepFault(state.failed);
  return state.done?.value as Output;
}

async function begin(
  core: Core,
  lane: LaneRun,
  parent: CreatedFact,
  path: string,
  program: AnyProgram,
  input: unknown,
): Promise<string> {
  const at = core.clock.now();
  const created: CreatedFact = {
    ...bornOf(parent, program),
    parent: { no: lane.stream.no, lane: lane.stream.lane, path },
    ...(input !== undefined && { input }),
  };
  const given = { apart: program.apart, counted: program.countedIn?.(created) };
  const { item } = creation(created, at, undefined, given);
  await lane.write({ children: [item] }, () => {
    lane.stream.record({ t: "childStarted", path, id: created.id });
    // Known from here on, so that a lane which leaves before the answer still tells it.
    lane.history.paths.set(path, { use: "child", attempts: 0, child: created.id });
  });
  core.dueAt(at);
  return created.id;
}

function bornOf({ ws, trigger }: CreatedFact, program: AnyProgram): CreatedFact {
  return {
    t: "created",
    id: KIND_IDS[program.kind].create(),
    ws,
    kind: program.kind,
    agent: 0,
    target: null,
    driver: program.name,
    driverVersion: program.version,
    trigger: { type: "parent", by: trigger.by },
    label: null,
  };
}

/** Reads how the child ended and puts it on record. */
async function collect(core: Core, lane: LaneRun, path: string, id: string): Promise<void> {
  const state = lane.history.paths.get(path);
  if (state === undefined || state.done !== undefined || state.failed !== undefined) return;
  const { no, version, last } = await readLast(core, id);
  const base = { t: "childEnded", path, state: state.childState ?? "failed" } as const;
  if (last?.t === "completed") {
    const value = await answerOf(core, no, version, last);
    state.done = { value };
    consumeEnd(lane, state);
    lane.stream.record(value === undefined ? base : { ...base, r: value });
    return;
  }
  state.failed = faultOf(last, id, path);
  consumeEnd(lane, state);
  lane.stream.record({ ...base, fault: state.failed });
}

interface Last {
  readonly no: number;
  readonly version: number;
  readonly last: Fact | undefined;
}

async function readLast({ ledger }: Core, id: string): Promise<Last> {
  const found = await ledger.find(id);
  if (found === undefined) return { no: 0, version: 0, last: undefined };
  const entry = (await ledger.read(found.no, 0)).at(-1);
  return { no: found.no, version: entry?.version ?? 0, last: entry?.facts.at(-1) };
}

/** The word of its end leaves the inbox with the fact that records it, never before. */
function consumeEnd(lane: LaneRun, { childSeq }: Recorded): void {
  if (childSeq !== undefined) lane.stream.consume(childSeq);
}

/** A child's end in the parent's inbox. */
export function hearChild(lane: LaneRun, { path, state }: ChildEnd, seq: number): void {
  const recorded = lane.history.paths.get(path) ?? { use: "child" as const, attempts: 0 };
  lane.history.paths.set(path, Object.assign(recorded, { childState: state, childSeq: seq }));
}

/** An end's answer: inline, or in the payload that the fact names. */
export async function answerOf(
  { ledger }: Pick<Core, "ledger">,
  no: number,
  version: number,
  fact: { readonly r?: unknown; readonly part?: number },
): Promise<unknown> {
  if (fact.part === undefined) return fact.r;
  const payloads = await ledger.readPayloads(no, 0);
  return payloads.get(`${version}.${fact.part}`);
}

function faultOf(last: Fact | undefined, id: string, step: string): KeptFault {
  if (last?.t === "failed") return { ...last.fault, step };
  if (last?.t === "canceled")
    return { code: "canceled", message: `The child ${id} was canceled.`, step };
  throw new Fault("internal", `The child ${id} told its end, but has none on record.`);
}
