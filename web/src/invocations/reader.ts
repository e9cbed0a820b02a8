/**
 * Reads an invocation's output for one reader: opens at the end, loads what is further up or down on demand, and
 * follows what comes, as long as the reader looks at the end. Whatever it does, a bounded stretch is held.
 */
import type { Problem } from "#contract/problem.ts";
import type { OutputPage } from "#contract/shapes/invocation-output.ts";

import {
  around,
  emptyAt,
  isOver,
  isWithin,
  keepEarliest,
  keepLatest,
  type Placed,
  type Spot,
  type Stretch,
  stretchOf,
  upToNext,
  withEarlier,
  withLater,
} from "./stretch.ts";

export interface Heard {
  readonly placed: readonly Placed[];
  /** Where to go on after them. */
  readonly next: Spot;
}

export interface Hearing {
  readonly heard: (heard: Heard) => void;
  /** The connection is there, at first or again. */
  readonly connected: () => void;
  readonly lost: () => void;
  /** There will be no more. */
  readonly ended: () => void;
}

/** Where output comes from. */
export interface OutputSource {
  /** What came last before a spot, or last of all. */
  readonly before: (round: number, byte?: number) => Promise<OutputPage>;
  readonly after: (spot: Spot) => Promise<OutputPage>;
  /** Until what it returns is called. */
  readonly follow: (from: Spot, hearing: Hearing) => () => void;
  readonly problemOf: (error: unknown) => Problem;
}

/** `off`: what is further down is not loaded, so nothing is followed. */
export type Following = "connecting" | "live" | "lost" | "over" | "off";

export interface Reading {
  /** Undefined until it was read for the first time. */
  readonly stretch: Stretch | undefined;
  readonly following: Following;
  readonly busy: "opening" | "earlier" | "later" | null;
  readonly problem: Problem | undefined;
}

export interface Opened {
  /** The number of the last round; 0: none has begun. */
  readonly latest: number;
  /** What is not there may come yet, or was never begun: it is no loss. */
  readonly mayBeEmpty: boolean;
}

export interface Reader {
  readonly reading: () => Reading;
  readonly onChange: (listener: () => void) => () => void;
  /** From the end on, as at first. */
  readonly open: (of: Opened) => Promise<void>;
  /** Around that line, unless it is held already. */
  readonly openAt: (spot: Spot) => Promise<void>;
  readonly loadEarlier: () => Promise<void>;
  readonly loadLater: () => Promise<void>;
  /** A further round has begun: what comes is followed again. @param latest its number */
  readonly goOn: (latest: number) => void;
  /** Whether the reader looks at the end: only then what is furthest up may go. */
  readonly lookAtEnd: (does: boolean) => void;
  readonly close: () => void;
}

const START: Reading = {
  stretch: undefined,
  following: "off",
  busy: "opening",
  problem: undefined,
};

export function hasEarlier({ stretch }: Reading): boolean {
  return stretch !== undefined && (stretch.first.round > 1 || stretch.first.byte > 0);
}

export const isAtEnd = ({ following }: Reading): boolean => following !== "off";

interface State {
  reading: Reading;
  latest: number;
  looksAtEnd: boolean;
  /** How often in a row so much came at once that nobody could read it. */
  crowded: number;
  unfollow: () => void;
  /** Counts openings: what an earlier one has asked for is not for this one. */
  life: number;
  readonly listeners: Set<() => void>;
  readonly source: OutputSource;
}

export function openReader(source: OutputSource): Reader {
  const state: State = {
    reading: START,
    latest: 1,
    looksAtEnd: true,
    crowded: 0,
    unfollow: () => {},
    life: 0,
    listeners: new Set(),
    source,
  };
  return {
    reading: () => state.reading,
    onChange: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    open: (of) => open(state, of),
    openAt: (spot) => openAt(state, spot),
    loadEarlier: () => loadEarlier(state),
    loadLater: () => loadLater(state),
    goOn: (latest) => goOn(state, latest),
    lookAtEnd: (does) => {
      state.looksAtEnd = does;
    },
    close: () => {
      state.life += 1;
      state.unfollow();
    },
  };
}

function set(state: State, change: Partial<Reading>): void {
  state.reading = { ...state.reading, ...change };
  for (const tell of state.listeners) tell();
}

async function open(state: State, { latest, mayBeEmpty }: Opened): Promise<void> {
  state.latest = Math.max(1, latest);
  state.looksAtEnd = true;
  state.crowded = 0;
  stopFollowing(state);
  if (isAtEnd(state.reading)) set(state, { following: "connecting" });
  await asking(state, "opening", async () => {
    const round = state.latest;
    const stretch = await readLast(state, round).catch((error: unknown) => {
      if (mayBeEmpty && state.source.problemOf(error).status === 404)
        return emptyAt({ round, byte: 0 });
      throw error;
    });
    return () => followFrom(state, stretch);
  });
}

