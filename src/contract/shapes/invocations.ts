/** Invocations: runs of Agent CLIs and of plain commands, each of one round or more. */
import { z } from "zod";

import { nodeIds } from "#domain/id.ts";

import {
  actorSchema,
  cliFamilySchema,
  executionIdSchema,
  listOf,
  nameSchema,
  NATIVE_CLIS,
  pageQuery,
  timeSchema,
} from "./common.ts";
import { executionErrorSchema } from "./executions.ts";
import { nowSchema, processSchema, resourcesSchema, sampleSchema } from "./invocation-processes.ts";
import { answeredSchema, questionSchema } from "./invocation-questions.ts";

/** Linux hands a program no argument and no line of its environment that is longer, its end included. */
const MOST_BYTES = 131_071;

/** What reaches a program as an argument, or in its environment. */
const handedSchema = z
  .string()
  .regex(/^[^\0]*$/, "may hold no NUL character")
  .refine((text) => new TextEncoder().encode(text).length <= MOST_BYTES, {
    error: `may have at most ${MOST_BYTES.toLocaleString("en-US")} bytes: put what is longer into a file, and name that`,
  });

const promptSchema = handedSchema.refine((text) => text.trim() !== "", {
  error: "may not be empty: say what is to be done",
});

export const cliSchema = z
  .string()
  .max(2000)
  .regex(/^[^\0]*$/, "may hold no NUL character")
  .refine((name) => (NATIVE_CLIS as readonly string[]).includes(name) || isOther(name), {
    error: `is one of ${NATIVE_CLIS.join(", ")}, "command", or "acp:" and a command line that starts an agent`,
  });

function isOther(name: string): boolean {
  return name === "command" || /^acp:\s*\S/.test(name);
}

export const folderSchema = z
  .string()
  .max(4096)
  .regex(
    /^\/[^\0]*$/,
    "is the absolute path of a folder on the server's machine, such as /srv/app",
  );

const environmentSchema = z
  .record(z.string(), handedSchema.max(32_768))
  .superRefine((env, context) => {
    for (const name of Object.keys(env).filter((key) => !/^[A-Za-z_]\w{0,200}$/.test(key)))
      context.addIssue({
        code: "custom",
        path: [name],
        message: "is no name of an environment variable",
      });
  })
  .refine((env) => Object.keys(env).length <= 200, { error: "may hold at most 200 variables" });

const milliseconds = z
  .int()
  .min(1000)
  .max(30 * 86_400_000);

/** Such as `0.50`. */
const dollarsSchema = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,9})?$/, "is an amount of dollars such as 0.50")
  .refine((text) => Number(text) > 0, { error: "is more than 0" });

/** What ends it, with the reason `limit` or `budget`. */
const limitsSchema = z.strictObject({
  /** From its start, all rounds by themselves. */
  totalMs: milliseconds.optional(),
  /** Without a word. */
  idleMs: milliseconds.optional(),
  /** Without getting anywhere with its provider. */
  stallMs: milliseconds.optional(),
  /** Of all its processes together. */
  memoryBytes: z.int().min(1_048_576).optional(),
  /** Of what a round says on both of its streams; 10 GiB unless it is said. */
  outputBytes: z.int().min(1).optional(),
  /** Of all rounds together, as far as its Agent CLI tells. */
  cost: dollarsSchema.optional(),
});

const PERMISSIONS = ["read", "edit", "all"] as const;

export const sessionSchema = z.string().regex(/^\w[\w.:-]{0,199}$/, "is no name of a session");

const given = z.strictObject({
  cli: cliSchema,
  /** Of all but `command`. */
  prompt: promptSchema.optional(),
  /** With `command`: the program and its arguments. */
  command: z.array(handedSchema).min(1).max(1000).optional(),
  folder: folderSchema,
  model: nameSchema.optional(),
  /** What it may do in its folder without asking. */
  permission: z.enum(PERMISSIONS).default("edit"),
  maxTurns: z.int().min(1).max(10_000).optional(),
  /** Goes on with a session of the Agent CLI that is there already. */
  session: sessionSchema.optional(),
  label: nameSchema.optional(),
  /** The work node that it is for. */
  nodeId: nodeIds.schema.optional(),
  /** What goes beyond its permission waits for a person's answer; else it is denied. Of Claude Code and `acp:` alone. */
  asks: z.boolean().optional(),
  /** It may work in its folder beside others that say so, too; else they wait for each other. Commands wait for nobody. */
  shared: z.boolean().optional(),
  /** Added to its environment; only the names are ever shown. */
  env: environmentSchema.optional(),
  limits: limitsSchema.optional(),
});

/** Whether it can ask a person while it runs. */
export const canAsk = (cli: string): boolean => cli === "claude" || cli.startsWith("acp:");

const demanded = given.refine(({ cli, asks }) => asks !== true || canAsk(cli), {
  error: 'is for those that can ask people: "claude", and any agent by "acp:"',
  path: ["asks"],
});

export const invocationInputSchema = demanded.superRefine(({ cli, prompt, command }, context) => {
  const isCommand = cli === "command";
  const refuse = (path: string, message: string): void => {
    context.addIssue({ code: "custom", path: [path], message });
  };
  if (isCommand && command === undefined) refuse("command", "is missing: name the program");
  if (isCommand && prompt !== undefined) refuse("prompt", "is not for a command");
  if (!isCommand && prompt === undefined) refuse("prompt", "is missing: say what is to be done");
  if (!isCommand && command !== undefined) refuse("command", 'is only for cli "command"');
});
export type InvocationInput = z.output<typeof invocationInputSchema>;

