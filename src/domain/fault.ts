/**
 * Every failure that a caller may meet, and what it means to them; anything else thrown is a bug.
 * `status` is the HTTP answer, `retry` what the engine may do by itself, `scope` how far an automation's
 * fault reaches (semantics: Failure).
 */
export type Retry = "never" | "now" | "later";
export type Scope = "contact" | "step" | "execution";
/** What is known about the outside effect of a failed `once` step. Only `no` is ever retried by itself. */
export type Happened = "no" | "unknown";

interface Meaning {
  readonly status: number;
  readonly retry: Retry;
  readonly title: string;
}

const FAULTS = {
  bad_request: { status: 400, retry: "never", title: "The request is not valid" },
  not_signed_in: { status: 401, retry: "never", title: "Sign in first" },
  forbidden: { status: 403, retry: "never", title: "You may not do this" },
  not_found: { status: 404, retry: "never", title: "Not found" },
  conflict: { status: 409, retry: "never", title: "That cannot be done now" },
  already_running: { status: 409, retry: "never", title: "Agent is already running" },
  agent_paused: { status: 409, retry: "never", title: "Agent is paused" },
  too_large: { status: 413, retry: "never", title: "That is too large" },
  invalid: { status: 422, retry: "never", title: "The input is not valid" },
  unparseable: {
    status: 422,
    retry: "never",
    title: "Unable to parse instructions. Please clarify.",
  },
  nothing_to_work_on: { status: 422, retry: "never", title: "Nothing to work on" },
  action_not_built: { status: 422, retry: "never", title: "That action is not built yet" },
  version_conflict: { status: 409, retry: "now", title: "Somebody else was faster" },
  executions_wait: { status: 409, retry: "never", title: "Executions wait on the plan as it is" },
  lost: { status: 409, retry: "never", title: "Another owner has taken over" },
  stale: { status: 409, retry: "now", title: "The data changed meanwhile" },
  step_name_reused: { status: 422, retry: "never", title: "A step name is used twice" },
  step_failed: { status: 500, retry: "never", title: "A step failed" },
  replay_mismatch: {
    status: 500,
    retry: "never",
    title: "The program no longer matches its history",
  },
  canceled: { status: 409, retry: "never", title: "Canceled" },
  unknown_program: { status: 404, retry: "never", title: "No such program" },
  effect_uncertain: { status: 409, retry: "never", title: "It is not known whether this happened" },
  missing_value: { status: 422, retry: "never", title: "A value is missing" },
  template_not_found: { status: 422, retry: "never", title: "Email template not found" },
  user_not_found: { status: 422, retry: "never", title: "User not found" },
  limit_reached: { status: 409, retry: "never", title: "A limit is reached" },
  all_failed: { status: 500, retry: "never", title: "Nothing got through" },
  rate_limited: { status: 429, retry: "later", title: "Too many requests" },
  unavailable: { status: 503, retry: "later", title: "Not available right now" },
  store_failed: { status: 500, retry: "never", title: "The store failed" },
  folder_held: { status: 409, retry: "never", title: "The data folder is in use" },
  internal: { status: 500, retry: "never", title: "A bug in Stint" },
} as const satisfies Record<string, Meaning>;

export type FaultCode = keyof typeof FAULTS;
export type FaultFacts = Readonly<Record<string, unknown>>;

export interface FaultOptions {
  /** The step that it is about, where that is another than the one that found it. */
  readonly step?: string;
  /** What to do about it, for the person who meets it. */
  readonly suggestion?: string;
  /** Machine-readable details: ids and codes, never people's data. */
  readonly facts?: FaultFacts;
  readonly scope?: Scope;
  readonly happened?: Happened;
  /** Overrides the code's own retry rule for this one fault. */
  readonly retry?: Retry;
  /** The other side named a delay (Retry-After). */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** An expected failure. The message is for the person who meets it: what happened and why. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  readonly suggestion: string | undefined;
  readonly facts: FaultFacts;
  readonly scope: Scope;
  readonly happened: Happened;
  readonly retry: Retry;
  readonly retryAfterMs: number | undefined;
  readonly step: string | undefined;

  constructor(code: FaultCode, message?: string, options: FaultOptions = {}) {
    super(
      message ?? FAULTS[code].title,
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.code = code;
    this.suggestion = options.suggestion;
    this.facts = options.facts ?? {};
    this.scope = options.scope ?? "step";
    this.happened = options.happened ?? "unknown";
    this.retry = options.retry ?? FAULTS[code].retry;
    this.retryAfterMs = options.retryAfterMs;
    this.step = options.step;
  }

  get status(): number {
    return FAULTS[this.code].status;
  }

  get title(): string {
    return FAULTS[this.code].title;
  }
}

/** A failure as it is kept in a fact: plain JSON that survives storage. */
export interface KeptFault {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
  readonly step?: string;
  readonly scope?: Scope;
  readonly details?: unknown;
}

/** What of an error goes into the ledger. A bug keeps its message, never its stack or its cause. */
export function keepFault(error: unknown, step?: string): KeptFault {
  const found = (error instanceof Fault ? error.step : undefined) ?? step;
  const at = found === undefined ? {} : { step: found };
  if (error instanceof Fault && error.code === "step_failed") return asItWas(error, at);
  if (error instanceof Fault) {
    const { code, message, suggestion, scope, facts } = error;
    const hint = suggestion === undefined ? {} : { suggestion };
    const details = Object.keys(facts).length === 0 ? {} : { details: facts };
    return { code, message, scope, ...hint, ...details, ...at };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: "error", message, ...at };
}

/** A step's failure passed on by its program is kept as what it was. */
function asItWas(
  { message, suggestion, scope, facts }: Fault,
  at: { readonly step?: string },
): KeptFault {
  const code = typeof facts["code"] === "string" ? facts["code"] : "step_failed";
  const where = typeof facts["step"] === "string" ? { step: facts["step"] } : at;
  const details = facts["details"] === undefined ? {} : { details: facts["details"] };
  return {
    code,
    message,
    scope,
    ...(suggestion !== undefined && { suggestion }),
    ...details,
    ...where,
  };
}

export function isFaultCode(text: string): text is FaultCode {
  return Object.hasOwn(FAULTS, text);
}
