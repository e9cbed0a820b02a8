import type { Condition } from "#domain/plan.ts";

import { type Match, matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Read, type Source, tokenAt } from "../source.ts";
import { compare, negateIf, type Scope } from "./scope.ts";

/** "in @memory.contacted", "in memory as contacted": what was remembered holds it. */
export function readMember(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
): Read<Condition> | undefined {
  const match = matchAt(source, at, MEMBER);
  const read = match === undefined ? readMemoryName(source, at, scope) : memberOf(match, scope);
  return read === undefined
    ? undefined
    : { value: negateIf(isNegated, read.value), next: read.next };
}

const MEMBER = pattern(
  "[listed|stored|saved|kept|found|present] in|on|part|from [of] [the|our] [list|memory] [of] <variable>",
);

function memberOf({ captures, next }: Match, { subject }: Scope): Read<Condition> {
  return { value: compare(subject, "in", captures.variable ?? ""), next };
}

const REMEMBERED = ["in|on memory [list] [as|under|called] <text>"].map(pattern);

function readMemoryName(
  source: Source,
  at: number,
  { subject }: Scope,
): Read<Condition> | undefined {
  const { word, text } = tokenAt(source, at + 1);
  if (tokenAt(source, at).word === "in" && word.startsWith("memory.")) {
    return { value: compare(subject, "in", `@${text}`), next: at + 2 };
  }
  const match = matchFirst(source, at, REMEMBERED);
  if (match?.captures.text === undefined) return undefined;
  return { value: compare(subject, "in", `@memory.${match.captures.text}`), next: match.next };
}
