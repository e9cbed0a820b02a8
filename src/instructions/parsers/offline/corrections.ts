import { matchFirst, pattern } from "./pattern.ts";
import { readDuration } from "./readers/amounts.ts";
import { isWord, type Source, tokenAt } from "./source.ts";

/** Where somebody corrects himself: what stands behind it takes the place of the step before. */
const CHANGE = "[,] [let|lets] [us] [make|change|call] [it|that] [to|be]";
const CORRECTIONS = [
  `[oh|or|and|er|ah] actually|sorry|oops|nope|nvm|correction|hmm [,|:|–|-] [no|wait|sorry|actually] [,] [i] [mean|meant] ${CHANGE}`,
  `[oh|or|and|er|ah|hmm|oops] no|wait [,] no|wait|sorry|actually|make|scratch|hold [on] [that] [,] [i] [mean|meant] ${CHANGE}`,
  `[oh|or|and|er|ah|hmm|oops] no|wait ,|–|- [sorry|actually|i] [mean|meant] ${CHANGE}`,
  `[or|and|sorry|well] [,] i mean|meant [,|:] ${CHANGE}`,
  "or rather|better|actually [,]",
  `[no|actually|wait|or] [,] scratch|forget|strike that|it [,|.|–|-|:|;] ${CHANGE}`,
  "[actually|sorry|no|on] [second] [thought] [,] [let|lets] [us] make|change|call it|that [to|be]",
  `[on] second thought|thoughts ${CHANGE}`,
].map(pattern);

const WEAK = pattern("[oh|and|or] actually|sorry|oops|hmm|nope");

export interface Correction {
  readonly next: number;
  /** "Actually", "sorry" alone may also open a clause that corrects nothing. */
  readonly isWeak: boolean;
}

export function readCorrection(source: Source, at: number): Correction | undefined {
  const match = matchFirst(source, at, CORRECTIONS);
  if (match === undefined || match.next >= source.end || isApology(source, match.next))
    return undefined;
  const next = isWaiting(source, match.next - 1) ? match.next - 1 : match.next;
  const weak = matchFirst(source, at, [WEAK]);
  return { next, isWeak: weak !== undefined && weak.next + 1 >= next };
}

/** "Sorry, wait 3 days first": what is to be done. */
function isWaiting(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "wait") && readDuration(source, at + 1) !== undefined;
}

/** "Sorry for the long text" */
function isApology(source: Source, next: number): boolean {
  const isSorry = isWord(tokenAt(source, next - 1), "sorry");
  return isSorry && isWord(tokenAt(source, next), "for", "about", "if", "again");
}
