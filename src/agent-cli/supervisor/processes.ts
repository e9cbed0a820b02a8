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
}

/** What a process holds and has moved; null where the platform does not tell. */
export interface Holding {
  readonly memoryBytes: number | null;
  /** Of its own and of its children that have ended. */
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}

export interface Processes {
  /** Names this boot of the machine. */
  readonly boot: () => string;
  /** This user's, now. */
  readonly look: () => readonly Process[];
  /** Whether it was started with that line in its environment; null where the platform does not tell. */
  readonly isMarked: (pid: number, line: string) => boolean | null;
  readonly holdingOf: (pid: number) => Holding;
}

/** One process, for as long as the machine is up: a pid alone is given again. */
export interface Identity {
  readonly boot: string;
  readonly pid: number;
  readonly started: number;
}

export function identityOf(processes: Processes, pid: number): Identity | undefined {
  const found = processes.look().find((one) => one.pid === pid);
  return found && { boot: processes.boot(), pid, started: found.started };
}

export function isAlive(processes: Processes, { boot, pid, started }: Identity): boolean {
  if (processes.boot() !== boot) return false;
  const found = processes.look().find((one) => one.pid === pid);
  return found !== undefined && found.started === started && !found.isZombie;
}
