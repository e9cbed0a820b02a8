import type { Refusal } from "#contract/problem.ts";
import type { Reading } from "#contract/shapes/reading.ts";
import { Fault } from "#domain/fault.ts";
import type { ParseError } from "#domain/plan.ts";

/** The refusal of instructions, as whoever asked meets it. @param reading who has read them */
export function unparseable(error: Refusal | ParseError, reading?: Reading): Fault {
  return new Fault("unparseable", error.message, {
    suggestion: error.details[0]?.suggestion ?? "Say it in other words",
    facts: reading === undefined ? { error } : { error, reading },
  });
}
