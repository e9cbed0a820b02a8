/**
 * What a process that is spoken to waits for from people: which questions, since when, and what was answered. It
 * stands in a file of its execution, an answer before it is said, so that another life says the same, and knows
 * that a silence is no idleness.
 */
import { appendFileSync, readFileSync } from "node:fs";

import { z } from "zod";

import { isMissing } from "#domain/missing-file.ts";

const requestSchema = z.union([z.string(), z.number()]);

const lineSchema = z.discriminatedUnion("is", [
  z.object({ is: z.literal("open"), request: requestSchema, at: z.number() }),
  z.object({
    is: z.literal("answered"),
    request: requestSchema,
    at: z.number(),
    decision: z.enum(["allow", "deny"]),
    /** For the agent, with a denial. */
    why: z.string().nullable(),
    /** Who decided, as facts name them. */
    by: z.string(),
    /** Under which key it was asked for. */
    key: z.string().nullable(),
  }),
  /** Nobody need answer it any more. */
  z.object({ is: z.literal("dropped"), request: requestSchema, at: z.number() }),
]);

export type QuestionLine = z.output<typeof lineSchema>;
export type AnsweredLine = Extract<QuestionLine, { readonly is: "answered" }>;

export interface QuestionRecord {
  /** The last that is known of it; undefined: it was never asked. */
  readonly of: (request: QuestionLine["request"]) => QuestionLine | undefined;
  /** Since when it has been open, whatever became of it. */
  readonly since: (request: QuestionLine["request"]) => number | undefined;
  /** On the disk when it returns. */
  readonly write: (line: QuestionLine) => void;
  /**
   * Nobody need answer it any more. Where that cannot be written it is so all the same: a next life only has it open
   * again until it has heard why.
   */
  readonly drop: (request: QuestionLine["request"], at: number) => void;
  /** Whether any is open. */
  readonly isAwaited: () => boolean;
  /** Of the last line, epoch milliseconds; 0: there is none. */
  readonly changedAt: () => number;
}

const NEWLINE = "\n";

export function openQuestions(file: string): QuestionRecord {
  const text = read(file);
  const last = new Map<QuestionLine["request"], QuestionLine>();
  const since = new Map<QuestionLine["request"], number>();
  let changedAt = 0;
  // A death may have left half a line.
  let gap = text === "" || text.endsWith(NEWLINE) ? "" : NEWLINE;
  const take = (line: QuestionLine): void => {
    last.set(line.request, line);
    if (line.is === "open") since.set(line.request, line.at);
    changedAt = Math.max(changedAt, line.at);
  };
  const append = (line: QuestionLine): void => {
    const whole = `${gap}${JSON.stringify(line)}${NEWLINE}`;
    gap = NEWLINE; // a disk that is full may have taken half of it
    appendFileSync(file, whole, { flush: true });
    gap = "";
  };
  for (const line of text.split(NEWLINE).flatMap(parse)) take(line);
  return {
    of: (request) => last.get(request),
    since: (request) => since.get(request),
    write: (line) => {
      append(line);
      take(line);
    },
    drop: (request, at) => {
      const line = { is: "dropped", request, at } as const;
      try {
        append(line);
      } catch {
        // As above.
      }
      take(line);
    },
    isAwaited: () => [...last.values()].some(({ is }) => is === "open"),
    changedAt: () => changedAt,
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return ""; // nothing was asked yet
    throw error;
  }
}

function parse(text: string): readonly QuestionLine[] {
  try {
    return [lineSchema.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
