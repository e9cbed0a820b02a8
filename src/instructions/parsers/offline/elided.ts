import type { PlanStep } from "#domain/plan.ts";

import { boundaryAt, clauseEnd } from "./boundaries.ts";
import type { Context } from "./clause.ts";
import { FAMILIES } from "./families.ts";
import { isStart } from "./links.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "./source.ts";

const ELIDING = new Set(["update_field", "remember"]);
const DETERMINED = ["the", "this", "that", "its", "their", "our"];

/** "Mark the contact as Active and the company as Customer": what follows leaves out the verb, and is read with it. */
export function readElided(
  source: Source,
  at: number,
  first: Read<readonly PlanStep[]>,
  context: Context,
): Read<readonly PlanStep[]> {
  const type = first.value.at(-1)?.type ?? "";
  const start = linkEnd(source, first.next);
  if (start === undefined || !ELIDING.has(type) || !mayElide(source, start)) return first;
  const more = readAlike(withVerb(source, at, start), start, type, context);
  if (more === undefined) return first;
  return { value: [...first.value, ...more.value], next: more.next - 1 };
}

/** The clause as an act of that kind. */
function readAlike(
  source: Source,
  at: number,
  type: string,
  context: Context,
): Read<readonly PlanStep[]> | undefined {
  for (const family of FAMILIES) {
    const read = family.read(source, at, context);
    const isAlike = read?.value.every((step) => step.type === type) ?? false;
    if (read !== undefined && isAlike && read.next > at + 2) return read;
  }
  return undefined;
}

function mayElide(source: Source, start: number): boolean {
  return isWord(tokenAt(source, start), ...DETERMINED) && !isStart(source, start);
}

/** Behind "and" or a comma, which the clause before may have passed already. */
function linkEnd(source: Source, next: number): number | undefined {
  if (isWord(tokenAt(source, next), "and", ",", "&")) return next + 1;
  return isWord(tokenAt(source, next - 1), "and", ",", "&") ? next : undefined;
}

function withVerb(source: Source, at: number, start: number): Source {
  const before = source.tokens.slice(0, start);
  const rest = source.tokens.slice(start, source.end);
  const tokens = [...before, ...source.tokens.slice(at, at + 1), ...rest];
  return { ...source, tokens, end: tokens.length };
}

/** What people do: behind a plain "and" it goes on with a task or a message, where no action could carry it out. */
const WORK = wordsOf(
  "send prepare review share discuss confirm ask offer check update follow get schedule write note add log bring make leave mention explain propose pitch introduce collect capture agree talk thank congratulate",
);

/** Whether the clause that ends here goes on: "create a task to call them and send the contract". */
export function goesOnWithWork(
  source: Source,
  end: number,
  steps: readonly PlanStep[],
  context: Context,
): boolean {
  const type = steps.at(-1)?.type;
  const { word } = tokenAt(source, end);
  const next = boundaryAt(source, end)?.next ?? source.end;
  const isPlain = word === "and" && next === end + 1 && WORK.has(tokenAt(source, next).word);
  if (!isPlain || !(type === "create_task" || type === "notify")) return false;
  const clause = within(source, clauseEnd(source, next));
  return FAMILIES.every((family) => (family.read(clause, next, context)?.next ?? 0) < clause.end);
}
