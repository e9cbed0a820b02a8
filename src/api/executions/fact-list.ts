import type { Fact } from "#contract/shapes/executions.ts";
import type { Entry, Ledger } from "#ledger/ledger.ts";
import { numberAfter } from "#workspace/page.ts";

import { showFacts } from "../facts.ts";
import { entriesBetween } from "../live/reads.ts";

export interface FactQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** One journey's alone; 0: the driver's own. */
  readonly lane?: number | undefined;
}

/** Everything that happened in an execution, oldest first. Pages end between facts, also within one append. */
export async function listFacts(
  ledger: Ledger,
  no: number,
  { cursor, limit, lane }: FactQuery,
): Promise<{ items: Fact[]; nextCursor: string | null }> {
  const after = cursor === undefined ? 0 : numberAfter(cursor);
  const entries = await readEntries(ledger, no, lane, after, limit + 1);
  const facts = entries.flatMap(showFacts).filter(({ position }) => position > after);
  const items = facts.slice(0, limit);
  const last = facts.length > limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor:
      last === undefined ? null : Buffer.from(String(last.position)).toString("base64url"),
  };
}

async function readEntries(
  ledger: Ledger,
  no: number,
  lane: number | undefined,
  after: number,
  limit: number,
): Promise<readonly Entry[]> {
  if (lane === undefined) return entriesBetween(ledger, no, after, Number.MAX_SAFE_INTEGER, limit);
  return (await ledger.read(no, lane)).filter(({ position }) => position > after);
}
