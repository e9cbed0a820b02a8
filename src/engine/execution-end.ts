/** How an execution's end is put on record. */
import type { Figures } from "#domain/facts.ts";
import { keepFault, type KeptFault } from "#domain/fault.ts";

import { jsonOf } from "./answer.ts";
import type { LaneOutcome } from "./lane.ts";
import type { AnyProgram } from "./program.ts";
import type { Stream } from "./stream.ts";

/** How it ended, for whoever awaits its result in this process. */
export interface End {
  readonly state: string;
  readonly output?: unknown;
  readonly fault?: KeptFault;
}

/** What a program's answer means for the execution, where it is more than an answer. */
export interface Conclusion {
  readonly figures?: Figures;
  readonly warnings?: number;
  /** The execution has failed although its function returned. */
  readonly fault?: KeptFault;
  /** When it ended, epoch milliseconds, where that was before it could be put on record. */
  readonly when?: number;
}

export function recordEnd(
  stream: Stream,
  program: AnyProgram | undefined,
  outcome: Extract<LaneOutcome, { readonly type: "returned" | "threw" | "canceled" }>,
): End {
  if (outcome.type === "canceled") {
    const { by, reason } = outcome;
    stream.record({ t: "canceled", by, ...(reason !== undefined && { reason }) });
    return { state: "canceled" };
  }
  if (outcome.type === "threw") return recordFailure(stream, keepFault(outcome.error), {});
  return recordAnswer(stream, program, outcome.value);
}

function recordAnswer(stream: Stream, program: AnyProgram | undefined, value: unknown): End {
  const { fault, ...conclusion } = program?.conclude?.(value as never) ?? {};
  if (fault !== undefined) return recordFailure(stream, fault, conclusion);
  try {
    const json = jsonOf(value, `program "${program?.name ?? ""}"`);
    stream.recordAnswer({ t: "completed", ...conclusion }, json, value, { apart: program?.apart });
    const output: unknown = json === undefined ? undefined : JSON.parse(json);
    return { state: "completed", output };
  } catch (error) {
    return recordFailure(stream, keepFault(error), conclusion);
  }
}

function recordFailure(
  stream: Stream,
  fault: KeptFault,
  conclusion: Omit<Conclusion, "fault">,
): End {
  stream.record({ t: "failed", fault, ...conclusion });
  return { state: "failed", fault };
}
