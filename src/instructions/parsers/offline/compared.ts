import type { Condition } from "#domain/plan.ts";

import { readComparison } from "./conditions/comparators.ts";
import { readQuantity } from "./conditions/quantities.ts";
import { negate } from "./conditions/scope.ts";
import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";

/** Conditions that speak of the field that was compared or looked at before. */

interface Asked {
  readonly condition: Condition;
}

/** "Below 50k: …", "if 50k–100k: …", of the field compared before. */
export function readRange(source: Source, at: number, compared?: string): Read<Asked> | undefined {
  const said = compared === undefined ? undefined : readQuantity(source, at, compared);
  const isAsked = said !== undefined && isBeforeMark(source, said.next);
  return isAsked ? { value: { condition: said.value }, next: said.next } : undefined;
}

const IT = pattern(
  "it|that|this|its|the [value|amount|number|score|one] [is|'s|was|are|has|have|does] [only|still]",
);

/** "if it is between 10k and 50k", of the field compared before. */
export function readOfCompared(
  source: Source,
  at: number,
  compared: string | undefined,
  isNegated: boolean,
): Read<Asked> | undefined {
  const it = matchAt(source, at, IT);
  if (it === undefined || compared === undefined) return undefined;
  const said =
    readQuantity(source, it.next, compared) ??
    (isWord(tokenAt(source, at), "it", "that", "this")
      ? readComparison(source, at + 1, compared, () => false)
      : undefined);
  if (said === undefined) return undefined;
  return { value: { condition: isNegated ? negate(said.value) : said.value }, next: said.next };
}

/** "if it is Retail" may be a company's name, but sooner what was compared before. */
export function isItsName(source: Source, at: number, condition: Condition): boolean {
  const isIt = isWord(tokenAt(source, at), "it", "that", "this");
  return isIt && "field" in condition && condition.field.endsWith(".name");
}

/** Whether a mark stands there, be it the one that the words end before. */
export function isBeforeMark({ tokens }: Source, at: number): boolean {
  return ["->", "?", ":", "="].includes(tokens[at]?.word ?? "");
}
