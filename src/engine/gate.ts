/**
 * Lets the journeys of one execution move breadth first, and only so many of their steps run at once.
 * It is scheduling, not history: nothing of it is written, and a replay begins with a new one.
 */
import type { LaneRun } from "./lane-run.ts";

interface Turn {
  readonly rank: number;
  readonly resolve: () => void;
}

const BEHIND_ALL = -1;

export class Gate {
  readonly #concurrency: number;
  readonly #ranks = new Map<LaneRun, number>();
  readonly #atRank = new Map<number, number>();
  readonly #queue: (() => void)[] = [];
  #turns: Turn[] = [];
  #running = 0;

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  /** A lane has begun; until it asks for a turn it may still do anything, so nobody overtakes it. */
  join(lane: LaneRun): void {
    this.#move(lane, BEHIND_ALL);
  }

  /** A lane has ended or parked: it holds nobody up any more. */
  leave(lane: LaneRun): void {
    const from = this.#ranks.get(lane);
    if (from === undefined) return;
    this.#ranks.delete(lane);
    this.#count(from, -1);
    this.#letThrough();
  }

  /** Settles when no lane that can still move is behind this rank. */
  turn(lane: LaneRun, rank: number | undefined): Promise<void> | undefined {
    if (rank === undefined || this.#ranks.get(lane) === rank) return undefined;
    this.#move(lane, rank);
    this.#letThrough();
    if (rank <= this.#slowest()) return undefined;
    return new Promise((resolve) => this.#turns.push({ rank, resolve }));
  }

  /** Settles when there is room for one more step; the answer gives the place back. */
  async enter(): Promise<() => void> {
    if (this.#running >= this.#concurrency) {
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
    this.#running += 1;
    return () => {
      this.#running -= 1;
      this.#queue.shift()?.();
    };
  }

  #move(lane: LaneRun, rank: number): void {
    const from = this.#ranks.get(lane);
    if (from !== undefined) this.#count(from, -1);
    this.#ranks.set(lane, rank);
    this.#count(rank, 1);
  }

  #count(rank: number, by: 1 | -1): void {
    const next = (this.#atRank.get(rank) ?? 0) + by;
    if (next === 0) this.#atRank.delete(rank);
    else this.#atRank.set(rank, next);
  }

  #slowest(): number {
    return Math.min(...this.#atRank.keys());
  }

  #letThrough(): void {
    if (this.#turns.length === 0) return;
    const behind = this.#slowest();
    const ready = this.#turns.filter(({ rank }) => rank <= behind);
    if (ready.length === 0) return;
    this.#turns = this.#turns.filter(({ rank }) => rank > behind);
    for (const { resolve } of ready) resolve();
  }
}
