/** What options of several commands have in common. */
import { InvalidArgumentError } from "commander";

export const DATA = "./data";

export function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError("It is a whole number from 1.");
}
