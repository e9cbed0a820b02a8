import { Fault, type KeptFault } from "#domain/fault.ts";

/** A failure as the program sees it, in the first run and in every replay alike. */
export function stepFault(kept: KeptFault): Fault {
  const { message, suggestion, scope } = kept;
  return new Fault("step_failed", message, {
    facts: { code: kept.code, step: kept.step, details: kept.details },
    ...(suggestion !== undefined && { suggestion }),
    ...(scope !== undefined && { scope }),
  });
}
