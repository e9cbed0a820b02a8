/** A language model as the parser sees it: it is asked for one JSON answer, and says how it came to an end. */
import type { Tokens } from "#domain/spending.ts";

/** Who said what, oldest first. */
export type Turn = readonly ["system" | "human" | "ai", string];

export interface Said {
  /** Undefined where it said no whole JSON. */
  readonly json: unknown;
  /** As it came; empty where the provider gives the JSON alone. */
  readonly text: string;
  readonly ended: "whole" | "cut" | "blocked" | "malformed";
  /** The model that answered, where the provider says so: it may be another than the one that was asked. */
  readonly model: string | null;
  readonly tokens: Tokens;
}

export interface Chat {
  /** The id of the model, as it is configured. */
  readonly model: string;
  /** @throws whatever its provider throws; `troubleOf` says what that means */
  readonly ask: (turns: readonly Turn[], signal: AbortSignal) => Promise<Said>;
}
