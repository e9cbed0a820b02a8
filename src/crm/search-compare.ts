import { sql } from "kysely";

import { compareValues, fold, isEmpty, momentsEqual, momentsOf } from "#domain/comparing.ts";
import type { Known, Moment } from "#domain/conditions.ts";
import type { Operator } from "#domain/plan.ts";

import type { Found } from "./field-names.ts";
import type { FieldKind } from "./fields.ts";
import {
  type Column,
  dayAtLeast,
  FALSE,
  listOf,
  listParameter,
  not,
  orElse,
  parameter,
  type Predicate,
  timeAtLeast,
} from "./search-predicates.ts";

/** One comparison of a column with what the condition expects. */
export interface Compare {
  readonly found: Found;
  readonly column: Column;
  readonly operator: Operator;
  readonly expected: Known;
}

type Compiler = (compare: Compare, moment: Moment) => Predicate;

export function compareSql(compare: Compare, moment: Moment): Predicate {
  const { operator, expected } = compare;
  if (operator === "contains" && Array.isArray(expected)) {
    return anyOf(listOf(expected).map((one) => compareSql({ ...compare, expected: one }, moment)));
  }
  if (operator === "!=") {
    return not(COMPILERS[compare.found.kind]({ ...compare, operator: "==" }, moment));
  }
  return COMPILERS[compare.found.kind](compare, moment);
}

const COMPILERS: Readonly<Record<FieldKind, Compiler>> = {
  text: compareText,
  owner: compareText,
  id: compareId,
  number: compareNumber,
  flag: compareFlag,
  time: compareDate,
  day: compareDate,
  tags: compareTags,
};

function compareText({ column, operator, expected }: Compare): Predicate {
  if (operator === "exists") return sql`(coalesce(${column}, '') <> '')`;
  if (operator !== "in") {
    return sql<number>`text_holds(${operator}, ${column}, ${parameter(expected)})`;
  }
  const list = listParameter(expected);
  return sql`(exists (select 1 from json_each(${list}) where text_holds('==', ${column}, value)))`;
}

/** Ids are compared as they are, so that a list of thousands costs one look-up a row. */
function compareId(compare: Compare): Predicate {
  const { column, operator, expected } = compare;
  if (operator === "==") {
    return isEmpty(expected) ? FALSE : orElse(sql`${column} = ${fold(expected)}`, false);
  }
  if (operator !== "in") return compareText(compare);
  const ids = JSON.stringify(listOf(expected).map(fold));
  return orElse(sql`${column} in (select value from json_each(${ids}))`, false);
}

const ORDERINGS = { ">": sql`>`, "<": sql`<`, ">=": sql`>=`, "<=": sql`<=`, "==": sql`=` } as const;

function compareNumber(compare: Compare): Predicate {
  const { column, operator, expected } = compare;
  if (operator === "exists") return sql`(${column} is not null)`;
  const isNative = operator !== "in" && operator !== "contains" && operator !== "!=";
  if (!isNative || typeof expected !== "number") return compareText(compare);
  return orElse(sql`${column} ${ORDERINGS[operator]} ${expected}`, false);
}

function compareFlag(compare: Compare, moment: Moment): Predicate {
  const { column, operator, expected } = compare;
  const isTrue = (one: Known): boolean => compareValues("==", true, one, moment, "flag");
  const is = (one: Known): Predicate =>
    sql`(coalesce(${column}, 0) = ${sql.lit(isTrue(one) ? 1 : 0)})`;
  if (operator === "exists") return sql`(${column} is not null)`;
  if (operator === "==") return is(expected);
  if (operator === "in") return anyOf(listOf(expected).map(is));
  const word = sql`(case ${column} when 1 then 'true' when 0 then 'false' end)`;
  return compareText({ ...compare, column: word });
}

function anyOf(parts: readonly Predicate[]): Predicate {
  return parts.length === 0 ? FALSE : sql`(${sql.join(parts, sql` or `)})`;
}

function compareDate(compare: Compare, moment: Moment): Predicate {
  const { column, operator, expected } = compare;
  if (operator === "exists") return sql`(${column} is not null)`;
  if (operator === "contains") return compareText(compare);
  const equals = (one: Known): Predicate => equalsDate(compare, one, moment);
  if (operator === "in") return anyOf(listOf(expected).map(equals));
  if (operator === "==") return equals(expected);
  const wanted = momentsOf(expected, moment);
  if (wanted === undefined) return FALSE;
  const isDay = wanted.from !== wanted.to;
  const after = isDay ? wanted.to : wanted.from + 1;
  if (operator === ">=") return orElse(atLeast(compare, wanted.from, moment), false);
  if (operator === ">") return orElse(atLeast(compare, after, moment), false);
  // Never is before every moment.
  const bound = operator === "<" ? wanted.from : after;
  return orElse(sql`not ${atLeast(compare, bound, moment)}`, true);
}

function equalsDate(compare: Compare, expected: Known, moment: Moment): Predicate {
  const wanted = momentsEqual(expected, moment);
  if (wanted === undefined) return FALSE;
  const { from, to } = wanted;
  const end = from === to ? from + 1 : to;
  const begins = atLeast(compare, from, moment);
  return orElse(sql`(${begins} and not ${atLeast(compare, end, moment)})`, false);
}

function atLeast({ found, column }: Compare, at: number, moment: Moment): Column {
  return found.kind === "day" ? dayAtLeast(column, at, moment) : timeAtLeast(column, at);
}

/** Tags are few and their carriers many: the tag is found by its key, then the carrier by both. */
function compareTags({ found, column, operator, expected }: Compare): Predicate {
  const carried = sql`select 1 from entity_tag
    where entity_tag.ws = ${sql.table(found.entity)}.ws and entity_tag.entity_id = ${column}`;
  if (operator === "exists") return sql`(exists (${carried}))`;
  if (operator === "contains") {
    if (isEmpty(expected)) return FALSE;
    return sql`(exists (${carried} and entity_tag.tag = ${fold(expected)}))`;
  }
  if (operator !== "==" && operator !== "in") return FALSE;
  const list = operator === "in" ? listParameter(expected) : JSON.stringify([parameter(expected)]);
  return sql`(exists (${carried} and exists (select 1 from tag, json_each(${list}) as wanted
    where tag.ws = entity_tag.ws and tag.key = entity_tag.tag
      and text_holds('==', tag.name, wanted.value))))`;
}
