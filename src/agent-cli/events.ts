/** What Agent CLIs say, in one form for all of them. */
import type { Permission } from "./permission.ts";
import type { TokenCounts } from "./tokens.ts";

/** Why a round did not succeed. */
export type Reason =
  | "api_error"
  | "rate_limit"
  | "auth"
  | "limit"
  | "budget"
  | "denied"
  | "refused"
  | "bad_session"
  | "bad_usage"
  | "interrupted"
  | "crash"
  | "no_closing_event";

/** `subscription`: nobody is charged by use, so a cost is what it would have been. */
export type Billing = "metered" | "subscription";

/** `whole` stands for itself, `piece`s are joined, a `preview` comes again in a whole. */
export type Form = "whole" | "piece" | "preview";

export type CostSource = "reported" | "price_table" | "unknown";

/** How a figure was had: told for this stretch alone, or by how far a running total has gone on. */
export type Counting = "told" | "difference" | "restarted";

interface Session {
  readonly type: "session";
  readonly id: string;
  readonly model: string | null;
  readonly version: string | null;
  readonly billing: Billing | null;
}

interface Words {
  readonly type: "text" | "thinking";
  readonly text: string;
  readonly form: Form;
  /** The call of the tool whose own agent says this; null: the agent itself. */
  readonly under: string | null;
}

interface ToolStarted {
  readonly type: "tool_started";
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly under: string | null;
}

interface ToolEnded {
  readonly type: "tool_ended";
  readonly id: string;
  /** Null: it is not said. */
  readonly ok: boolean | null;
  readonly output: string | null;
}

interface Retry {
  readonly type: "retry";
  readonly attempt: number | null;
  readonly of: number | null;
  readonly delayMs: number | null;
  /** HTTP. */
  readonly status: number | null;
  readonly message: string;
}

export interface Asked {
  readonly type: "asked";
  /** Names the question in the answer. */
  readonly request: string | number;
  readonly toolId: string | null;
  readonly tool: string;
  /** What the agent calls it, in its own words; it may be long, and hold secrets. */
  readonly title: string | null;
  readonly input: unknown;
  /** What the task would have to permit, and in its folder alone, so that nobody need be asked. */
  readonly needs: Permission;
  /** The files that it is about, as the agent names them. */
  readonly places: readonly string[];
  /** The answers that are offered, where the agent names them. */
  readonly options: readonly { readonly id: string; readonly kind: string }[];
}

interface Denied {
  readonly type: "denied";
  readonly toolId: string | null;
  readonly tool: string | null;
  readonly message: string | null;
  /** `rules`: nobody was asked. */
  readonly by: "rules" | "person";
}

interface Warning {
  readonly type: "warning";
  readonly message: string;
}

export interface End {
  readonly type: "end";
  readonly claim: "succeeded" | "failed" | "interrupted";
  readonly reason: Reason | null;
  readonly message: string | null;
  /** The final answer, where it is told once more. */
  readonly text: string | null;
  readonly turns: number | null;
  readonly ms: number | null;
}

/** A line that nobody understood: kept, never fatal. */
interface Unread {
  readonly type: "unread";
  readonly why: "not_json" | "not_known" | "too_long";
  /** Its beginning. */
  readonly head: string;
  readonly bytes: number;
  /** Of the whole line; where it was too long to be kept. */
  readonly sha256: string | null;
}

type Common =
  | Session
  | Words
  | ToolStarted
  | ToolEnded
  | Retry
  | Asked
  | Denied
  | Warning
  | End
  | Unread;

/** A figure as a line has it: of this stretch alone, or the running total of the whole session. */
type Scope = "stretch" | "session";

/** What a line says, before totals become differences and money is counted. */
export type Said =
  | Common
  | {
      readonly type: "usage";
      readonly model: string | null;
      readonly tokens: TokenCounts;
      readonly scope: Scope;
    }
  | {
      readonly type: "cost";
      readonly model: string | null;
      readonly dollars: number | null;
      readonly scope: Scope;
      /** The Agent CLI does not know the model's price and guessed. */
      readonly estimate: boolean;
    };

export type AgentEvent =
  | Common
  | {
      readonly type: "usage";
      readonly model: string | null;
      /** Of this stretch alone: they can be added up. */
      readonly tokens: TokenCounts;
      readonly counting: Counting;
      /** As it was told. */
      readonly told: TokenCounts;
    }
  | {
      readonly type: "cost";
      readonly model: string | null;
      /** Nano-dollars of this stretch alone; null: not known. */
      readonly nano: bigint | null;
      readonly source: CostSource;
      readonly counting: Counting;
      readonly estimate: boolean;
      /** Under a subscription: nobody is charged it. */
      readonly notional: boolean;
      /** Which price table, in which version. */
      readonly table: string | null;
    };