const INVOCATION_STATUSES = ["idle", "running", "completed"] as const;
const INVOCATION_OUTCOMES = ["succeeded", "failed", "interrupted", "canceled"] as const;
const statusSchema = z.enum(INVOCATION_STATUSES);
const outcomeSchema = z.enum(INVOCATION_OUTCOMES);

/** Null: its Agent CLI does not say, which is not 0. The first four are disjoint; reasoning is part of the output. */
const tokensSchema = z.object({
  input: z.int().nullable(),
  cacheRead: z.int().nullable(),
  cacheWrite: z.int().nullable(),
  output: z.int().nullable(),
  reasoning: z.int().nullable(),
});
export type InvocationTokens = z.output<typeof tokensSchema>;

const count = z.int().min(0);

const money = {
  /** Dollars, exact, such as `0.0042`: what is known; null: nothing is. */
  cost: z.string().nullable(),
  /** How often a cost was not known. It is not part of `cost`. */
  costUnknown: count,
  /** A subscription pays: nobody is charged this. */
  notional: z.boolean(),
  /** Null: nothing was told yet. */
  tokens: tokensSchema.nullable(),
} as const;

const item = {
  id: executionIdSchema,
  cli: z.string(),
  label: z.string().nullable(),
  /** The beginning of the first prompt (200 characters), or the words of the command. */
  prompt: z.string(),
  folder: z.string(),
  status: statusSchema,
  /** Once it is completed. */
  outcome: outcomeSchema.nullable(),
  nodeId: nodeIds.schema.nullable(),
  /** Its number among those of its work node: 1, 2, 3 … */
  executionIndex: z.int().nullable(),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  /** Null again while a follow-up runs. */
  completedAt: timeSchema.nullable(),
  /** From its start to its completion. */
  durationMs: z.int().nullable(),
  /** The sum of its rounds: without the time between them. */
  activeMs: z.int().nullable(),
  rounds: z.int(),
  model: z.string().nullable(),
  session: z.string().nullable(),
  /** As it goes. */
  ...money,
  error: executionErrorSchema.nullable(),
  /** That are open now: it waits for their answers. */
  questions: z.array(questionSchema),
  /** Null: no round runs. */
  now: nowSchema.nullable(),
  trigger: z.object({ type: z.string(), by: actorSchema }),
} as const;
export const invocationItemSchema = z.object(item);
export type InvocationItem = z.output<typeof invocationItemSchema>;

export const listOfNodeSchema = listOf(invocationItemSchema).extend({
  /** So many more there were, which are not kept any more; what was archived of them is in the archive. */
  letGo: z.int(),
});

export const roundSchema = z.object({
  /** 1, 2, 3 … */
  number: z.int(),
  prompt: z.string(),
  startedAt: timeSchema.nullable(),
  completedAt: timeSchema.nullable(),
  durationMs: z.int().nullable(),
  outcome: outcomeSchema.nullable(),
  /** Why it did not succeed, in one word: `api_error`, `limit`, `denied`, … */
  reason: z.string().nullable(),
  message: z.string().nullable(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  session: z.string().nullable(),
  model: z.string().nullable(),
  turns: count.nullable(),
  /** The final answer, as far as it has come: its last 256 KiB at the most. */
  text: z.string(),
  ...money,
  costSource: z.enum(["reported", "price_table", "unknown"]).nullable(),
  /** Calls by the tool's name. */
  tools: z.record(z.string(), count),
  toolErrors: count,
  retries: count,
  denials: count,
  warnings: z.array(z.string()),
  /** Of people, to its questions. */
  answers: z.array(answeredSchema),
  /** Lines that nobody understood; they are kept. */
  unread: count,
  outputBytes: count,
});
export type InvocationRound = z.output<typeof roundSchema>;

export const invocationSchema = z.object({
  ...item,
  permission: z.enum(PERMISSIONS),
  asks: z.boolean(),
  maxTurns: z.int().nullable(),
  limits: limitsSchema,
  envNames: z.array(z.string()),
  /** With `command`: its words. */
  command: z.array(z.string()).nullable(),
  roundList: z.array(roundSchema),
  /** Of the round that runs; null: none does. */
  process: processSchema.nullable(),
  resources: resourcesSchema,
  /** 240 points at the most. */
  series: z.array(sampleSchema),
  /** Whether this reader sees prompts, answers and messages. */
  payloads: z.enum(["full", "redacted"]),
});
export type Invocation = z.output<typeof invocationSchema>;

export const invocationsQuerySchema = z.strictObject({
  ...pageQuery,
  status: statusSchema.optional(),
  outcome: outcomeSchema.optional(),
  cli: cliFamilySchema.optional(),
  nodeId: nodeIds.schema.optional(),
});

export const invocationMessageSchema = z.strictObject({
  prompt: promptSchema,
  /** Another limit from now on: `cost` is for all rounds together, also those before. */
  limits: z.strictObject({ cost: dollarsSchema.optional() }).optional(),
});
export type InvocationMessage = z.output<typeof invocationMessageSchema>;
export const roundBegunSchema = z.object({ executionId: executionIdSchema, round: z.int() });

/** A piece of work for which Agent CLIs run. */
export const newWorkNodeSchema = z.strictObject({ title: nameSchema });
export const workNodeSchema = z.object({
  id: nodeIds.schema,
  title: z.string(),
  status: z.enum(["todo"]),
  createdAt: timeSchema,
});
