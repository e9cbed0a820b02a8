import type { Done } from "#actions/action.ts";
import type { ActionNeeds } from "#actions/needs.ts";
import type { Figures } from "#domain/facts.ts";

import type { JourneyOutput } from "./input.ts";

/** Adds up what steps came to. */
export interface Count {
  readonly add: (done: Pick<Done, "figures" | "warnings">) => void;
  readonly merge: (output: JourneyOutput) => void;
  readonly output: () => JourneyOutput;
}

export function openCount(): Count {
  const figures = new Map<string, number>();
  let warnings = 0;

  function addFigures(more: Figures): void {
    for (const [name, n] of Object.entries(more)) figures.set(name, (figures.get(name) ?? 0) + n);
  }

  return {
    add: (done) => {
      addFigures(done.figures ?? {});
      warnings += done.warnings?.length ?? 0;
    },
    merge: (output) => {
      addFigures(output.figures);
      warnings += output.warnings;
    },
    output: () => ({ figures: Object.fromEntries(figures), warnings }),
  };
}

/**
 * What the journeys' steps say that they did, where no end of theirs says it. What stands in a journey's first append it
 * was handed on, and did not do.
 */
export async function countedSoFar(
  executionId: string,
  { store }: ActionNeeds,
  which: "all" | "canceled" = "all",
): Promise<JourneyOutput> {
  let query = store.db
    .selectFrom("live")
    .innerJoin("payloads", "payloads.no", "live.no")
    .innerJoin("journeys", (join) =>
      join.onRef("journeys.no", "=", "payloads.no").onRef("journeys.lane", "=", "payloads.lane"),
    )
    .select("payloads.body")
    .where("live.id", "=", executionId)
    .where("live.lane", "=", 0)
    .where("payloads.version", ">", (eb) =>
      eb
        .selectFrom("facts")
        .select((of) => of.fn.min("facts.version").as("first"))
        .whereRef("facts.no", "=", "payloads.no")
        .whereRef("facts.lane", "=", "payloads.lane"),
    );
  if (which === "canceled") query = query.where("journeys.state", "=", which);
  const count = openCount();
  for (const { body } of await query.execute()) {
    if (body !== null) count.add(JSON.parse(body) as Partial<Done>);
  }
  return count.output();
}
