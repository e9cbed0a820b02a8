/** What is kept of an agent that was launched in a project folder: one JSON file each. */
import { z } from "zod";

const time = z.iso.datetime({ offset: true });

const execution = z.looseObject({
  startedAt: time,
  /** Not there: it runs, or it ended abnormally. */
  endedAt: time.optional(),
  prompt: z.string(),
});

const count = z.number().int().nonnegative().nullable();

/** What one execution used, as far as it is known. */
const spent = z.looseObject({
  /** The execution's. */
  startedAt: time,
  tokens: z.looseObject({ input: count, cacheRead: count, cacheWrite: count, output: count }),
  /** Nano-dollars, in digits; null: not known. */
  nano: z.string().regex(/^\d+$/).nullable(),
  /** Who told the cost; null or not there: nobody knows. */
  costSource: z.enum(["reported", "price_table", "unknown"]).nullable().optional().catch(null),
});

const tokenCounts = z.object({
  input: count,
  cacheRead: count,
  cacheWrite: count,
  output: count,
  reasoning: count,
  cacheWrite1h: count,
});

/** Where its session's running totals stood at the last end, so that the next ones become differences. */
const counters = z.object({
  session: z.string().nullable(),
  tokens: z.record(z.string(), tokenCounts),
  nano: z.record(z.string(), z.string().regex(/^\d+$/)),
});

/** A process, so that another one with its number is not taken for it. */
const processOf = z.looseObject({
  pid: z.number().int().positive(),
  /** What the system says of its start; null: it cannot be told apart by that. */
  startTime: z.string().nullable(),
});

const STATUSES = ["running", "completed", "failed", "interrupted"] as const;

const agentRecord = z.looseObject({
  agentId: z.string(),
  specId: z.string(),
  phase: z.string(),
  status: z.enum(STATUSES).catch("interrupted"),
  /** Older records have none. */
  executions: z.array(execution).optional(),
  spent: z.array(spent).optional(),
  counters: counters.optional().catch(undefined),
  /** Null before it is known. */
  process: processOf.nullable().optional(),
  /** The program that launched it and hears of its end. */
  launcher: processOf.optional(),
  sessionId: z.string().nullable().optional(),
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  lastActivityAt: time.optional(),
  exitReason: z.string().nullable().optional(),
});

export type AgentStatus = (typeof STATUSES)[number];
export type AgentExecution = Readonly<z.infer<typeof execution>>;
export type AgentSpent = Readonly<z.infer<typeof spent>>;
export type AgentProcess = Readonly<z.infer<typeof processOf>>;
export type AgentRecord = Readonly<z.infer<typeof agentRecord>>;

/** An agent as it is shown. */
export interface AgentInfo {
  readonly agentId: string;
  readonly specId: string;
  readonly phase: string;
  readonly status: AgentStatus;
  readonly pid: number | null;
  readonly sessionId: string | null;
  readonly executions: readonly AgentExecution[];
}

/**
 * A record as it was written, unknown fields and all; null for what is none. What is wrong in a list
 * of executions makes it one without.
 */
export function readAgentRecord(text: string): AgentRecord | null {
  const json = parse(text);
  const whole = agentRecord.safeParse(json);
  if (whole.success) return whole.data;
  const rest = agentRecord.omit({ executions: true, spent: true }).safeParse(json);
  return rest.success ? { ...rest.data, executions: undefined, spent: undefined } : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // written by somebody else, or damaged: no record
  }
}

export function infoOf(record: AgentRecord): AgentInfo {
  const { agentId, specId, phase, status, process, sessionId, executions } = record;
  return {
    agentId,
    specId,
    phase,
    status,
    pid: process?.pid ?? null,
    sessionId: sessionId ?? null,
    executions: executions ?? [],
  };
}
