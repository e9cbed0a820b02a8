import type { Condition } from "#domain/plan.ts";

import { readCondition } from "../conditions/expression.ts";
import { isRegion } from "../conditions/places.ts";
import { compare, joinAny, negate, place, type Scope } from "../conditions/scope.ts";
import { matchFirst, pattern } from "../pattern.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import { readList } from "../readers/values.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { readWhom } from "./whom.ts";

const EXCEPT = [
  "[,|\\(|–|-] [but|and] except|excluding|excl|minus|besides|save|barring|ignoring|omitting|skipping|dropping [for|out|from|over|of|to] [:]",
  "[,|\\(|–|-] [but|and] other|apart|aside than|from",
  "[,|\\(|–|-] [but|and] leaving|filtering|weeding|taking out|off|aside",
  "[,|\\(|–|-] [but|and] not|without including|counting",
  "[,|\\(|–|-] but|and not",
  "[,|\\(|–|-] with the exception of",
  "[,|\\(|–|-] but|and no",
  "but",
].map(pattern);

/** "…, except those tagged Partner", "apart from Madrid", "but not VPs": who is left out of what is searched for. */
export function readException(
  source: Source,
  at: number,
  scope: Scope,
  before: readonly Condition[],
): Read<Condition> | undefined {
  const match = matchFirst(source, at, EXCEPT);
  if (match === undefined) return undefined;
  const isBare = isWord(tokenAt(source, match.next - 1), "not", "no", "but");
  const whom =
    readWhom(source, match.next, scope) ??
    (isBare ? undefined : readCondition(source, match.next, scope)) ??
    readPlaceAgain(source, match.next, scope, before);
  if (whom === undefined) return undefined;
  const isClosed = isWord(tokenAt(source, at), "(") || isWord(tokenAt(source, at + 1), "(");
  const closing = isClosed && isWord(tokenAt(source, whom.next), ")") ? 1 : 0;
  return { value: negate(whom.value), next: whom.next + closing };
}

/** "in Spain apart from Madrid": a place inside of the one that was named before. */
function readPlaceAgain(
  source: Source,
  at: number,
  scope: Scope,
  before: readonly Condition[],
): Read<Condition> | undefined {
  const isPlaced = before.some(isPlace);
  const list = isPlaced && tokenAt(source, at).isCapital ? readList(source, at) : undefined;
  if (list === undefined) return undefined;
  return { value: joinAny(list.value.flatMap((name) => namedBy(name, scope))), next: list.next };
}

/** "in Rome but Acme": a name that is known for no place may be a company's, too. */
function namedBy(name: string, scope: Scope): readonly Condition[] {
  if (isCountry(name)) return [compare("country", "==", name)];
  if (isRegion(name)) return [compare("region", "==", name)];
  const inCity = compare("city", "==", name);
  return isCity(name) ? [inCity] : [inCity, compare(place(scope, "company", "name"), "==", name)];
}

function isPlace(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(isPlace);
  return "field" in condition && ["city", "country", "region"].includes(condition.field);
}
