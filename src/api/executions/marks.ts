/** The marks of what is blocked: of an execution or of one of its journeys. */
import type { Database } from "./rows.ts";

export interface Mark {
  /** The step at which the replay did not match. */
  readonly blocked: string;
  readonly blockedSince: number;
}

/** By the execution's number; its own mark stands before those of its journeys. */
export async function readMarks(
  db: Database,
  nos: readonly number[],
): Promise<ReadonlyMap<number, Mark>> {
  if (nos.length === 0) return new Map();
  const rows = await db
    .selectFrom("live")
    .select(["no", "blocked", "blocked_at"])
    .where("blocked", "is not", null)
    .where("no", "in", nos)
    .orderBy("lane", "desc")
    .execute();
  return new Map(
    rows.map(({ no, blocked, blocked_at }) => [
      no,
      { blocked: blocked ?? "", blockedSince: blocked_at ?? 0 },
    ]),
  );
}
