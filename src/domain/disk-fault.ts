/** What an operating system says when it does not let a file be written, in words: that is no bug. */
import { Fault } from "./fault.ts";

interface Meaning {
  readonly what: (place: string) => string;
  readonly todo: string;
}

const ROOM = "Make room there, then try again.";
const RIGHTS = "Give this user the right to it, or name another place.";

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOSPC: { what: (place) => `The disk of ${place} is full.`, todo: ROOM },
  EDQUOT: {
    what: (place) => `This user may not fill more of the disk of ${place}: its quota is used up.`,
    todo: ROOM,
  },
  EROFS: {
    what: (place) => `The disk of ${place} can be read only.`,
    todo: "Mount it for writing, or name another place.",
  },
  EACCES: { what: (place) => `This user may not write ${place}.`, todo: RIGHTS },
  EPERM: { what: (place) => `This user may not write ${place}.`, todo: RIGHTS },
};

/** Rights are refused of processes and ports, too. */
const WRITES =
  /^(?:open|write|fsync|fdatasync|ftruncate|close|mkdir|mkdtemp|rename|link|symlink|unlink|copyfile)$/;

/**
 * Undefined: it is about something else.
 * @param place what was to be written, where the error may not say it
 */
export function diskFault(error: unknown, place?: string): Fault | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  const meaning = MEANINGS[String(error.code)];
  if (meaning === undefined || !WRITES.test(String(error.syscall))) return undefined;
  const told = "path" in error && typeof error.path === "string" ? error.path : undefined;
  return new Fault("unavailable", meaning.what(place ?? told ?? "this file"), {
    cause: error,
    suggestion: meaning.todo,
  });
}
