/** A caller's idempotency key, tied to what was asked with it. */
import { createHash } from "node:crypto";

export interface RequestKey {
  /** Route, subject and the caller's key: what a repeat has in common with the first request. */
  readonly name: string;
  /** What else was sent; a repeat sends the same. */
  readonly mark: string;
}

const MARK_LENGTH = 8;

/** Both are hexadecimal and of fixed length, so that all keys of a name are one range in any collation. */
export function requestKey(asked: readonly string[], body?: unknown): RequestKey {
  return { name: digest(asked).slice(0, 40), mark: digest(body ?? null).slice(0, MARK_LENGTH) };
}

export const storedKey = ({ name, mark }: RequestKey): string => `${name}${mark}`;

export function keysOfName({ name }: RequestKey): readonly [string, string] {
  return [`${name}${"0".repeat(MARK_LENGTH)}`, `${name}${"f".repeat(MARK_LENGTH)}`];
}

function digest(json: unknown): string {
  return createHash("sha256").update(JSON.stringify(json)).digest("hex");
}
