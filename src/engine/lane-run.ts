/**
 * One lane while it is in memory. Its function runs; what it asks for is answered from its history or
 * done anew. When every branch of it waits, it parks: what it waits for is written, its claim given
 * back, and all of it dropped; a branch that waits is then a promise that never settles.
 *
 * - `during` counts the work under way; with none, and something awaited, the lane parks.
 * - A wait says how it can be over (`ready`); waits are polled when the inbox was read or a time came.
 * - A replay is over when its branches have come to rest. If something on record was not asked for by
 *   then, the function no longer matches its history: the lane is blocked, nothing new happens.
 * - After a cancel no new work begins; when the work under way has ended, so has the lane.
 */
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { History, Recorded, Use } from "./history.ts";
import type { Along, Stream } from "./stream.ts";

export type LaneOutcome =
  | { readonly type: "returned"; readonly value: unknown }
  | { readonly type: "threw"; readonly error: unknown }
  | { readonly type: "canceled"; readonly by: string; readonly reason?: string }
  | { readonly type: "parked"; readonly due: number | null }
  | { readonly type: "blocked"; readonly path: string }
  | { readonly type: "lost"; readonly error: unknown };

export interface Wait {
  /** When it may be over by itself. */
  readonly due?: number;
  /** Whether it is over now; if so it records why. */
  readonly ready: (now: number) => boolean;
}

export interface LaneStart {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly stream: Stream;
  readonly history: History;
  /** Whether the history holds anything that the function will ask for again. */
  readonly replaying: boolean;
  readonly waiting: boolean;
  /** What goes with parking and with going on: the guard that a waiting execution gives back. */
  readonly guards?: readonly string[];
  /** An inbox entry of a kind that not every lane knows; it is consumed by whoever puts it on record. */
  readonly onInbox?: (kind: string, body: unknown, seq: number) => void;
}

