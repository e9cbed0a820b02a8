/** Waiting for a time, or for a signal. */
import { Fault } from "#domain/fault.ts";

import type { History } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import { pathOf } from "./path.ts";
import type { SignalOptions, StepName } from "./program.ts";

/** Waits until a moment that is set once: a replay waits for the same. */
export async function waitUntil(lane: LaneRun, name: StepName, atOf: () => number): Promise<void> {
  const path = pathOf(name);
  const recorded = lane.visit(path, "timer");
  if (recorded?.done !== undefined) return;
  const until = recorded?.until ?? moment(path, atOf());
  if (recorded === undefined) lane.stream.record({ t: "timerSet", path, until });
  await lane.wait(path, {
    due: until,
    ready: (now) => {
      const skippedBy = lane.history.skipped;
      if (now < until && skippedBy === undefined) return false;
      lane.stream.record(
        now >= until || skippedBy === undefined
          ? { t: "timerFired", path }
          : { t: "timerFired", path, early: skippedBy },
      );
      return true;
    },
  });
}

function moment(path: string, at: number): number {
  if (Number.isFinite(at)) return Math.round(at);
  throw new Fault("bad_request", `"${path}" waits for no moment in time: ${at}.`);
}

/** The next untaken signal of that name; undefined when the time is up. */
export async function takeSignal<Input>(
  lane: LaneRun,
  name: string,
  options: SignalOptions & { readonly as?: StepName } = {},
): Promise<Input | undefined> {
  const path = pathOf(options.as ?? name);
  const recorded = lane.visit(path, "signal");
  if (recorded?.done !== undefined) return recorded.done.value as Input | undefined;
  const until = recorded === undefined ? beginAwaiting(lane, path, name, options) : recorded.until;
  let taken: Input | undefined;
  await lane.wait(path, {
    ...(until !== undefined && { due: until }),
    ready: (now) => {
      const index = untaken(lane.history, name);
      if (index >= 0) {
        taken = take(lane, path, index) as Input;
        return true;
      }
      if (until === undefined || now < until) return false;
      lane.stream.record({ t: "signalTimedOut", path });
      return true;
    },
  });
  return taken;
}

/** Says on record what is awaited, and until when; that is set once. */
function beginAwaiting(
  lane: LaneRun,
  path: string,
  name: string,
  { timeoutMs }: SignalOptions,
): number | undefined {
  const until = timeoutMs === undefined ? undefined : lane.clock.now() + timeoutMs;
  lane.stream.record({ t: "awaited", path, name, ...(until !== undefined && { until }) });
  return until;
}

function take(lane: LaneRun, path: string, index: number): unknown {
  const received = lane.history.signals[index];
  if (received !== undefined) received.taken = true;
  lane.stream.record({ t: "signalTaken", path, index });
  return received?.value;
}

function untaken(history: History, name: string): number {
  return history.signals.findIndex((signal) => signal.name === name && !signal.taken);
}
