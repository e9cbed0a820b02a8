/** What was too much for an execution, in words. */
import { showMoney } from "#domain/money.ts";

import type { RoundBounds } from "./follow-round.ts";
import type { Bounds } from "./supervisor/standing.ts";
import type { Reason as Told } from "./supervisor/told.ts";

type All = Bounds & RoundBounds;

const TOO_MUCH: Readonly<Partial<Record<Told, (bounds: All) => string>>> = {
  total_time: ({ totalMs }) => `it took longer than ${time(totalMs)}`,
  idle: ({ idleMs }) => `it said nothing for longer than ${time(idleMs)}`,
  stalled: ({ stallMs }) => `its provider failed for longer than ${time(stallMs)}`,
  memory: ({ memoryBytes }) => `it took more memory than ${size(memoryBytes)}`,
  output: ({ outputBytes }) => `it wrote more than ${size(outputBytes)}`,
  cost: ({ nano }) => `it cost more than ${nano === undefined ? "it may" : showMoney(nano)}`,
};

/** Whether it was stopped because something was too much. */
export const isLimit = (told: Told | null): boolean => told !== null && told in TOO_MUCH;

/** Undefined: it was stopped for something else, or not at all. */
export function limitWords(told: Told | null, bounds: All): string | undefined {
  const words = told === null ? undefined : TOO_MUCH[told]?.(bounds);
  return words && `It was stopped: ${words}.`;
}

const UNITS = [
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
  [1, "ms"],
] as const;

/** In the largest unit that needs no fraction. */
function time(ms: number | undefined): string {
  if (ms === undefined) return "it may";
  const [unit, name] = UNITS.find(([each]) => ms >= each && ms % each === 0) ?? [1, "ms"];
  return `${ms / unit} ${name}`;
}

const MIB = 1024 * 1024;

function size(bytes: number | undefined): string {
  return bytes === undefined ? "it may" : `${Math.round((10 * bytes) / MIB) / 10} MiB`;
}
