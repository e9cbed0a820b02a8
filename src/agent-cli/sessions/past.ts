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
  /** What it wrote, in the form of its Agent CLI: its last lines. */
  readonly output: string;
}

export interface PastSession {
  readonly id: string;
  /** By its name, or `command`. */
  readonly cli: string;
  /** With `command`: its words. */
  readonly command?: readonly string[];
  /** Where a message goes on with it. */
  readonly session?: string;
  readonly label?: string;
  /** The folder that it worked in. */
  readonly folder: string;
  /** At least one. */
  readonly rounds: readonly PastRound[];
}
