import { z } from "zod";

import { spanSchema } from "#domain/plan.ts";

/** Who reads instructions: the built-in grammar, or the workspace's language model. */
export const PARSERS = ["offline", "model"] as const;
export type ParserName = (typeof PARSERS)[number];

/** How instructions were read. */
export const readingSchema = z.object({
  parser: z.enum(PARSERS),
  /** The model that read them. */
  model: z.string().nullable(),
  /** What a person should know of it, such as why the built-in parser read them in place of the model. */
  notice: z.string().nullable(),
  /** The words that the built-in parser took for remarks: no step comes of them. A model tells none. */
  remarks: z.array(spanSchema),
});
export type Reading = z.output<typeof readingSchema>;

export const OFFLINE: Reading = { parser: "offline", model: null, notice: null, remarks: [] };
