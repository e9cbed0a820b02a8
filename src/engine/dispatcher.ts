/**
 * Who looks next, in one process: it claims what is due from the store, as much as there is room for,
 * line by line in turns. It keeps nothing but the time of the next look and whose turn it is, so a parked
 * execution costs no memory here, and losing it loses nothing.
 */
import type { Clock } from "#domain/clock.ts";
import type { Claimed, Line, Owner, Share } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { Limits } from "./limits/limits.ts";
import type { Places } from "./limits/places.ts";
import { readRooms, type RateRoom } from "./limits/rooms.ts";
import { Turns } from "./limits/turns.ts";

export interface DispatcherOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly owner: Owner;
  readonly places: Places;
  readonly limits: Limits;
  /** Takes a place and runs. @param at when it was claimed */
  readonly run: (claimed: Claimed, at: number) => void;
  readonly failed: (error: unknown) => void;
}

/** Those due in a line, as far as one has looked. */
interface Due extends Line {
  readonly n: number;
}

const CLAIMED_AT_ONCE = 256;
/** Finds what is due although nobody said so: what another process wrote, or what a new limit lets in. */
const SWEEP_MS = 1000;
const NO_SHARES: ReadonlyMap<Line, Share> = new Map();
const UNCOUNTED = Number.POSITIVE_INFINITY;

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #turns = new Turns();
  #next = Number.POSITIVE_INFINITY;
  #disarm: (() => void) | undefined;
  #disarmSweep: (() => void) | undefined;
  #claiming: Promise<void> | undefined;
  #again = false;
  /** More is due than there was room for: in the engine, in these workspaces, for these agents. */
  #isBehind = false;
  #behind = { workspaces: new Set<number>(), agents: new Set<number>() };
  #stopped = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#sweep();
  }

  /** Whether others have waited for such a place already. */
  isBehind(ws: number, agent: number): boolean {
    const { workspaces, agents } = this.#behind;
    return this.#isBehind || workspaces.has(ws) || agents.has(agent);
  }

  /** Something can be claimed from that time on. */
  dueAt(at: number): void {
    if (at >= this.#next || this.#stopped) return;
    this.#next = at;
    this.#disarm?.();
    this.#disarm = this.#options.clock.at(at, () => {
      this.#next = Number.POSITIVE_INFINITY;
      this.look();
    });
  }

  /** A place was given back. */
  placeLeft(ws: number, agent: number): void {
    if (this.isBehind(ws, agent)) this.look();
  }

  look(): void {
    if (this.#stopped) return;
    if (this.#claiming !== undefined) {
      this.#again = true;
      return;
    }
    this.#claiming = this.#claim()
      .catch(this.#options.failed)
      .finally(() => {
        this.#claiming = undefined;
        if (this.#again) this.look();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#disarm?.();
    this.#disarmSweep?.();
    await this.#claiming;
  }

  async #claim(): Promise<void> {
    const { ledger, clock } = this.#options;
    let at: number;
    do {
      this.#again = false;
      at = clock.now();
      const left = Math.min(this.#options.places.left(), CLAIMED_AT_ONCE);
      if (left <= 0) {
        this.#isBehind = true; // perhaps: whoever leaves has it looked at
        await this.#claimUrgent(at);
        return;
      }
      if (await this.#claimDue(at, left)) this.#again = true;
    } while (this.#again && !this.#stopped);
    const due = await ledger.nextDue(at);
    if (due !== null) this.dueAt(due);
  }

  /** Whether there is more to claim. */
  async #claimDue(at: number, left: number): Promise<boolean> {
    const { ledger, limits, owner, run } = this.#options;
    const oldest = await ledger.linesOfOldest(at, left + 1);
    const isAll = oldest.reduce((sum, { n }) => sum + n, 0) <= left;
    const lines = isAll ? oldest : await this.#allLines(at);
    const rooms = await readRooms(ledger, limits, lines, at);
    const shares = this.#stopped ? NO_SHARES : this.#share(lines, rooms, left);
    const from = [...shares.values()];
    const claimed = from.length === 0 ? [] : await ledger.append({ op: "claim", owner, at, from });
    for (const one of claimed) run(one, at);
    const remaining = lines.filter((line) => (shares.get(line)?.most ?? 0) < line.n);
    this.#remember(remaining, !isAll && claimed.length > 0);
    if (claimed.length === 0) this.#awaitRates(remaining, rooms);
    return claimed.length > 0 && remaining.length > 0;
  }

  async #allLines(at: number): Promise<readonly Due[]> {
    const lines = await this.#options.ledger.dueLines(at);
    return lines.map((line) => ({ ...line, n: UNCOUNTED }));
  }

  #share(
    lines: readonly Due[],
    rooms: ReadonlyMap<number, RateRoom>,
    left: number,
  ): ReadonlyMap<Line, Share> {
    const { places } = this.#options;
    const roomOf = ({ agent, begun }: Line): RateRoom | undefined =>
      begun ? undefined : rooms.get(agent);
    const shares = this.#turns.shareOut(lines, {
      left,
      ofWorkspace: (ws) => places.leftOfWorkspace(ws),
      ofAgent: (ws, agent) => places.leftOfAgent(ws, agent),
      ofLine: (line) => Math.min((line as Due).n, roomOf(line)?.room ?? UNCOUNTED),
    });
    return new Map(
      shares.map(({ line, most }) => {
        const { ws, agent, begun } = line;
        const rate = roomOf(line)?.rate;
        return [line, { ws, agent, begun, most, ...(rate !== undefined && { rate }) }];
      }),
    );
  }

  #remember(remaining: readonly Line[], isMore: boolean): void {
    const { places } = this.#options;
    this.#isBehind = isMore;
    this.#behind = { workspaces: new Set(), agents: new Set() };
    for (const { ws, agent } of remaining) {
      const full = places.full(ws, agent);
      if (full === "engine") this.#isBehind = true;
      else if (full === "workspace") this.#behind.workspaces.add(ws);
      else if (full === "agent") this.#behind.agents.add(agent);
    }
  }

  /** Whoever waits for a rate alone is looked at again when it has room. */
  #awaitRates(remaining: readonly Line[], rooms: ReadonlyMap<number, RateRoom>): void {
    for (const { agent, begun } of remaining) {
      const room = begun ? undefined : rooms.get(agent);
      if (room !== undefined && room.room <= 0 && room.from !== null) this.dueAt(room.from);
    }
  }

  /** Who was told to stop or to pause needs no place, and what stops may be what holds all of them. */
  async #claimUrgent(at: number): Promise<void> {
    const { ledger, owner, run } = this.#options;
    if (this.#stopped || !(await ledger.hasUrgent())) return;
    const which = { op: "claim", owner, at, from: [], urgent: CLAIMED_AT_ONCE } as const;
    for (const one of await ledger.append(which)) run(one, at);
  }

  #sweep(): void {
    const { clock } = this.#options;
    this.#disarmSweep = clock.at(clock.now() + SWEEP_MS, () => {
      this.look();
      void this.#claiming?.finally(() => {
        if (!this.#stopped) this.#sweep();
      });
    });
  }
}
