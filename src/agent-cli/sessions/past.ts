/** What ran without Stint, as it can be taken into the history. */
import type { Verdict } from "../adapter.ts";
import type { CostSource } from "../events.ts";
import type { Round } from "../round.ts";

export interface PastRound {
  readonly prompt: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly completedAt: number;
  readonly round: Round;
  readonly verdict: Verdict;
  readonly costSource: CostSource | null;
}

export interface PastSession {
  readonly id: string;
  /** The folder that it worked in. */
  readonly folder: string;
  /** At least one. */
  readonly rounds: readonly PastRound[];
}