async function readLast({ source }: State, round: number): Promise<Stretch> {
  return stretchOf(round, await source.before(round));
}

function stopFollowing(state: State): void {
  state.unfollow();
  state.unfollow = () => {};
  state.life += 1;
}

async function openAt(state: State, spot: Spot): Promise<void> {
  const { stretch } = state.reading;
  state.looksAtEnd = false;
  if (stretch !== undefined && isWithin(stretch, spot)) return;
  const { source } = state;
  await asking(state, "opening", async () => {
    const { round, byte } = spot;
    const after = await source.after(spot);
    const before = byte === 0 ? undefined : await source.before(round, byte);
    return () => {
      stopFollowing(state);
      set(state, { stretch: around(round, before, after), following: "off" });
    };
  });
}

/** One request at a time; its answer is dropped where the output was opened anew meanwhile. */
async function asking(
  state: State,
  busy: NonNullable<Reading["busy"]>,
  ask: () => Promise<() => void>,
): Promise<void> {
  const { life } = state;
  set(state, { busy, problem: undefined });
  try {
    const use = await ask();
    if (state.life !== life) return;
    use();
    set(state, { busy: null });
  } catch (error) {
    if (state.life === life) set(state, { busy: null, problem: state.source.problemOf(error) });
  }
}

async function loadEarlier(state: State): Promise<void> {
  const { stretch, busy } = state.reading;
  if (stretch === undefined || busy !== null || !hasEarlier(state.reading)) return;
  const { round, byte } = stretch.first;
  await asking(state, "earlier", async () => {
    const of = byte > 0 ? round : round - 1;
    const page = await state.source.before(of, byte > 0 ? byte : undefined);
    return () => {
      const known = state.reading.stretch;
      if (known === undefined) return;
      const whole = withEarlier(known, of, page);
      const kept = isOver(whole) ? keepEarliest(whole) : whole;
      if (kept !== whole) letGo(state);
      set(state, { stretch: kept });
    };
  });
}

async function loadLater(state: State): Promise<void> {
  const { stretch, busy, following } = state.reading;
  if (stretch === undefined || busy !== null || following !== "off") return;
  await asking(state, "later", async () => {
    const page = await state.source.after(stretch.next);
    return () => takeLater(state, stretch, page);
  });
}

function takeLater(state: State, stretch: Stretch, page: OutputPage): void {
  const { round } = stretch.next;
  const later = stretchOf(round, page);
  const isWhole = page.to >= page.size;
  const hasAnother = isWhole && page.ended && round < state.latest;
  const next = hasAnother ? { round: round + 1, byte: 0 } : later.next;
  const grown = keepLatest(withLater(stretch, later.placed, next));
  if (isWhole && !hasAnother) followFrom(state, grown);
  else set(state, { stretch: grown });
}

function goOn(state: State, latest: number): void {
  const { stretch, following } = state.reading;
  if (stretch === undefined || following !== "over" || latest <= state.latest) return;
  state.latest = latest;
  followFrom(state, stretch);
}

/** What is further down is no longer held, so what comes is not heard either. */
function letGo(state: State): void {
  state.unfollow();
  state.unfollow = () => {};
  set(state, { following: "off" });
}

function followFrom(state: State, stretch: Stretch): void {
  set(state, { stretch, following: "connecting" });
  state.unfollow = state.source.follow(stretch.next, {
    heard: (heard) => hear(state, heard),
    connected: () => {
      const known = state.reading.stretch;
      // What came after the last whole line is told again.
      if (known !== undefined) set(state, { stretch: upToNext(known), following: "live" });
    },
    lost: () => set(state, { following: "lost" }),
    ended: () => set(state, { following: "over" }),
  });
}

/** More at once than a screen or two, so many times in a row: what comes is behind what is written. */
const CROWD = { events: 400, times: 3 } as const;

function hear(state: State, { placed, next }: Heard): void {
  const known = state.reading.stretch;
  if (known === undefined) return;
  state.latest = Math.max(state.latest, next.round);
  state.crowded = placed.length < CROWD.events ? 0 : state.crowded + 1;
  const grown = withLater(known, placed, next);
  if (state.looksAtEnd) {
    set(state, { stretch: keepLatest(grown) });
    if (state.crowded >= CROWD.times) void open(state, { latest: state.latest, mayBeEmpty: true });
  } else if (isOver(grown)) {
    set(state, { stretch: keepEarliest(grown) });
    letGo(state);
  } else set(state, { stretch: grown });
}
