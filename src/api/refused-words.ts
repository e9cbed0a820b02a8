import type { Refusal } from "#contract/problem.ts";
import { Fault } from "#domain/fault.ts";
import type { ParseError } from "#domain/plan.ts";

/** The refusal of instructions, as whoever asked meets it. */
export function unparseable(error: Refusal | ParseError): Fault {
  return new Fault("unparseable", error.message, {
    suggestion: error.details[0]?.suggestion ?? "Say it in other words",
    facts: { error },
  });
}
