import { findField } from "#crm/field-names.ts";
import { prepareValues, writableField } from "#crm/prepare.ts";
import { nearest } from "#domain/nearest.ts";
import type { ParamsOf } from "#domain/plan.ts";
import { findVariables } from "#domain/variables.ts";

import type { Case, Check, Finding } from "./asked.ts";
import { fieldNames } from "./field-names.ts";

/** What is written is a field of the entity, or one that the workspace has defined, and can take the value. */
export const fieldsWritten: Check = (asked) =>
  asked.steps.flatMap(({ path, planStep }) =>
    planStep.type === "update_field" ? refuseWriting(asked, path, planStep.params) : [],
  );

function refuseWriting(
  { known }: Case,
  path: string,
  { entity, field, value, custom }: ParamsOf<"update_field">,
): readonly Finding[] {
  const { customFields, moment } = known;
  const name = custom === true && !/(^|\.)custom\./i.test(field) ? `custom.${field}` : field;
  const target = writableField(entity, name, customFields);
  const found = { path, severity: "error", name: field } as const;
  if ("message" in target) {
    const isMissing = target.isUnknown === true;
    const names = fieldNames(entity, customFields, custom === true ? "custom" : "writable");
    return [
      {
        ...found,
        code: isMissing ? "field_not_found" : "field_read_only",
        message: target.message,
        suggestion: isMissing
          ? "Create the custom field under Settings, or correct its name."
          : "Take this step out: Stint keeps the field itself.",
        meant: isMissing ? nearest(field, names) : undefined,
      },
    ];
  }
  if (typeof value === "string" && findVariables(value).length > 0) return [];
  const [problem] = prepareValues(entity, customFields, { [name]: value }, moment).problems;
  if (problem === undefined) return [];
  const options = findField(entity, name, customFields)?.custom?.options ?? [];
  return [
    {
      ...found,
      name: String(value),
      code: "value_invalid",
      message: problem.message,
      suggestion: "Correct the value in the instructions.",
      meant: nearest(String(value), options),
    },
  ];
}
