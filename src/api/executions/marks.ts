/** The marks of what is blocked: of an execution or of one of its journeys. */
import type { Store } from "#store/store.ts";

export interface Mark {
  /** The step at which the replay did not match. */
  readonly blocked: string;
  readonly blockedSince: number;
}

/** By the execution's number; its own mark stands before those of its journeys. */
export async function readMarks(
  { db }: Store,
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

/** The numbers of a workspace's executions that are blocked, smallest first. */
export async function blockedOf({ db }: Store, ws: number): Promise<readonly number[]> {
  const marked = db.selectFrom("live").select("no").distinct().where("blocked", "is not", null);
  return (await marked.where("ws", "=", ws).orderBy("no").execute()).map(({ no }) => no);
}
