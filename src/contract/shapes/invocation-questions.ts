/** What a running agent asks permission for, and how people answer. */
import { z } from "zod";

import { actorSchema, timeSchema } from "./common.ts";

/** Names a question in its round, as its agent does. */
export const LONGEST_REQUEST = 1000;
const requestSchema = z.union([z.string().max(LONGEST_REQUEST), z.number()]);
const DECISIONS = ["allow", "deny"] as const;

/** What an agent asks and nobody has answered: it waits. */
export const questionSchema = z.object({
  round: z.int(),
  request: requestSchema,
  tool: z.string(),
  /** What it wants to do, in a line: "Bash: npm test". */
  words: z.string(),
  /** What its tool would be given; null where that is large: it stands in the output. */
  input: z.unknown(),
  /**
   * Where all of it stands: the words say less than the input where that has more to tell, and both say less
   * than the round's output where that alone has it.
   */
  whole: z.enum(["words", "input", "output"]),
  /** The files that it is about, where it names them. */
  places: z.array(z.string()),
  since: timeSchema,
});
export type InvocationQuestion = z.output<typeof questionSchema>;

/** How a person answered a question. */
export const answeredSchema = z.object({
  round: z.int(),
  request: requestSchema,
  tool: z.string(),
  words: z.string(),
  decision: z.enum(DECISIONS),
  why: z.string().nullable(),
  by: actorSchema,
  at: timeSchema,
});
export type InvocationAnswered = z.output<typeof answeredSchema>;

export const answerSchema = z
  .strictObject({
    round: z.int().min(1),
    request: requestSchema,
    decision: z.enum(DECISIONS),
    /** Of a denial. Claude Code is told; the Agent Client Protocol has no words for it. */
    why: z.string().min(1).max(2000).optional(),
  })
  .refine(({ decision, why }) => decision === "deny" || why === undefined, {
    error: "is only for a denial",
    path: ["why"],
  });
export type InvocationAnswer = z.output<typeof answerSchema>;
