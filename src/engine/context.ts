/** The context that a program's function gets, made of the lane's own calls. */
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";

import { pathOf } from "./path.ts";
import type { Context, StepName } from "./program.ts";
import { spentFact } from "./spent.ts";
import { doStep, type StepPlace } from "./steps.ts";
import { takeSignal, waitUntil } from "./waits.ts";

export interface Birth {
  readonly id: string;
  readonly ws: number;
  readonly createdAt: number;
}

export function laneContext(place: StepPlace, { id, ws, createdAt }: Birth): Context {
  const { lane } = place;
  return {
    id: id as ExecutionId,
    ws,
    createdAt,
    step: (name, work, options) => doStep(place, name, work, options),
    sleep: (name, ms) => waitUntil(lane, name, () => lane.clock.now() + finite(name, ms)),
    until: (name, at) => waitUntil(lane, name, typeof at === "number" ? () => at : at),
    signal: (name, options) => takeSignal(lane, name, options),
    note: (name, note) => {
      const path = pathOf(name);
      if (lane.visit(path, "note") !== undefined) return;
      const kept: unknown = JSON.parse(JSON.stringify(note ?? null));
      lane.stream.record({ t: "noted", path, note: kept });
      lane.history.paths.set(path, { use: "note", attempts: 0, note: kept });
    },
    spend: (name, spent) => {
      const path = pathOf(name);
      if (lane.visit(path, "spend") !== undefined) return;
      lane.stream.record(spentFact(path, spent));
      lane.history.paths.set(path, { use: "spend", attempts: 0 });
    },
    isCarried: (name) => {
      const recorded = lane.history.paths.get(pathOf(name));
      return recorded?.carried === true && recorded.done !== undefined;
    },
    noted: (name) => lane.history.paths.get(pathOf(name))?.note,
  };
}

function finite(name: StepName, ms: number): number {
  if (Number.isFinite(ms)) return ms;
  throw new Fault("bad_request", `"${pathOf(name)}" sleeps for no number of milliseconds: ${ms}.`);
}
