import { z } from "zod";

import { type Parsed, refuse } from "#domain/plan.ts";

/** A line of `stint parse --jsonl`: an id of any kind, and the instructions. */
const lineSchema = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

const FORM = 'Write each line as {"id": "…", "text": "…"}';

export interface LineAnswer {
  /** A line of JSON. */
  readonly answer: string;
  /** The line itself could be read; its instructions may still be refused. */
  readonly isRead: boolean;
}

/**
 * Answers one line `{"id","text"}` with one line `{"id","plan"}` or `{"id","error"}`. A malformed line is answered
 * too, under its own id where it has one, so that every line has its answer at the same place.
 */
export function parseLine(
  line: string,
  number: number,
  parse: (text: string) => Parsed,
): LineAnswer {
  const read = readLine(line);
  if (!("problem" in read)) {
    return { answer: JSON.stringify({ id: read.id, ...parse(read.text) }), isRead: true };
  }
  const reason = `Line ${number} ${read.problem}`;
  const error = refuse([{ text: line.slice(0, 200), reason, suggestion: FORM }]);
  return { answer: JSON.stringify({ id: read.id, ...error }), isRead: false };
}

type Line =
  | { readonly id: string | number; readonly text: string }
  | { readonly id: string | number | null; readonly problem: string };

function readLine(line: string): Line {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { id: null, problem: "is not JSON" };
  }
  const read = lineSchema.safeParse(json);
  if (read.success) return read.data;
  const id = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(json);
  return { id: id.success ? id.data.id : null, problem: "lacks an id or a text" };
}
