/** What an invocation writes, one event after the other, in one form for all Agent CLIs. */
import { z } from "zod";

const place = {
  /** Where the line begins that says it, in bytes of its round's output. */
  at: z.int(),
  /** It says more than is told here: so many bytes, and where its line stands in the raw output. */
  cut: z.object({ bytes: z.int(), from: z.int(), to: z.int() }).optional(),
} as const;
const under = z.string().nullable();

const wordsSchema = z.object({
  ...place,
  type: z.enum(["text", "thinking"]),
  text: z.string(),
  /** `whole` stands for itself, `piece`s are joined, a `preview` comes again in a whole. */
  form: z.enum(["whole", "piece", "preview"]),
  /** The call of the tool whose own agent says this; null: the agent itself. */
  under,
});

const tokensSchema = z.object({
  input: z.int().nullable(),
  cacheRead: z.int().nullable(),
  cacheWrite: z.int().nullable(),
  output: z.int().nullable(),
  reasoning: z.int().nullable(),
  cacheWrite1h: z.int().nullable(),
});
const countingSchema = z.enum(["told", "difference", "restarted"]);

export const outputEventSchema = z.discriminatedUnion("type", [
  wordsSchema,
  z.object({
    ...place,
    type: z.literal("session"),
    id: z.string(),
    model: z.string().nullable(),
    version: z.string().nullable(),
    billing: z.enum(["metered", "subscription"]).nullable(),
  }),
  z.object({
    ...place,
    type: z.literal("tool_started"),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
    under,
  }),
  z.object({
    ...place,
    type: z.literal("tool_ended"),
    id: z.string(),
    /** Null: it is not said. */
    ok: z.boolean().nullable(),
    output: z.string().nullable(),
  }),
  z.object({
    ...place,
    type: z.literal("retry"),
    attempt: z.int().nullable(),
    of: z.int().nullable(),
    delayMs: z.number().nullable(),
    /** HTTP. */
    status: z.int().nullable(),
    message: z.string(),
  }),
  z.object({
    ...place,
    type: z.literal("asked"),
    request: z.union([z.string(), z.number()]),
    toolId: z.string().nullable(),
    tool: z.string(),
    input: z.unknown(),
    /** What would have to be permitted so that nobody is asked. */
    needs: z.enum(["read", "edit", "all"]),
    /** The files that it is about, as the agent names them. */
    places: z.array(z.string()),
    options: z.array(z.object({ id: z.string(), kind: z.string() })),
  }),
  z.object({
    ...place,
    type: z.literal("denied"),
    toolId: z.string().nullable(),
    tool: z.string().nullable(),
    message: z.string().nullable(),
    /** `rules`: nobody was asked. */
    by: z.enum(["rules", "person"]),
  }),
  z.object({ ...place, type: z.literal("warning"), message: z.string() }),
  z.object({
    ...place,
    type: z.literal("end"),
    claim: z.enum(["succeeded", "failed", "interrupted"]),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    /** The final answer, where it is told once more. */
    text: z.string().nullable(),
    turns: z.number().nullable(),
    ms: z.number().nullable(),
  }),
  z.object({
    ...place,
    type: z.literal("unread"),
    why: z.enum(["not_json", "not_known", "too_long"]),
    /** Its beginning. */
    head: z.string(),
    bytes: z.int(),
    sha256: z.string().nullable(),
  }),
  z.object({
    ...place,
    type: z.literal("usage"),
    model: z.string().nullable(),
    /** Of this stretch alone: they can be added up. */
    tokens: tokensSchema,
    counting: countingSchema,
    /** As it was told. */
    told: tokensSchema,
  }),
  z.object({
    ...place,
    type: z.literal("cost"),
    model: z.string().nullable(),
    /** Nano-dollars of this stretch alone, in digits; null: not known. */
    nano: z.string().nullable(),
    source: z.enum(["reported", "price_table", "unknown"]),
    counting: countingSchema,
    estimate: z.boolean(),
    notional: z.boolean(),
    table: z.string().nullable(),
  }),
]);
export type OutputEvent = z.output<typeof outputEventSchema>;

export const outputPageSchema = z.object({
  items: z.array(outputEventSchema),
  /** The bytes that the events were read from: go on at `to`, or with `back` before `from`. */
  from: z.int(),
  to: z.int(),
  /** Bytes so far. */
  size: z.int(),
  /** The round has ended: nothing will be added. */
  ended: z.boolean(),
});
export type OutputPage = z.output<typeof outputPageSchema>;

const byte = z.coerce.number<string | number>().int().min(0);
const ofSchema = z.enum(["output", "errors"]).default("output");

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");

/** Texts of any length; else what is longer than 64 KiB is cut. */
const wholeSchema = flag;

export const outputQuerySchema = z.strictObject({
  /** A line's first byte, as an answer gave it; with `back`, what stands before it. */
  from: byte.optional(),
  /** So many events, and then to the end of the line. */
  limit: z.coerce.number<string | number>().int().min(1).max(1000).default(200),
  /** The last ones before `from`, or of all there is. */
  back: flag,
  of: ofSchema,
  whole: wholeSchema,
});

export const rawQuerySchema = z.strictObject({
  of: ofSchema,
  from: byte.default(0),
  /** The byte behind the last one; without it, all that is there. */
  to: byte.optional(),
});

export const followQuerySchema = z.strictObject({
  /** The round to begin with; those that come later follow by themselves. */
  round: z.coerce.number<string | number>().int().min(1).default(1),
  /** A line's first byte. */
  from: byte.default(0),
  /** `round:byte` of the last event that was seen; the header `Last-Event-ID` says the same. */
  lastEventId: z
    .string()
    .regex(/^\d{1,9}:\d{1,15}$/, "is not the id of an event")
    .optional(),
  whole: wholeSchema,
});
