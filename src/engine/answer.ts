import { Fault } from "#domain/fault.ts";

/**
 * An answer as the ledger keeps it. @throws Fault `bad_request` for what JSON cannot hold: a bigint, or
 * an object that contains itself.
 */
export function jsonOf(value: unknown, whose: string): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new Fault("bad_request", `The answer of ${whose} cannot be kept, it is no JSON: ${why}`, {
      suggestion: "Answer with plain data: texts, numbers, lists and records of them.",
      cause: error,
    });
  }
}
