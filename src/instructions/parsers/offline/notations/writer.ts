import type { Source } from "../source.ts";
import type { Token } from "../tokens.ts";
import { readBareEvent } from "../triggers/bare-events.ts";
import { readSchedule } from "../triggers/schedule.ts";
import type { LabelRead } from "./label-reading.ts";
import type { Meaning } from "./label-table.ts";

/** A label, and what stands around it. */
export interface Behind {
  readonly source: Source;
  readonly at: number;
  readonly label: LabelRead;
  /** The label's first word, whose place its words take. */
  readonly place: Token;
  /** What the label before meant. */
  readonly before: Meaning | undefined;
  /** The label before. */
  readonly last: LabelRead | undefined;
}

export interface Wrote {
  readonly tokens: readonly Token[];
  readonly next: number;
  /** Whether it goes on with what stands before it. */
  readonly joins?: boolean;
}

export type Writer = (behind: Behind) => Wrote | undefined;

/** Whether the line tells when the whole starts. */
export function isStarting(line: Source, from: number): boolean {
  return readSchedule(line, from) !== undefined || readBareEvent(line, from, true) !== undefined;
}
