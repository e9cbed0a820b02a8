import { isStart } from "./links.ts";
import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";

const NAMED = pattern(
  "[the|this|our|my|new] [sales|email|outreach|nurture] sequence|cadence|campaign|workflow|flow|playbook|automation|agent|program|programme|drip|series|plan [called|named|:]",
);

/** "Sequence 'Enterprise': …", "'Win-back': …": the name of the whole, where the text begins. */
export function skipTitle(source: Source, at: number): number {
  const name = matchAt(source, at, NAMED)?.next ?? at;
  const isName = tokenAt(source, name).kind === "quoted" && isWord(tokenAt(source, name + 1), ":");
  const isOfAll = name > at || (at === 0 && isStart(source, name + 2));
  return isName && isOfAll ? name + 2 : at;
}
