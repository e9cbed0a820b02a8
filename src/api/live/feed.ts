/**
 * What happens, told as it happens. The ledger is the buffer: a listener keeps a position and reads on from it when it
 * is woken, at its own pace, so a slow one misses nothing and holds nothing in memory. One scan of the new positions
 * per wake serves all listeners; it reads no facts, and stops while nobody listens.
 *
 * A round tells, in the order of positions, every append of the execution that is followed (all its lanes) and, at its
 * last append, each execution of the workspace that changed. So whoever has seen position p has been told all up to p.
 */
import type { Clock } from "#domain/clock.ts";
import type { Entry, Ledger } from "#ledger/ledger.ts";

import { appendsAfter, entriesBetween, ofWorkspace } from "./reads.ts";

export interface Topic {
  /** The workspace's number. */
  readonly ws: number;
  /** The execution that is followed fact by fact. */
  readonly no: number | undefined;
}

export type Heard =
  | { readonly what: "facts"; readonly position: number; readonly entry: Entry }
  | { readonly what: "changed"; readonly position: number; readonly no: number };

export interface Round {
  readonly heard: readonly Heard[];
  /** The round begins behind it … */
  readonly after: number;
  /** … and everything up to here has been told. */
  readonly upTo: number;
  /** Too much changed in the workspace to be told one by one: its lists are to be read again. */
  readonly tooMuch: boolean;
}

export interface Feed {
  readonly ledgerId: string;
  readonly head: () => Promise<number>;
  /** Rounds after a position, until `signal` aborts. Listeners who stand at the same place get the same round. */
  readonly listen: (topic: Topic, after: number, signal: AbortSignal) => AsyncGenerator<Round>;
  readonly close: () => void;
}

/** A burst of appends is looked at together: far below what a person notices, far above what an append takes. */
const GATHER_MS = 10;
/** After too much, lists are not asked for again at once. */
const REST_MS = 1000;
const MOST_APPENDS = 2000;
const MOST_CHANGES = 50;
const FACTS_PAGE = 200;

export function openFeed(ledger: Ledger, clock: Clock): Feed {
  const bells = new Set<() => void>();
  const rounds = new Map<string, Promise<Round>>();
  let stopListening: (() => void) | undefined;
  let gathering = false;
  let closed = false;

  function ringAll(): void {
    gathering = false;
    rounds.clear();
    for (const ring of bells) ring();
  }

  function gather(): void {
    if (gathering) return;
    gathering = true;
    clock.at(clock.now() + GATHER_MS, ringAll);
  }

  function subscribe(ring: () => void): () => void {
    bells.add(ring);
    stopListening ??= ledger.onAppend(gather);
    return () => {
      bells.delete(ring);
      if (bells.size > 0) return;
      stopListening?.();
      stopListening = undefined;
    };
  }

  function roundAfter(topic: Topic, after: number): Promise<Round> {
    const key = `${topic.ws}.${topic.no ?? ""}.${after}`;
    const round = rounds.get(key) ?? readRound(ledger, topic, after);
    rounds.set(key, round);
    return round;
  }

  async function* listen(topic: Topic, after: number, signal: AbortSignal): AsyncGenerator<Round> {
    const bell = openBell(subscribe, signal);
    let position = after;
    try {
      while (!signal.aborted && !closed) {
        const round = await roundAfter(topic, position);
        const isNew = round.upTo > position;
        position = round.upTo;
        if (round.heard.length > 0 || round.tooMuch) yield round;
        if (round.tooMuch) await pause(clock, REST_MS);
        if (!isNew) await bell.rung();
      }
    } finally {
      bell.close();
    }
  }

  return {
    ledgerId: ledger.id,
    head: ledger.head,
    listen,
    close: () => {
      closed = true;
      ringAll();
    },
  };
}

interface Bell {
  /** Resolves at the first ring since it was last asked, also when that was before. */
  readonly rung: () => Promise<void>;
  readonly close: () => void;
}

/** Listens from the moment it is made, so that what happens while its owner reads is not missed. */
function openBell(subscribe: (ring: () => void) => () => void, signal: AbortSignal): Bell {
  let hasRung = false;
  let awaken = (): void => {};
  const ring = (): void => {
    hasRung = true;
    awaken();
  };
  const unsubscribe = subscribe(ring);
  signal.addEventListener("abort", ring, { once: true });
  return {
    rung: async () => {
      if (!hasRung) await new Promise<void>((resolve) => (awaken = resolve));
      hasRung = false;
    },
    close: () => {
      signal.removeEventListener("abort", ring);
      unsubscribe();
    },
  };
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(clock.now() + ms, resolve);
  });
}

async function readRound(ledger: Ledger, topic: Topic, after: number): Promise<Round> {
  const appends = await appendsAfter(ledger, after, MOST_APPENDS);
  const isAll = appends.length < MOST_APPENDS;
  const end = isAll ? (appends.at(-1)?.position ?? after) : await ledger.head();
  const facts =
    topic.no === undefined ? [] : await entriesBetween(ledger, topic.no, after, end, FACTS_PAGE);
  const upTo = facts.length === FACTS_PAGE ? (facts.at(-1)?.position ?? end) : end;
  const changes = isAll ? await changesIn(ledger, topic.ws, appends, upTo) : undefined;
  const tooMuch = changes === undefined || changes.length > MOST_CHANGES;
  const heard: Heard[] = facts.map((entry) => ({ what: "facts", position: entry.position, entry }));
  if (!tooMuch) heard.push(...changes);
  // What changed stands behind the facts that changed it: sorting keeps their order.
  return { heard: heard.toSorted((a, b) => a.position - b.position), after, upTo, tooMuch };
}

interface Append {
  readonly position: number;
  readonly no: number;
}

async function changesIn(
  ledger: Ledger,
  ws: number,
  appends: readonly Append[],
  upTo: number,
): Promise<readonly Heard[]> {
  const last = new Map(
    appends.filter(({ position }) => position <= upTo).map(({ no, position }) => [no, position]),
  );
  const own = new Set(await ofWorkspace(ledger, ws, [...last.keys()]));
  return [...last]
    .filter(([no]) => own.has(no))
    .map(([no, position]) => ({ what: "changed", position, no }));
}
