/**
 * The machine's processes, as far as a supervisor needs them. Who keeps this promise stands in `tables/`:
 * Linux's `/proc`, which tells everything, and `ps`, which every Unix has.
 */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** The session's leader; null where the platform does not tell. */
  readonly session: number | null;
  /** When it started, in the platform's own unit: with the pid it names one process until the next boot. */
  readonly started: number;
  /** Of its own and of its children that have ended. */
  readonly cpuMs: number;
  /** It has ended, and its parent has not asked how. */
  readonly isZombie: boolean;
  /** Of its program, as the system shortens it. */
  readonly name: string;
}

/** As long as the machine is up. */
export const keyOf = ({ pid, started }: Pick<Process, "pid" | "started">): string =>
  `${pid}/${started}`;

/** What a process holds and has moved; null where the platform does not tell. */
export interface Holding {
  readonly memoryBytes: number | null;
  /** Of its own and of its children that have ended. */
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}

/** What a platform tells. */
export interface ProcessTable {
  /** Names this boot of the machine. */
  readonly boot: () => string;
  /** All that this user may see, now: also others', since a tool may have become another user. */
  readonly look: () => readonly Process[];
  /** That one, now; undefined: it is gone. */
  readonly of: (pid: number) => Process | undefined;
  /** Whether it was started with that line in its environment; null where that is not told. */
  readonly isMarked: (pid: number, line: string) => boolean | null;
  readonly holdingOf: (pid: number) => Holding;
}

export interface Processes extends ProcessTable {
  /** As they were a moment ago at the most: one look is enough for all who ask within it. */
  readonly glance: () => readonly Process[];
}

const MOMENT_MS = 500;

export function shareLooks(
  table: ProcessTable,
  now: () => number = () => performance.now(),
): Processes {
  let last: readonly Process[] = [];
  let lookedAt = -Infinity;
  const look = (): readonly Process[] => {
    last = table.look();
    lookedAt = now();
    return last;
  };
  return { ...table, look, glance: () => (now() - lookedAt < MOMENT_MS ? last : look()) };
}

/** One process, for as long as the machine is up: a pid alone is given again. */
export interface Identity {
  readonly boot: string;
  readonly pid: number;
  readonly started: number;
}

export function identityOf(processes: ProcessTable, pid: number): Identity | undefined {
  const found = processes.of(pid);
  return found && { boot: processes.boot(), pid, started: found.started };
}

export function isAlive(processes: ProcessTable, { boot, pid, started }: Identity): boolean {
  if (processes.boot() !== boot) return false;
  const found = processes.of(pid);
  return found !== undefined && found.started === started && !found.isZombie;
}
