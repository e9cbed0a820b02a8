/**
 * Whether somebody will ever look at an open execution again. One that nobody holds must be due at a
 * time, or wait for somebody who can speak to it: a person, or a child that is open. And what it wakes
 * for must not come before it looks: its own timers, and those of its lanes, which wake through lane 0.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Findings } from "./finding.ts";
import { openWaits, type OpenWait, type OpenWaits } from "./open-waits.ts";
import type { Streams } from "./streams.ts";

interface Live {
  readonly lane: number;
  readonly id: string;
  readonly state: string;
  readonly owner: string | null;
  readonly blocked: string | null;
  readonly ready_at: number | null;
}

/** A child's end of which its parent was never told. */
export interface Untold {
  readonly no: number;
  readonly lane: number;
  readonly path: string;
  readonly id: string;
  readonly state: string;
}

export class Looking {
  /** Executions that must be looked at again, with the lanes that must. */
  readonly stuck = new Map<number, Set<number>>();
  readonly untold: Untold[] = [];
  readonly #findings: Findings;
  readonly #live: StatementSync;
  readonly #inbox: StatementSync;
  readonly #ended: StatementSync;
  readonly #isOpen: StatementSync;

  constructor(db: DatabaseSync, findings: Findings) {
    this.#findings = findings;
    this.#live = db.prepare(
      "select lane, id, state, owner, blocked, ready_at from live where no = ? order by lane",
    );
    this.#inbox = db.prepare("select 1 from inbox where no = ? and lane = ?");
    this.#ended = db.prepare("select state from executions where id = ?");
    this.#isOpen = db.prepare("select 1 from live where id = ? and lane = 0");
  }

  look({ no, entries }: Streams): void {
    const lanes = this.#live.all(no) as unknown as Live[];
    const head = lanes.find(({ lane }) => lane === 0);
    if (head === undefined || !isAlone(head)) return;
    const byLane = Map.groupBy(entries, ({ lane }) => lane);
    for (const live of lanes.filter(isAlone)) {
      const waits = openWaits(byLane.get(live.lane) ?? []);
      const why = this.#whyStuck(no, live, waits) ?? whyAsleep(live, head, lanes, waits.values());
      if (why !== undefined) this.#add(no, live, why);
    }
  }

  #add(no: number, { lane, id }: Live, why: string): void {
    const of = this.stuck.get(no) ?? new Set<number>();
    this.stuck.set(no, of.add(lane));
    const where = lane === 0 ? id : `${id}, lane ${lane},`;
    this.#findings.add("stuck", `${where} ${why}`);
  }

  #whyStuck(no: number, live: Live, waits: OpenWaits): string | undefined {
    const due = firstDue(waits.values());
    if (due !== undefined && (live.ready_at === null || live.ready_at > due))
      return `is due at ${timeOf(due)}, and nobody looks before ${timeOf(live.ready_at)}`;
    if (live.ready_at !== null) return undefined;
    if (this.#inbox.get(no, live.lane) !== undefined) return "was told something, and nobody looks";
    const gone = this.#goneChild(no, live.lane, waits);
    if (gone !== undefined) return `waits for ${gone}, which is not open any more`;
    const isOfSomebody = [...waits.values()].some(({ of }) => of !== "time");
    return isOfSomebody ? undefined : "waits for nothing that can come";
  }

  #goneChild(no: number, lane: number, waits: OpenWaits): string | undefined {
    for (const [path, { child: id }] of waits) {
      if (id === undefined || this.#isOpen.get(id) !== undefined) continue;
      const ended = this.#ended.get(id);
      if (ended !== undefined)
        this.untold.push({ no, lane, path, id, state: String(ended["state"]) });
      return id;
    }
    return undefined;
  }
}

/** Nobody holds it, and it does not wait for another program. */
const isAlone = ({ owner, blocked }: Live): boolean => owner === null && blocked === null;

/** Lanes wake through lane 0: it must look no later than the first of them is due, and none may be held by nobody. */
function whyAsleep(
  live: Live,
  head: Live,
  lanes: readonly Live[],
  waits: Iterable<OpenWait>,
): string | undefined {
  if (live !== head) return undefined;
  for (const { of, first = 0, last = 0 } of waits) {
    if (of !== "lanes") continue;
    const open = lanes.filter(({ lane }) => lane >= first && lane <= last);
    const why = open.length === 0 ? "waits for lanes that have all ended" : whyLate(head, open);
    if (why !== undefined && (open.length > 0 || head.ready_at === null)) return why;
  }
  return undefined;
}

function whyLate(head: Live, open: readonly Live[]): string | undefined {
  if (head.ready_at === null && open.some(({ owner }) => owner !== null))
    return "has lanes that are held by a life that is over, and nobody looks";
  const times = open.flatMap(({ owner, ready_at: at }) =>
    owner === null && at !== null ? [at] : [],
  );
  const first = times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
  if (first === undefined || (head.ready_at !== null && head.ready_at <= first)) return undefined;
  return `has a lane that is due at ${timeOf(first)}, and nobody looks before ${timeOf(head.ready_at)}`;
}

function firstDue(waits: Iterable<OpenWait>): number | undefined {
  let first: number | undefined;
  for (const { due } of waits) {
    if (due !== undefined && (first === undefined || due < first)) first = due;
  }
  return first;
}

const timeOf = (at: number | null): string =>
  at === null ? "it is told something" : new Date(at).toISOString();
