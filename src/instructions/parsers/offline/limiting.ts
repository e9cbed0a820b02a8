import type { PlanStep } from "#domain/plan.ts";

import { matchFirst, pattern } from "./pattern.ts";
import { readNumber } from "./readers/amounts.ts";
import { readLimit } from "./readers/limits.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";

const COUNT_HEADS = [
  "[and|but] [please|let|lets] [us|'s] [only|just|please] keep|take|use|pick|choose|select|return|show|grab|limit|cap|restrict|give|stop [only|just|me|us] [this|that|the|it|them|those] [results|list|search|selection|number|whole|thing] [to|at|down] [to] [only|just] [the] [first|top|best|around|about|max|maximum]",
  "[but|and] do not take|get|return|fetch|pick|use|need|want|go|find [any] [more|over|above] [than]",
  "[but|and] [we|i] [only|just] [need|want|do] [not] [need|want] [only|just] [more] [than] [the] [first|top]",
].map(pattern);

const WITH_NUMBER =
  /^(?:to|at|only|just|first|top|max|maximum|than|limit|cap|take|pick|keep|need|want|use)$/;

const COUNTED = [
  "[of] [them|those|these|it|the] [results|contacts|companies|deals|people|leads|records|rows|hits|ones|entries|matches] [at] [the] [most|max|maximum|tops|only|total|please] [is|are|will|would|should|'s] [be|do] [more] [than] [plenty|enough|fine|ok|okay|sufficient|good|perfect] [for] [now|me|us|today|this|starters]",
].map(pattern);

const TAIL = [pattern("please|now|today|here|this [time|run|round]"), pattern("for now|today")];

const ENOUGH = new Set(
  "plenty enough fine ok okay sufficient do most max maximum tops only total".split(" "),
);

/** "Limit 20", "Pick 12 of them at most", "A hundred should be enough": how many, said behind the search. */
export function readCount(source: Source, at: number): Read<number> | undefined {
  const reads = [readLimit, readHeaded, readEnough].map((read) => read(source, at));
  return reads.reduce((best, read) => ((read?.next ?? at) > (best?.next ?? at) ? read : best));
}

function readHeaded(source: Source, at: number): Read<number> | undefined {
  const head = matchFirst(source, at, COUNT_HEADS);
  if (head === undefined || head.next === at) return undefined;
  return readLimit(source, head.next) ?? readWhole(source, head.next, head.next - 1);
}

function readWhole(source: Source, at: number, before: number): Read<number> | undefined {
  const number = readNumber(source, at);
  if (number === undefined || !Number.isInteger(number.value)) return undefined;
  const next = skipCounted(source, number.next);
  const isTold = WITH_NUMBER.test(tokenAt(source, before).word);
  return isTold || next > number.next ? { value: number.value, next } : undefined;
}

function readEnough(source: Source, at: number): Read<number> | undefined {
  const number = readNumber(source, at);
  if (number === undefined || !Number.isInteger(number.value)) return undefined;
  const next = skipCounted(source, number.next);
  if (next >= source.end) return { value: number.value, next };
  for (let word = number.next; word < next; word++)
    if (ENOUGH.has(tokenAt(source, word).word)) return { value: number.value, next };
  return undefined;
}

function skipCounted(source: Source, at: number): number {
  const next = matchFirst(source, at, COUNTED)?.next ?? at;
  return matchFirst(source, next, TAIL)?.next ?? next;
}

type Limited = Extract<PlanStep, { params: { limit?: number | undefined } }>;

export function takesLimit(planStep: PlanStep): planStep is Limited {
  return planStep.type === "web_search" || planStep.type.startsWith("search_");
}

/** "Anyone in Berlin gets 'X', max 250": how many, said at the clause's end, is of the search; and where the clause ends then. */
export function limitBehind(
  source: Source,
  { value, next }: Read<readonly PlanStep[]>,
): Read<readonly PlanStep[]> {
  const last = value.at(-1);
  if (last === undefined || !takesLimit(last)) return { value, next: source.end };
  for (let at = next; at < source.end; at++) {
    if (!isWord(tokenAt(source, at), ",", "(", "-", "–")) continue;
    const start = isWord(tokenAt(source, at), "(") ? at : at + 1;
    const limit = readLimit(source, start);
    if (limit === undefined || limit.next < source.end) continue;
    const limited = { ...last, params: { ...last.params, limit: limit.value } } as PlanStep;
    return { value: [...value.slice(0, -1), limited], next: at };
  }
  return { value, next: source.end };
}
