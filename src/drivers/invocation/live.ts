/** The rounds that this process watches: how far they are, for whoever looks. What is in here can be lost at any moment. */
import type { Asking } from "#agent-cli/asking.ts";
import type { Supervised } from "#agent-cli/supervisor/supervise.ts";
import type { Clock } from "#domain/clock.ts";

import { NO_PROGRESS, type Progress } from "./account.ts";

export interface LiveRound {
  readonly number: number;
  /** Where its files are. */
  readonly folder: string;
  readonly progress: Progress;
  /** Null until there is a process. */
  readonly supervised: Supervised | null;
  /** Null: it asks nobody. */
  readonly asking: Asking | null;
  /** Of the process; null until there is one. */
  readonly startedAt: number | null;
  /** Another execution, in whose working folder it would work. */
  readonly waitsFor: string | null;
  readonly isEnding: boolean;
  /** When it came to what it does now. */
  readonly since: number;
}

export interface LiveRounds {
  readonly of: (id: string) => LiveRound | undefined;
  readonly begin: (id: string, number: number, folder: string) => Entry;
  /** Calls `changed` when something about its rounds has, until the returned function is called. */
  readonly watch: (id: string, changed: () => void) => () => void;
  /** Fires when this process lets go of all of them: they go on without it. */
  readonly leaving: AbortSignal;
  readonly leave: () => void;
}

export interface Entry {
  readonly now: LiveRound;
  readonly tell: (more: Partial<LiveRound>) => void;
  readonly over: () => void;
}

export function openLiveRounds(clock: Clock): LiveRounds {
  const rounds = new Map<string, LiveRound>();
  const watchers = openWatchers();
  const leaving = new AbortController();
  return {
    of: (id) => rounds.get(id),
    begin: (id, number, folder) => {
      const put = (round: LiveRound): void => {
        rounds.set(id, round);
        watchers.tell(id);
      };
      const over = (): void => {
        if (rounds.get(id)?.number === number) rounds.delete(id);
        watchers.tell(id);
      };
      return openEntry({ ...NOT_BEGUN, number, folder, since: clock.now() }, put, over);
    },
    watch: watchers.watch,
    leaving: leaving.signal,
    leave: () => {
      leaving.abort();
    },
  };
}

const NOT_BEGUN = {
  progress: NO_PROGRESS,
  supervised: null,
  asking: null,
  startedAt: null,
  waitsFor: null,
  isEnding: false,
} as const;

function openEntry(first: LiveRound, put: (round: LiveRound) => void, over: () => void): Entry {
  let now = first;
  put(now);
  return {
    get now() {
      return now;
    },
    tell: (more) => {
      now = { ...now, ...more };
      put(now);
    },
    over,
  };
}

function openWatchers() {
  const watchers = new Map<string, Set<() => void>>();
  return {
    tell: (id: string): void => {
      for (const changed of watchers.get(id) ?? []) changed();
    },
    watch: (id: string, changed: () => void): (() => void) => {
      const all = watchers.get(id) ?? new Set();
      watchers.set(id, all.add(changed));
      return () => {
        all.delete(changed);
        if (all.size === 0) watchers.delete(id);
      };
    },
  };
}
