/** A text looked for in what one invocation wrote. */
import { z } from "zod";

const ofSchema = z.enum(["output", "errors"]);
const byte = z.int().min(0);

/** A line that has it. */
const foundSchema = z.object({
  round: z.int(),
  /** On which of its streams. */
  of: ofSchema,
  /** Where the line begins, in bytes of that stream: `…/output?from=` goes on there. */
  at: byte,
  /** What says it, as in events. */
  type: z.enum(["text", "thinking", "tool", "notice"]),
  /** What stands around it. */
  text: z.string(),
  /** Where it stands in `text`, and how long it is there, in UTF-16 units. */
  from: z.int(),
  length: z.int(),
});
export type Found = z.output<typeof foundSchema>;

export const findPageSchema = z.object({
  items: z.array(foundSchema),
  /** Where to go on: ask with these. Null: all that has been written was looked through. */
  next: z.object({ round: z.int(), of: ofSchema, from: byte }).nullable(),
  /** Bytes that this answer looked through. */
  searched: byte,
});
export type FindPage = z.output<typeof findPageSchema>;

const number = z.coerce.number<string | number>().int();

export const findQuerySchema = z.strictObject({
  /** As it stands there; upper and lower case are the same. */
  q: z
    .string()
    .max(200)
    .regex(/^[^\n\r]*$/, "may have no line break: a line is found by a part of it")
    .refine((text) => text.trim() !== "", { error: "may not be empty: say what to look for" }),
  round: number.min(1).default(1),
  of: ofSchema.default("output"),
  from: number.min(0).default(0),
  limit: number.min(1).max(200).default(50),
});
export type FindQuery = z.output<typeof findQuerySchema>;