/** How long a canceled step may take to end; then its lane ends without it. */
const CANCEL_GRACE_MS = 10_000;

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export class LaneRun {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly stream: Stream;
  readonly history: History;
  readonly controller = new AbortController();
  #active = 0;
  #gone = false;
  #replaying: boolean;
  #waiting: boolean;
  /** How many signals had come when the inbox was read last. */
  wake = 0;
  #checking = false;
  #reading = false;
  #canceling: { readonly by: string; readonly reason?: string } | undefined;
  #disarm: (() => void) | undefined;
  readonly #guards: readonly string[];
  readonly #onInbox: (kind: string, body: unknown, seq: number) => void;
  /** Called when a signal came for the execution, this lane's or another's. */
  onWake: (() => void) | undefined;
  readonly #visited = new Set<string>();
  readonly #waits = new Map<string, Wait & { readonly resolve: () => void }>();
  readonly #read = new Set<number>();
  readonly #whenIdle: (() => void)[] = [];
  readonly #outcome = Promise.withResolvers<LaneOutcome>();

  constructor(start: LaneStart) {
    this.ledger = start.ledger;
    this.clock = start.clock;
    this.stream = start.stream;
    this.history = start.history;
    this.#replaying = start.replaying;
    this.#waiting = start.waiting;
    this.#guards = start.guards ?? [];
    this.#onInbox = start.onInbox ?? ((): void => undefined);
  }

  /** Runs the function until it ends, parks, blocks, is canceled or lost. */
  run(body: () => Promise<unknown>, wake: number): Promise<LaneOutcome> {
    this.wake = wake;
    if (this.history.cancelAsked !== undefined) this.cancel(this.history.cancelAsked);
    else {
      body().then(
        (value) => this.#finish({ type: "returned", value }),
        (error: unknown) => this.#finish({ type: "threw", error }),
      );
      if (wake > 0) this.hint();
    }
    return this.#outcome.promise;
  }

  /** What is on record for a path. @throws Fault `step_name_reused` */
  visit(path: string, use: Use): Recorded | undefined {
    if (this.#visited.has(path)) {
      throw new Fault("step_name_reused", `The name "${path}" is used twice in one lane.`, {
        suggestion: `Give each its own name, such as step(["${path}", i], …) in a loop.`,
      });
    }
    this.#visited.add(path);
    const recorded = this.history.paths.get(path);
    if (recorded !== undefined && recorded.use !== use) this.#block(path);
    return recorded;
  }

  /** To be awaited before anything happens outside: the replay is over, all before it is on disk. */
  async beforeEffect(): Promise<void> {
    if (this.#replaying) await this.#comeToRest();
    const flushing = this.stream.flush();
    if (flushing !== undefined) await this.#orLost(flushing);
    if (this.#gone || this.#canceling !== undefined) await never();
  }

  /** Counts work: the lane neither parks nor ends while some is under way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#active += 1;
    try {
      return await work();
    } finally {
      this.#active -= 1;
      if (this.#active === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
      if (this.#gone) await never();
      this.#look();
    }
  }

  /** Settles when the wait is over; out of memory in between, if nothing else goes on. */
  wait(path: string, wait: Wait): Promise<void> {
    if (this.#gone || this.#canceling !== undefined) return never();
    if (wait.ready(this.clock.now())) {
      this.#goOn();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waits.set(path, { ...wait, resolve });
      this.#look();
    });
  }

  /** Writes what was recorded, with what belongs to it; a lane that lost its stream stops here. */
  async write(along: Along): Promise<{ readonly parked: boolean }> {
    return await this.#orLost(this.stream.write(along));
  }

  /** @throws Fault `stale` */
  async writeWith(record: () => void, writes: NonNullable<Along["writes"]>): Promise<void> {
    await this.#orLost(this.stream.writeWith(record, writes));
  }

  /** Something is in the inbox. */
  hint(): void {
    if (this.#gone || this.#reading) return;
    this.#reading = true;
    void this.during(async () => {
      const { wake, items } = await this.ledger.readInbox(this.stream.no, this.stream.lane);
      this.#reading = false;
      this.wake = Math.max(this.wake, wake);
      for (const { seq, kind, body } of items) this.#take(seq, kind, JSON.parse(body));
      this.onWake?.();
      this.poll();
    });
  }

  /** Ends every wait that is over by now. */
  poll(): void {
    if (this.#gone || this.#canceling !== undefined) return;
    const now = this.clock.now();
    for (const [path, wait] of this.#waits) {
      if (!wait.ready(now)) continue;
      this.#waits.delete(path);
      this.#goOn();
      wait.resolve();
    }
    this.#look();
  }

  cancel({ by, reason }: { readonly by: string; readonly reason?: string }): void {
    if (this.#gone || this.#canceling !== undefined) return;
    this.#canceling = reason === undefined ? { by } : { by, reason };
    this.controller.abort(new Fault("canceled", `Canceled by ${by}.`));
    this.#waits.clear();
    this.clock.at(this.clock.now() + CANCEL_GRACE_MS, () => {
      this.#settleCanceled();
    });
    this.#look();
  }

  #take(seq: number, kind: string, body: Readonly<Record<string, unknown>>): void {
    if (this.#read.has(seq)) return;
    this.#read.add(seq);
    if (kind === "skipWait") {
      this.stream.consume(seq);
      this.history.skipped = String(body["by"]);
      this.poll();
      delete this.history.skipped;
    } else if (kind === "signal") {
      this.stream.consume(seq);
      const name = String(body["name"]);
      this.stream.record({
        t: "signaled",
        name,
        r: body["value"],
        ...(typeof body["by"] === "string" && { by: body["by"] }),
      });
      this.history.signals.push({ name, value: body["value"], taken: false });
    } else if (kind === "cancel") {
      const asked = body as unknown as { readonly by: string; readonly reason?: string };
      this.stream.consume(seq);
      this.stream.record({ t: "cancelAsked", ...asked });
      this.cancel(asked);
    } else this.#onInbox(kind, body, seq);
  }

  /** Looks, once everything that can go on by itself has gone on, whether there is nothing left to do but wait. */
  #look(): void {
    if (this.#active > 0 || this.#checking || this.#gone) return;
    if (this.#waits.size === 0 && this.#canceling === undefined) return;
    this.#checking = true;
    setImmediate(() => {
      this.#checking = false;
      if (this.#gone) return;
      if (this.#canceling !== undefined) {
        if (this.#active === 0) this.#settleCanceled();
      } else if (this.#active === 0 && this.#waits.size > 0) void this.#park();
      else this.#arm();
    });
  }

  async #park(): Promise<void> {
    if (this.#replaying && !this.#atRest()) return;
    const now = this.clock.now();
    const dues = [...this.#waits.values()].flatMap(({ due }) => (due === undefined ? [] : [due]));
    const due = dues.length === 0 ? null : Math.min(...dues);
    if (due !== null && due <= now) {
      this.poll();
      return;
    }
    if (!this.#waiting) {
      this.#waiting = true;
      const on = [...this.#waits.keys()];
      this.stream.record(due === null ? { t: "waiting", on } : { t: "waiting", on, until: due });
    }
    await this.during(async () => {
      const park = { wake: this.wake, readyAt: due };
      const { parked } = await this.write({ park, release: this.#guards });
      if (parked) this.#leave({ type: "parked", due });
      else this.hint();
    });
  }

  /** While work goes on beside a wait, the lane stays, and its times are watched from here. */
  #arm(): void {
    this.#disarm?.();
    const dues = [...this.#waits.values()].flatMap(({ due }) => (due === undefined ? [] : [due]));
    if (dues.length === 0) return;
    this.#disarm = this.clock.at(Math.min(...dues), () => {
      this.poll();
    });
  }

  #goOn(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.stream.record({ t: "resumed" });
  }

  async #finish(outcome: LaneOutcome): Promise<void> {
    if (this.#gone || this.#canceling !== undefined) return;
    if (this.#replaying) await this.#comeToRest();
    if (this.#active > 0) this.controller.abort(new Fault("canceled", "The program has ended."));
    await this.#idle();
    if (this.#gone) return;
    this.#goOn();
    this.#leave(outcome);
  }

  async #idle(): Promise<void> {
    if (this.#active > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #settleCanceled(): void {
    if (this.#canceling === undefined) return;
    this.#leave({ type: "canceled", ...this.#canceling });
  }

  /** Everything on record was asked for again; else the lane is blocked. */
  #atRest(): boolean {
    for (const path of this.history.paths.keys()) {
      if (this.#visited.has(path)) continue;
      this.#block(path);
      return false;
    }
    this.#replaying = false;
    return true;
  }

  async #comeToRest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#replaying && !this.#gone && !this.#atRest()) await never();
    if (this.#gone) await never();
  }

  #block(path: string): void {
    if (this.#gone) return;
    this.#leave({ type: "blocked", path });
  }

  async #orLost<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Fault && error.code === "stale") throw error;
      this.#leave({ type: "lost", error });
      return await never();
    }
  }

  #leave(outcome: LaneOutcome): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#disarm?.();
    this.#waits.clear();
    if (outcome.type !== "returned" && outcome.type !== "canceled")
      this.controller.abort(new Fault("canceled", "The lane has left this process."));
    this.#outcome.resolve(outcome);
  }
}
