/**
 * What happens, told as it happens. The ledger is the buffer: a listener keeps a position and reads on from it when it
 * is woken, at its own pace, so a slow one misses nothing and holds nothing in memory. Listeners who stand at the same
 * place share one read, and while nobody listens nothing is read at all.
 *
 * A round tells, in the order of positions, every append of the execution that is followed (all its lanes) and, at its
 * last append, each execution of the workspace that changed. So whoever has seen position p has been told all up to p.
 */
import type { Clock } from "#domain/clock.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { openBell } from "./bell.ts";
import { prunedUpTo } from "./reads.ts";
import { readRound, type Round, type Topic } from "./round.ts";

export interface Feed {
  readonly ledgerId: string;
  readonly head: () => Promise<number>;
  /** Up to where facts of the workspace were pruned: from before it nothing can be told without a gap. */
  readonly floor: (ws: number) => Promise<number>;
  /** Rounds after a position, until `signal` aborts. */
  readonly listen: (topic: Topic, after: number, signal: AbortSignal) => AsyncGenerator<Round>;
  readonly close: () => void;
}

/** A burst of appends is looked at together: far below what a person notices, far above what an append takes. */
const GATHER_MS = 10;
/** After too much, lists are not asked for again at once. */
const REST_MS = 1000;

export function openFeed(ledger: Ledger, clock: Clock): Feed {
  const ringing = openRinging(ledger, clock);

  async function* listen(topic: Topic, after: number, signal: AbortSignal): AsyncGenerator<Round> {
    const bell = openBell(ringing.subscribe, signal);
    let position = after;
    try {
      while (!signal.aborted && !ringing.isClosed()) {
        const round = await ringing.roundAfter(topic, position);
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
    floor: (ws) => prunedUpTo(ledger, ws),
    listen,
    close: ringing.close,
  };
}

interface Ringing {
  readonly subscribe: (ring: () => void) => () => void;
  readonly roundAfter: (topic: Topic, after: number) => Promise<Round>;
  readonly isClosed: () => boolean;
  readonly close: () => void;
}

/** Rings for everybody a moment after an append; what was read before a ring is not taken for what is there after it. */
function openRinging(ledger: Ledger, clock: Clock): Ringing {
  const bells = new Set<() => void>();
  const rounds = openRounds(ledger);
  let stopHearing: (() => void) | undefined;
  let isClosed = false;

  function ringAll(): void {
    rounds.forget();
    for (const ring of bells) ring();
  }

  /** While nobody listened, appends were not heard: what was read before is of no use. */
  function hear(): () => void {
    rounds.forget();
    return ledger.onAppend(gathering(clock, ringAll));
  }

  function leave(ring: () => void): void {
    bells.delete(ring);
    if (bells.size > 0) return;
    stopHearing?.();
    stopHearing = undefined;
  }

  return {
    subscribe: (ring) => {
      bells.add(ring);
      stopHearing ??= hear();
      return () => leave(ring);
    },
    roundAfter: rounds.after,
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      ringAll();
    },
  };
}

/** However often it is called, `then` follows once, a moment after the first call. */
function gathering(clock: Clock, then: () => void): () => void {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    clock.at(clock.now() + GATHER_MS, () => {
      isGathering = false;
      then();
    });
  };
}

interface Rounds {
  readonly after: (topic: Topic, after: number) => Promise<Round>;
  readonly forget: () => void;
}

/** Listeners who stand at the same place get the same round. */
function openRounds(ledger: Ledger): Rounds {
  const rounds = new Map<string, Promise<Round>>();
  return {
    after: (topic, after) => {
      const key = `${topic.ws}.${topic.no ?? ""}.${after}`;
      const round = rounds.get(key) ?? readRound(ledger, topic, after);
      rounds.set(key, round);
      return round;
    },
    forget: () => rounds.clear(),
  };
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(clock.now() + ms, resolve);
  });
}
