import type { Comparison, Condition, Operator, Value } from "#domain/plan.ts";

import { type Kind, ownerOf } from "../readers/fields.ts";
import { type Read, type Source, wordsOf } from "../source.ts";

/** What a condition speaks of. Inside a search, the searched entity's own fields stand without their entity. */
export interface Scope {
  readonly subject: Kind;
  readonly searched?: Kind | undefined;
  /** Behind a noun ("VPs in Toronto with …") comparisons stand side by side without an "and". */
  readonly isLoose?: boolean;
}

export type AtomReader = (source: Source, at: number, scope: Scope) => Read<Condition> | undefined;

/** A deal's size is its value, anybody else's the number of people. */
export function nameField(scope: Scope, name: string): string {
  const field = name === "size" ? (scope.subject === "deal" ? "value" : "employees") : name;
  return place(scope, ownerOf(field, scope.subject), field);
}

/** A company has these of its own. */
const SHARED = wordsOf("phone email linkedinUrl");

export function place({ searched }: Scope, owner: Kind, name: string): string {
  const field = name === "size" ? (owner === "deal" ? "value" : "employees") : name;
  const isOwn = owner === searched || (searched === "company" && SHARED.has(name));
  return isOwn ? field : `${owner}.${field}`;
}

/** A field written with its entity: `contact.title` is `title` in a search for contacts. */
export function placePath({ searched }: Scope, path: string): string {
  const bare = path.startsWith("@") ? path.slice(1) : path;
  return searched !== undefined && bare.startsWith(`${searched}.`)
    ? bare.slice(searched.length + 1)
    : bare;
}

/** A condition as it stands inside a search, whose own fields have no entity. */
export function placeIn(condition: Condition, kind: Kind): Condition {
  return mapFields(condition, (field) => placePath({ subject: kind, searched: kind }, field));
}

function mapFields(condition: Condition, map: (field: string) => string): Condition {
  if ("all" in condition) return { all: condition.all.map((one) => mapFields(one, map)) };
  if ("any" in condition) return { any: condition.any.map((one) => mapFields(one, map)) };
  if ("not" in condition) return { not: mapFields(condition.not, map) };
  return { ...condition, field: map(condition.field) };
}

/** A condition on somebody's own fields, as it stands outside of a search. */
export function placeAll(condition: Condition, kind: Kind): Condition {
  return mapFields(condition, (field) => (field.includes(".") ? field : `${kind}.${field}`));
}

export function compare(
  field: string,
  operator: Operator,
  value?: Value | readonly Value[],
): Comparison {
  return value === undefined ? { field, operator } : { field, operator, value };
}

export function exists(field: string): Comparison {
  return { field, operator: "exists" };
}

/** A flag turns round; everything else is put under `not`. */
export function negate(condition: Condition): Condition {
  if ("not" in condition) return condition.not;
  if ("field" in condition && typeof condition.value === "boolean") {
    return { ...condition, value: !condition.value };
  }
  return { not: condition };
}

export function negateIf(isNegated: boolean, condition: Condition): Condition {
  return isNegated ? negate(condition) : condition;
}

export function joinAll(conditions: readonly Condition[]): Condition {
  return join("all", conditions);
}

export function joinAny(conditions: readonly Condition[]): Condition {
  return join("any", conditions);
}

function join(kind: "all" | "any", conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((one) => partsOf(kind, one));
  const [first] = flat;
  if (flat.length === 1 && first !== undefined) return first;
  return kind === "all" ? { all: flat } : { any: flat };
}

function partsOf(kind: "all" | "any", condition: Condition): readonly Condition[] {
  if (kind === "all" && "all" in condition) return condition.all;
  return kind === "any" && "any" in condition ? condition.any : [condition];
}
