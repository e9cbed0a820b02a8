/** What options of several commands have in common. */
import { InvalidArgumentError } from "commander";

export const DATA = "./data";

/** Of commands that speak to whoever holds the executions: `reach.ts` says in which order it looks. */
export const PLACE = "the data folder (default: STINT_URL, STINT_DATA, ./data, your own)";
export const WORKSPACE = "the workspace's name or id; not needed where there is one";

export function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError("It is a whole number from 1.");
}
