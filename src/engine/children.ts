/** A child execution: born in the append that names it, awaited as a signal is. */
import { createExecution, evolveAll } from "#domain/execution.ts";
import type { CreatedFact, Fact } from "#domain/facts.ts";
import { Fault, type KeptFault } from "#domain/fault.ts";
import { programIds, runIds } from "#domain/id.ts";
import type { CreateItem } from "#ledger/items.ts";
import { identityOf } from "#ledger/rows.ts";

import type { Core } from "./core.ts";
import type { Recorded } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import { pathOf } from "./path.ts";
import type { AnyProgram, StepName } from "./program.ts";
import { stepFault } from "./steps.ts";

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
  const state = lane.history.paths.get(path) ?? { use: "child" as const, attempts: 0, child: id };
  lane.history.paths.set(path, state);
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
  const ids = program.kind === "automation" ? runIds : programIds;
  const id = ids.create();
  const at = core.clock.now();
  const created: CreatedFact = {
    t: "created",
    id,
    ws: parent.ws,
    kind: program.kind,
    agent: 0,
    target: null,
    driver: program.name,
    driverVersion: program.version,
    trigger: { type: "parent", by: parent.trigger.by },
    label: null,
    parent: { no: lane.stream.no, lane: lane.stream.lane, path },
    ...(input !== undefined && { input }),
  };
  const facts: Fact[] = [created];
  const execution = evolveAll(createExecution(created, at), facts, at);
  const child: CreateItem = {
    op: "create",
    identity: identityOf(created),
    state: execution.state,
    startedAt: null,
    at,
    count: facts.length,
    data: JSON.stringify(facts),
    readyAt: at,
  };
  await lane.write({ children: [child] }, () => {
    lane.stream.record({ t: "childStarted", path, id });
  });
  core.dueAt(at);
  return id;
}

/** Reads how the child ended and puts it on record. */
async function collect(core: Core, lane: LaneRun, path: string, id: string): Promise<void> {
  const state = lane.history.paths.get(path);
  if (state === undefined || state.done !== undefined || state.failed !== undefined) return;
  const found = await core.ledger.find(id);
  const entries = found === undefined ? [] : await core.ledger.read(found.no, 0);
  const last = entries.at(-1)?.facts.at(-1);
  const childState = state.childState ?? "failed";
  if (last?.t === "completed") {
    const value = await answerOf(core, found?.no ?? 0, entries.at(-1)?.version ?? 0, last);
    state.done = { value };
    consumeEnd(lane, state);
    lane.stream.record({
      t: "childEnded",
      path,
      state: childState,
      ...(value !== undefined && { r: value }),
    });
    return;
  }
  state.failed = faultOf(last, id, path);
  consumeEnd(lane, state);
  lane.stream.record({ t: "childEnded", path, state: childState, fault: state.failed });
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
