/** What was answered to a caller's idempotency key before. */
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Store } from "#store/store.ts";

import { keysOfName, type RequestKey, storedKey } from "./request-key.ts";

/**
 * The execution that was begun, or gone on with, by the same request with that key; undefined: there was none.
 * @throws Fault `conflict` where the key was used for another request
 */
export async function answeredBefore(
  { db }: Pick<Store, "db">,
  ws: number,
  key: RequestKey,
): Promise<ExecutionId | undefined> {
  const [first, last] = keysOfName(key);
  const commands = db.selectFrom("commands").select(["key", "answer"]).where("ws", "=", ws);
  const found = await commands
    .where("key", ">=", first)
    .where("key", "<=", last)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  if (found.key === storedKey(key)) return found.answer as ExecutionId;
  throw new Fault("conflict", "This Idempotency-Key was used for another request", {
    suggestion: "Take a new key for each request, and the same one only to repeat it unchanged",
    facts: { executionId: found.answer },
  });
}
