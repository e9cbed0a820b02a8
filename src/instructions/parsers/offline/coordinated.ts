import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";

/** What opens a sentence whose acts are told as gerunds. */
const OPENING = pattern(
  "[please|hi|hey|hello|so|then|team|could|,] [,] [(would|do you mind / how|what about / i|we [would|'d] suggest|recommend|propose|appreciate [you] / start|begin|kick [off|out] by|with)]",
);
const LINKS = ["and", "then", ",", "&"];
const ENDS = [".", "!", "?", ";", "\n"];

type IsVerb = (source: Source, at: number) => boolean;

/** "Would you mind finding contacts in Dublin and inviting them": in a sentence that opens with a gerund another one begins a clause. */
export function isFurtherGerund(source: Source, at: number, isVerb: IsVerb): boolean {
  if (!isWord(tokenAt(source, at - 1), ...LINKS) || !isGerund(source, at, isVerb)) return false;
  let start = at;
  while (start > 0 && !isWord(tokenAt(source, start - 1), ...ENDS)) start -= 1;
  const first = matchAt(source, start, OPENING)?.next ?? start;
  return first < at && isGerund(source, first, isVerb);
}

const isGerund = (source: Source, at: number, isVerb: IsVerb): boolean =>
  tokenAt(source, at).word.endsWith("ing") && isVerb(source, at);
