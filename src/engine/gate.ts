/**
 * Lets the journeys of one execution move breadth first, and only so many of their steps run at once.
 * It is scheduling, not history: nothing of it is written, and a replay begins with a new one.
 */
import type { LaneRun } from "./lane-run.ts";

export interface Gate {
  /** A lane has begun; until it asks for a turn it may still do anything, so nobody overtakes it. */
  readonly join: (lane: LaneRun) => void;
  /** A lane has ended or parked: it holds nobody up any more. */
  readonly leave: (lane: LaneRun) => void;
  /** Settles when no lane that can still move is behind this rank. */
  readonly turn: (lane: LaneRun, rank: number | undefined) => Promise<void> | undefined;
  /** Settles when there is room for one more step; the answer gives the place back. */
  readonly enter: () => Promise<() => void>;
}

const BEHIND_ALL = -1;

export function openGate(concurrency: number): Gate {
  const ranks = new Map<LaneRun, number>();
  const atRank = new Map<number, number>();
  const turns: { readonly rank: number; readonly resolve: () => void }[] = [];
  const queue: (() => void)[] = [];
  let running = 0;

  function count(rank: number, by: 1 | -1): void {
    const next = (atRank.get(rank) ?? 0) + by;
    if (next === 0) atRank.delete(rank);
    else atRank.set(rank, next);
  }

  const slowest = (): number => Math.min(...atRank.keys());

  function letThrough(): void {
    if (turns.length === 0) return;
    const behind = slowest();
    const ready = turns.filter(({ rank }) => rank <= behind);
    if (ready.length === 0) return;
    const rest = turns.filter(({ rank }) => rank > behind);
    turns.splice(0, turns.length, ...rest);
    for (const { resolve } of ready) resolve();
  }

  function move(lane: LaneRun, rank: number): void {
    const from = ranks.get(lane);
    if (from !== undefined) count(from, -1);
    ranks.set(lane, rank);
    count(rank, 1);
  }

  function give(): void {
    running -= 1;
    queue.shift()?.();
  }

  return {
    join: (lane) => {
      move(lane, BEHIND_ALL);
    },
    leave: (lane) => {
      const from = ranks.get(lane);
      if (from === undefined) return;
      ranks.delete(lane);
      count(from, -1);
      letThrough();
    },
    turn: (lane, rank) => {
      if (rank === undefined || ranks.get(lane) === rank) return undefined;
      move(lane, rank);
      letThrough();
      if (rank <= slowest()) return undefined;
      return new Promise((resolve) => turns.push({ rank, resolve }));
    },
    enter: async () => {
      if (running >= concurrency) await new Promise<void>((resolve) => queue.push(resolve));
      running += 1;
      return give;
    },
  };
}
