/**
 * The protocol is written once, as generators that yield statements; who runs them is the keeper's:
 * SQLite answers at once, PostgreSQL after a round trip.
 */
import type { SqlValue } from "#store/store.ts";

export interface Statement {
  /** With `?` for parameters; the keeper prepares it once. */
  readonly sql: string;
  /** Whether rows come back; otherwise the number of changed rows does. */
  readonly reads: boolean;
}

export type Row = Readonly<Record<string, SqlValue>>;
export interface Ask {
  readonly statement: Statement;
  readonly parameters: readonly SqlValue[];
}
export type Protocol<Result> = Generator<Ask, Result, number | readonly Row[]>;

export const changing = (sql: string): Statement => ({ sql, reads: false });
export const reading = (sql: string): Statement => ({ sql, reads: true });

/** Runs a statement that changes rows and tells how many. */
export function* change(statement: Statement, parameters: readonly SqlValue[]): Protocol<number> {
  const answer = yield { statement, parameters };
  return answer as number;
}

/** Runs a statement that answers with rows. */
export function* query<Of = Row>(
  statement: Statement,
  parameters: readonly SqlValue[],
): Protocol<readonly Of[]> {
  const answer = yield { statement, parameters };
  return answer as readonly Of[];
}
