import { matchFirst, pattern } from "../pattern.ts";
import type { Source } from "../source.ts";

/** By whom something is said to be done: "whom we emailed", "nobody has called", "they replied". */
export interface Agent {
  readonly next: number;
  /** Whether it is ourselves, so that what is owned is owned by who wrote it. */
  readonly isUs: boolean;
  readonly isNobody: boolean;
}

const NOBODY = [
  "[who|that|whom|which] nobody|noone|no-one [else] [of|on|in|from] [us|here|our|the] [team|side|sales]",
  "[who|that|whom|which] no one|rep|body [else] [of|on|in|from] [us|here|our|the] [team|side|sales]",
  "[who|that|whom|which] none of us",
].map(pattern);
const US = [
  "[who|that|whom|which] we|i|you",
  "[who|that|whom|which] our|the team|reps|sales [team|reps]",
  "[who|that|whom|which] (anyone / anybody / somebody / someone) [else] [of|on|in|from] us|here|our|the [team|side|sales]",
].map(pattern);
const THEMSELVES = pattern("who|that|whom|which");

export function readAgent(source: Source, at: number): Agent {
  const nobody = matchFirst(source, at, NOBODY);
  if (nobody !== undefined) return { next: nobody.next, isUs: false, isNobody: true };
  const us = matchFirst(source, at, US);
  if (us !== undefined) return { next: us.next, isUs: true, isNobody: false };
  const next = matchFirst(source, at, [THEMSELVES])?.next ?? at;
  return { next, isUs: false, isNobody: false };
}
