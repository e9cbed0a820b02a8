/** What is to be known of how an execution's processes ended, in words. */
import type { Found } from "./supervisor/lost.ts";
import type { Exit, Left } from "./supervisor/supervise.ts";

/** "12 (sudo), 14 (sh)" */
const named = (all: readonly Left[]): string =>
  all.map(({ pid, name }) => `${pid} (${name})`).join(", ");

const ABOUT =
  "When it ended is not known: it was gone when Stint came back, and the time is that of the last that is known of it.";

export function exitWarnings({ left, isAbout }: Exit): readonly string[] {
  return [...(left.length > 0 ? [leftWords(left)] : []), ...(isAbout ? [ABOUT] : [])];
}

const leftWords = (left: readonly Left[]): string =>
  `Nothing could end ${named(left)}: see what it does, and end it yourself.`;

/** Of one whose files are gone. */
export function lostWords({ ended, left }: Found): string {
  if (ended.length + left.length === 0)
    return "Nothing is left of its process and of what it said.";
  const what = ended.length === 0 ? [] : [`What still ran of it was ended: ${named(ended)}.`];
  const rest = left.length === 0 ? [] : [leftWords(left)];
  return ["Nothing is left of what it said.", ...what, ...rest].join(" ");
}
