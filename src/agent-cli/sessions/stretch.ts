import type { AnswerLine, PromptLine, SessionLine } from "./session-line.ts";

/** A round as its lines have it. */
export interface Stretch {
  readonly prompt: PromptLine | null;
  readonly lines: Exclude<SessionLine, { readonly type: "cost" | "prompt" }>[];
  /** Answers of agents that it has called, too; each once. */
  readonly answers: Map<string, AnswerLine>;
  /** What its process said it has cost, where that is told for this round alone. */
  dollars: number | null;
}
