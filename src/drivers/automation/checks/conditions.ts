import { findField, type Found } from "#crm/field-names.ts";
import { nameOf } from "#crm/field-values.ts";
import type { FieldKind } from "#crm/fields.ts";
import { readAmount } from "#domain/amounts.ts";
import { momentsOf } from "#domain/comparing.ts";
import type { Moment } from "#domain/conditions.ts";
import type { Value } from "#domain/plan.ts";
import { variableOf } from "#domain/variables.ts";

import type { Case, Check, Finding } from "./asked.ts";
import { comparisonsIn, type Placing } from "./comparisons.ts";
import { fieldNames, qualifiedNames } from "./field-names.ts";

/** Fields that are no entity's; others look after them. */
const ELSEWHERE = /^(?:memory|form|search|user)\b/i;

/** What a condition asks for is there, and what it compares with can be met; else it never holds. */
export const conditions: Check = (asked) =>
  comparisonsIn(asked).flatMap((placing) => {
    const field = placing.comparison.field.replace(/^@/, "");
    if (ELSEWHERE.test(field)) return [];
    const found = findField(placing.entity, field, asked.known.customFields);
    return found === undefined
      ? [unknownField(asked, placing, field)]
      : neverMet(asked, placing, found);
  });

function unknownField({ known }: Case, { path, entity }: Placing, field: string): Finding {
  const names = field.includes(".")
    ? qualifiedNames(known.customFields)
    : fieldNames(entity, known.customFields);
  return {
    path,
    severity: "warning",
    code: "unknown_field",
    message: `Field '${field}' not found. Defaulting to false.`,
    suggestion: "Correct its name, or create the custom field under Settings.",
    name: field,
    among: names,
  };
}

type CanBe = (value: string, moment: Moment) => boolean;

/** What a text must be to be compared with a field of the kind. */
const TYPED: Readonly<Partial<Record<FieldKind, { readonly is: string; readonly canBe: CanBe }>>> =
  {
    number: { is: "a number", canBe: (value) => readAmount(value) !== undefined },
    flag: { is: "true or false", canBe: (value) => /^(?:true|false|yes|no)$/i.test(value.trim()) },
    time: { is: "a date", canBe: (value, moment) => momentsOf(value, moment) !== undefined },
    day: { is: "a date", canBe: (value, moment) => momentsOf(value, moment) !== undefined },
  };

function neverMet(
  { known }: Case,
  { path, comparison }: Placing,
  found: Found,
): readonly Finding[] {
  const { operator, value } = comparison;
  if (value === undefined || operator === "contains") return [];
  const values: readonly Value[] = Array.isArray(value) ? value : [value as Value];
  const odd = values.find((one) => typeof one === "string" && !fits(one, found, known.moment));
  if (odd === undefined) return [];
  const name = nameOf(found);
  const options = found.custom?.options ?? [];
  const is = TYPED[found.kind]?.is ?? `one of ${options.join(", ")}`;
  return [
    {
      path,
      severity: "warning",
      code: "never_holds",
      message: `${name} is ${is}; "${String(odd)}" is not, so nothing is equal to it.`,
      suggestion: "Correct the value in the instructions.",
      name: String(odd),
      among: options,
    },
  ];
}

function fits(value: string, { kind, custom }: Found, moment: Moment): boolean {
  if (value.trim() === "" || variableOf(value) !== undefined) return true;
  if (custom?.type === "select") {
    return custom.options.some((one) => one.toLowerCase() === value.trim().toLowerCase());
  }
  return TYPED[kind]?.canBe(value, moment) ?? true;
}
