/** What a test reads from the ledger about an execution. */
import type { Fact, FactOf, FactType, Figures } from "#domain/facts.ts";
import type { Ledger } from "#ledger/ledger.ts";

export interface Ended {
  readonly state: string;
  readonly figures: Figures;
  readonly warnings: number;
  readonly fault: FactOf<"failed">["fault"] | undefined;
}

export interface Reading {
  readonly state: (id: string) => Promise<string>;
  /** What it came to. @throws where it is still open */
  readonly ended: (id: string) => Promise<Ended>;
  readonly facts: (id: string, lane?: number) => Promise<readonly Fact[]>;
  /** Of every lane, in the order in which they were written. */
  readonly allFacts: (
    id: string,
  ) => Promise<readonly { readonly lane: number; readonly fact: Fact }[]>;
  readonly factsOf: <T extends FactType>(id: string, type: T) => Promise<readonly FactOf<T>[]>;
}

export function reading(ledger: Ledger): Reading {
  const { db } = ledger.store;

  async function allFacts(id: string): ReturnType<Reading["allFacts"]> {
    const found = await ledger.find(id);
    const entries = (await ledger.readAfter(0, Number.MAX_SAFE_INTEGER)).filter(
      ({ no }) => no === found?.no,
    );
    return entries.flatMap(({ lane, facts }) => facts.map((fact) => ({ lane, fact })));
  }

  return {
    allFacts,
    state: async (id) => (await ledger.find(id))?.state ?? "none",
    ended: async (id) => {
      const row = await db
        .selectFrom("executions")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const last = (await ledger.read(row.no, 0)).at(-1)?.facts.at(-1);
      return {
        state: row.state,
        figures: JSON.parse(row.figures ?? "{}") as Figures,
        warnings: row.warnings,
        fault: last?.t === "failed" ? last.fault : undefined,
      };
    },
    facts: async (id, lane = 0) =>
      (await allFacts(id)).filter((one) => one.lane === lane).map(({ fact }) => fact),
    factsOf: async <T extends FactType>(id: string, type: T) =>
      (await allFacts(id))
        .map(({ fact }) => fact)
        .filter((fact): fact is FactOf<T> => fact.t === type),
  };
}
