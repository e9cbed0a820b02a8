import { prepareValues, type Problem, writableField } from "#crm/prepare.ts";
import type { ParamsOf } from "#domain/plan.ts";
import { findVariables } from "#domain/variables.ts";

import type { Case, Check, Finding } from "./asked.ts";
import { fieldNames } from "./field-names.ts";

/** What is written is a field of the entity, or one that the workspace has defined, and can take the value. */
export const fieldsWritten: Check = (asked) =>
  asked.steps.flatMap(({ path, planStep }) =>
    planStep.type === "update_field" ? refuseWriting(asked, path, planStep.params) : [],
  );

type Writing = ParamsOf<"update_field">;

function refuseWriting(asked: Case, path: string, writing: Writing): readonly Finding[] {
  const { entity, value } = writing;
  const { customFields, moment } = asked.known;
  const name = fullName(writing);
  const target = writableField(entity, name, customFields);
  if ("message" in target) return [refuseField(asked, path, writing, target)];
  if (typeof value === "string" && findVariables(value).length > 0) return [];
  const [problem] = prepareValues(entity, customFields, { [name]: value }, moment).problems;
  if (problem === undefined) return [];
  return [
    {
      path,
      severity: "error",
      code: "value_invalid",
      message: problem.message,
      suggestion: "Correct the value in the instructions.",
      name: String(value),
      among: target.custom?.options ?? [],
    },
  ];
}

function fullName({ field, custom }: Writing): string {
  return custom === true && !/(^|\.)custom\./i.test(field) ? `custom.${field}` : field;
}

function refuseField(
  { known }: Case,
  path: string,
  { entity, field, custom }: Writing,
  { message, isUnknown }: Problem,
): Finding {
  const found = { path, severity: "error", message, name: field } as const;
  if (isUnknown !== true) {
    const suggestion = "Take this step out: Stint keeps the field itself.";
    return { ...found, code: "field_read_only", suggestion };
  }
  const names = fieldNames(entity, known.customFields, custom === true ? "custom" : "writable");
  const suggestion = "Create the custom field under Settings, or correct its name.";
  return { ...found, code: "field_not_found", suggestion, among: names };
}
