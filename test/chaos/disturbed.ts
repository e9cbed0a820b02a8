/** A ledger and a clock as a process sees them that is disturbed while it works. */
import fc from "fast-check";

import type { Clock } from "#domain/clock.ts";
import type { Fact } from "#domain/facts.ts";
import type { Claimed, Item, Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { stoppingAt, type Fate, type Stopping } from "../crash/life.ts";

/** How one process fares. */
export interface Life {
  /** It stops around its n-th write. */
  readonly n: number;
  readonly when: Fate;
  /** It is not dead, only stopped: it goes on while the next one is at work. */
  readonly resumes: boolean;
  /** What it has claimed it is handed a second time, and once more after the next claim. */
  readonly duplicates: boolean;
  /** Its alarms ring so many milliseconds late. */
  readonly lateMs: number;
}

export const anyLife: fc.Arbitrary<Life> = fc.record({
  n: fc.integer({ min: 2, max: 40 }),
  when: fc.constantFrom("before" as const, "after" as const),
  resumes: fc.boolean(),
  duplicates: fc.boolean(),
  lateMs: fc.constantFrom(0, 0, 700, 5_000),
});

export const UNDISTURBED: Life = {
  n: Number.POSITIVE_INFINITY,
  when: "before",
  resumes: false,
  duplicates: false,
  lateMs: 0,
};

export function lateClock(clock: Clock, lateMs: number): Clock {
  return { now: clock.now, at: (at, then) => clock.at(at + lateMs, then) };
}

/** Hands out claims twice, as a queue may that does not know whether its message was taken. */
function duplicating(ledger: Ledger): Ledger {
  let earlier: readonly Claimed[] = [];
  return {
    ...ledger,
    append: (async (item: Item) => {
      const outcome = await ledger.append(item);
      if (item.op !== "claim") return outcome;
      const claimed = outcome as readonly Claimed[];
      const all = [...claimed, ...claimed, ...earlier];
      earlier = claimed;
      return all;
    }) as Ledger["append"],
  };
}

/** Tells of every step that is on record as done, once it is. */
function telling(ledger: Ledger, done: (no: number, lane: number, path: string) => void): Ledger {
  return {
    ...ledger,
    append: (async (item: Item) => {
      const outcome = await ledger.append(item);
      const isWritten = (item.op === "drive" || item.op === "end") && "ok" in Object(outcome);
      if (isWritten && (outcome as { ok: boolean }).ok) {
        for (const fact of JSON.parse(item.data) as readonly Fact[])
          if (fact.t === "stepDone") done(item.no, item.lane, fact.path);
      }
      return outcome;
    }) as Ledger["append"],
  };
}

export function disturbed(
  ledger: Ledger,
  owner: Owner,
  { n, when, duplicates }: Life,
  done: (no: number, lane: number, path: string) => void,
): Stopping {
  const told = telling(ledger, done);
  return stoppingAt(duplicates ? duplicating(told) : told, owner, n, when);
}
