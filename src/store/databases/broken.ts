/** What a database says when its disk or its file fails, in words. */
import { Fault } from "#domain/fault.ts";

interface Meaning {
  readonly why: string;
  readonly todo: string;
}

const DISK = "Check the disk of the data folder, then start Stint again: it goes on where it was";
const DAMAGED =
  "See what is damaged with `stint doctor`, or restore the last backup into another folder with `stint restore`";

/** SQLite's result codes: https://sqlite.org/rescode.html. The low byte is the primary one. */
const BROKEN: ReadonlyMap<number, Meaning> = new Map([
  [
    8,
    {
      why: "the file is read-only",
      todo: "Let this user write the data folder, then start Stint again",
    },
  ],
  [10, { why: "the disk did not take or give what was asked of it", todo: DISK }],
  [11, { why: "the file is damaged", todo: DAMAGED }],
  [
    13,
    {
      why: "the disk is full",
      todo: "Make room on the disk of the data folder, then start Stint again: it goes on where it was",
    },
  ],
  [
    14,
    {
      why: "the file cannot be opened",
      todo: "See that the data folder is there and this user may use it, then start Stint again",
    },
  ],
  [26, { why: "the file is not a database", todo: DAMAGED }],
]);

export function primaryCode(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  return code & 0xff;
}

/** Undefined: it is about one statement, not about the store. */
export function storeFault(error: unknown): Fault | undefined {
  const meaning = BROKEN.get(primaryCode(error));
  if (meaning === undefined) return undefined;
  const { why, todo } = meaning;
  return new Fault("store_failed", `The store cannot be used: ${why}`, {
    cause: error,
    suggestion: todo,
  });
}
