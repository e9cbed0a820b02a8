import { findField } from "#crm/field-names.ts";
import { tagNames } from "#crm/tags.ts";
import { fold } from "#domain/comparing.ts";
import { Fault } from "#domain/fault.ts";
import { findVariables } from "#domain/variables.ts";

import type { Case, Check, Finding } from "./asked.ts";
import { comparisonsIn } from "./comparisons.ts";

/** What is asked for or taken off is a tag that there is, or that the plan itself adds: else nobody carries it. */
export const tags: Check = (asked) => {
  const { steps, known } = asked;
  const added = steps.flatMap(({ planStep }) =>
    planStep.type === "add_tag" ? planStep.params.tags : [],
  );
  const there = new Set([...known.tags, ...added].map(fold));
  return tagsNamed(asked)
    .filter(({ tag }) => !there.has(fold(tag)) && findVariables(tag).length === 0)
    .map(({ path, tag }) => ({
      path,
      severity: "warning",
      code: "tag_not_found",
      message: `Tag '${tag}' not found: nothing carries it.`,
      suggestion: "Correct its name, if another one was meant.",
      name: tag,
      among: [...known.tags, ...added],
    }));
};

/** A tag's name is one that can be kept. */
export const tagNamesValid: Check = ({ steps }) =>
  steps.flatMap(({ path, planStep }) =>
    planStep.type === "add_tag" ? planStep.params.tags.flatMap((tag) => refuseTag(path, tag)) : [],
  );

function refuseTag(path: string, tag: string): readonly Finding[] {
  try {
    tagNames([tag]);
    return [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { message } = error;
    const suggestion = "Give it a shorter name, or several tags.";
    return [{ path, severity: "error", code: "value_invalid", message, suggestion, name: tag }];
  }
}

interface TagNamed {
  readonly path: string;
  readonly tag: string;
}

function tagsNamed(asked: Case): readonly TagNamed[] {
  const compared = comparisonsIn(asked).flatMap(({ path, entity, comparison }) => {
    const { field, value } = comparison;
    const found = findField(entity, field.replace(/^@/, ""), asked.known.customFields);
    if (found?.kind !== "tags") return [];
    return [value].flat().flatMap((tag) => (typeof tag === "string" ? [{ path, tag }] : []));
  });
  const removed = asked.steps.flatMap(({ path, planStep }) =>
    planStep.type === "remove_tag" ? planStep.params.tags.map((tag) => ({ path, tag })) : [],
  );
  return [...compared, ...removed];
}
