/**
 * A condition as SQL that holds for exactly the rows for which `evaluateCondition` holds. Which fields
 * are known is known before any row is read, so an unknown comparison is simply false here: NOT stands
 * only before comparisons, and what is unknown under it stays so. Every predicate answers 0 or 1, never
 * null.
 */
import { type RawBuilder, sql } from "kysely";

import type { Entity } from "#domain/catalogue.ts";
import {
  evaluateCondition,
  expectedOf,
  type Look,
  type Moment,
  type PushedDown,
  pushDownNot,
} from "#domain/conditions.ts";
import type { Comparison, Condition } from "#domain/plan.ts";

import { findField, type Found } from "./field-names.ts";
import { type CustomField, FULL_NAME } from "./fields.ts";
import type { People } from "./look.ts";
import { compareSql } from "./search-compare.ts";
import { FALSE, type Predicate, TRUE } from "./search-predicates.ts";

export interface Search {
  readonly entity: Entity;
  readonly customFields: readonly CustomField[];
  readonly moment: Moment;
  /** What is not the CRM's: `@memory.x`, `@form.email`, and fields that are the same for every row. */
  readonly look: Look;
  readonly people: People;
}

export interface CompiledSearch {
  readonly predicate: Predicate;
  /** The related tables that it speaks of. */
  readonly joins: ReadonlySet<Entity>;
  readonly warnings: readonly string[];
}

export function compileCondition(condition: Condition | undefined, search: Search): CompiledSearch {
  const notes = { joins: new Set<Entity>(), warnings: new Set<string>() };
  const predicate =
    condition === undefined ? TRUE : compilePart(pushDownNot(condition), search, notes);
  return { predicate, joins: notes.joins, warnings: [...notes.warnings] };
}

/** What is found out on the way. */
interface Notes {
  readonly joins: Set<Entity>;
  readonly warnings: Set<string>;
}

function compilePart(part: PushedDown, search: Search, notes: Notes): Predicate {
  const compile = (inner: PushedDown): Predicate => compilePart(inner, search, notes);
  if ("all" in part) return join(part.all.map(compile), sql` and `, TRUE);
  if ("any" in part) return join(part.any.map(compile), sql` or `, FALSE);
  const [comparison, isNegated] = "not" in part ? [part.not, true] : [part, false];
  const predicate = compileComparison(comparison, search, notes);
  if (predicate === undefined) return FALSE;
  return isNegated ? sql`not ${predicate}` : predicate;
}

/** Undefined where it is unknown. */
function compileComparison(
  comparison: Comparison,
  search: Search,
  notes: Notes,
): Predicate | undefined {
  const name = comparison.field.replace(/^@/, "");
  const found = findField(search.entity, name, search.customFields);
  if (found === undefined) return judgeOutside(comparison, search, notes);
  const wanted = expectedOf(comparison, search.look);
  if (!wanted.known) {
    notes.warnings.add(`Field '${wanted.name}' not found. Defaulting to false.`);
    return undefined;
  }
  const expected = wanted.value;
  if (found.entity !== search.entity) notes.joins.add(found.entity);
  const column = columnOf(found, search.people);
  return compareSql({ found, column, operator: comparison.operator, expected }, search.moment);
}

/** A field of no row (`memory.touches`) holds or not for all of them. */
function judgeOutside(
  comparison: Comparison,
  { look, moment }: Search,
  notes: Notes,
): Predicate | undefined {
  const { outcome, warnings } = evaluateCondition(comparison, look, moment);
  for (const warning of warnings) notes.warnings.add(warning);
  if (outcome === "unknown") return undefined;
  return outcome === "true" ? TRUE : FALSE;
}

function join(parts: readonly Predicate[], word: RawBuilder<unknown>, none: Predicate): Predicate {
  if (parts.length === 0) return none;
  return sql<number>`(${sql.join(parts, word)})`;
}

function columnOf({ entity, kind, field, custom }: Found, people: People): RawBuilder<unknown> {
  const table = sql.table(entity);
  if (custom !== undefined) return sql`json_extract(${table}.custom, ${`$."${custom.name}"`})`;
  if (field?.column === FULL_NAME) {
    return sql`trim(coalesce(${table}.first_name, '') || ' ' || coalesce(${table}.last_name, ''))`;
  }
  const column = sql`${table}.${sql.ref(field?.column ?? "id")}`;
  return kind === "owner" ? nameOfOwner(column, people) : column;
}

function nameOfOwner(owner: RawBuilder<unknown>, people: People): RawBuilder<unknown> {
  const names = JSON.stringify(Object.fromEntries(people));
  return sql`coalesce((select value from json_each(${names}) where key = ${owner}), ${owner})`;
}
