import type { Condition } from "#domain/plan.ts";

import { matchAt, pattern } from "../pattern.ts";
import { type Read, type Source, tokenAt } from "../source.ts";
import { compare, nameField, negateIf, type Scope } from "./scope.ts";

const NAMED = pattern("called|named|titled <text>");

/** "titled CEO", "named Acme". A person of one name goes by the first. */
export function readNamed(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
): Read<Condition> | undefined {
  const match = matchAt(source, at, NAMED);
  const text = match?.captures.text;
  if (match === undefined || text === undefined) return undefined;
  const isTitle = tokenAt(source, at).word === "titled" && scope.subject === "contact";
  const isFirst = scope.subject === "contact" && !/\s/.test(text);
  const compared = isTitle
    ? compare(nameField(scope, "title"), "contains", text)
    : compare(nameField(scope, isFirst ? "firstName" : "name"), "==", text);
  return { value: negateIf(isNegated, compared), next: match.next };
}
