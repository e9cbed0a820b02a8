/** What was answered to a caller's idempotency key. */
import { change, changing, query, reading, type Protocol } from "../statement.ts";

const FIND = reading(`select no, answer from commands where ws = ? and key = ?`);
const KEEP = changing(`insert into commands (ws, key, no, answer, at) values (?,?,?,?,?)`);

export function* findCommand(
  ws: number,
  key: string,
): Protocol<{ readonly no: number; readonly answer: string } | undefined> {
  const [before] = yield* query<{ no: number; answer: string }>(FIND, [ws, key]);
  return before;
}

export function* keepCommand(
  ws: number,
  { key, answer }: { readonly key: string; readonly answer: string },
  no: number,
  at: number,
): Protocol<void> {
  yield* change(KEEP, [ws, key, no, answer, at]);
}
