/** What the command line answers to scripts. */
export const EXIT = {
  done: 0,
  /** What was asked for was carried out and failed: an execution that failed, a line that does not parse. */
  failed: 1,
  /** The command or its input is wrong. */
  usage: 2,
  notFound: 3,
  /** Refused as things are now: already running, paused, not allowed. */
  refused: 4,
  /** Nobody to talk to: the folder or the port is taken, the server is gone. */
  unavailable: 5,
  bug: 70,
  /** A run was ended by one of its limits, as `timeout` says it. */
  limit: 124,
  interrupted: 130,
} as const;

const BY_STATUS: Readonly<Record<number, number>> = {
  401: EXIT.refused,
  403: EXIT.refused,
  404: EXIT.notFound,
  409: EXIT.refused,
  503: EXIT.unavailable,
};

export function exitCodeOf(status: number): number {
  return BY_STATUS[status] ?? (status >= 500 ? EXIT.bug : EXIT.usage);
}
