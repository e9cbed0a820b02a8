import { FACTS_VERSION, type Fact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";

type Older = Readonly<Record<string, unknown>>;

/** How facts of a schema version become those of the next one. Facts on disk are never rewritten. */
const UPCASTS: Readonly<Record<number, (facts: readonly Older[]) => readonly Older[]>> = {};

/** Facts as they were written → facts as today's code knows them. @throws Fault for newer ones. */
export function upcast(version: number, data: string): readonly Fact[] {
  let facts = JSON.parse(data) as readonly Older[];
  if (version === FACTS_VERSION) return facts as unknown as readonly Fact[];
  if (version > FACTS_VERSION) {
    throw new Fault("store_failed", `This store was written by a newer Stint (facts ${version}).`, {
      suggestion: "Upgrade this Stint.",
    });
  }
  for (let v = version; v < FACTS_VERSION; v += 1) facts = UPCASTS[v]?.(facts) ?? facts;
  return facts as unknown as readonly Fact[];
}
