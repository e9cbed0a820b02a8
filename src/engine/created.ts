/** How an execution began, read from its first append. */
import type { CreatedFact } from "#domain/facts.ts";
import { payloadKey, type Ledger } from "#ledger/ledger.ts";

export interface Beginning {
  readonly created: CreatedFact;
  /** What its program was given; undefined also where that was erased. */
  readonly input: unknown;
  /** What it was moved onto since, oldest first. */
  readonly moves: readonly unknown[];
}

export async function readBeginning(
  ledger: Pick<Ledger, "read" | "readPayloads">,
  no: number,
): Promise<Beginning | undefined> {
  const entries = await ledger.read(no, 0);
  const [first] = entries;
  const created = first?.facts[0];
  if (first === undefined || created?.t !== "created") return undefined;
  const moves = entries.flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.t === "moved" ? [fact.given] : [])),
  );
  if (created.part === undefined) return { created, moves, input: created.input };
  const payloads = await ledger.readPayloads(no, 0);
  return { created, moves, input: payloads.get(payloadKey(first.version, created.part)) };
}
