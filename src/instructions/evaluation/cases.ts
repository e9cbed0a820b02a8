import { z } from "zod";

import { Fault } from "#domain/fault.ts";
import { parsePlan } from "#domain/plan.ts";

import type { Expectation } from "./agreement.ts";

/** A text with what it has to become. */
export interface LabelledCase {
  readonly id: string | number;
  readonly text: string;
  readonly expect: Expectation;
}

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  expect: z.unknown(),
});
const errorSchema = z.strictObject({ error: z.literal(true) });

/**
 * Reads lines of `{"id","text","expect"}`, where `expect` is a plan or `{"error":true}`.
 * A line that is none is a Fault that names it: figures over part of a file would mislead.
 */
export function readCases(content: string): readonly LabelledCase[] {
  return content
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [readCase(line, index + 1)]));
}

function readCase(line: string, number: number): LabelledCase {
  const { id, text, expect } = readLine(line, number);
  if (errorSchema.safeParse(expect).success) return { id, text, expect: { error: true } };
  const read = parsePlan(expect);
  if ("plan" in read) return { id, text, expect: read.plan };
  const [detail] = read.error.details;
  throw refusal(number, `expects no plan: ${detail?.text}: ${detail?.reason}`);
}

function readLine(line: string, number: number): z.output<typeof lineSchema> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw refusal(number, "is not JSON");
  }
  const read = lineSchema.safeParse(json);
  if (read.success) return read.data;
  throw refusal(number, "lacks an id or a text");
}

function refusal(number: number, problem: string): Fault {
  return new Fault("bad_request", `Line ${number} ${problem}`, {
    suggestion:
      'Write each line as {"id": "…", "text": "…", "expect": …}, where expect is a plan or {"error": true}',
  });
}
