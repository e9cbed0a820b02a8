/** A condition as the builder holds it: rows and groups that may be unfinished, each with a key of its own. */
import {
  type Comparison,
  type Condition,
  conditionSchema,
  type Operator,
  type Value,
} from "#domain/plan.ts";

import { readValue, writeValue } from "./values.ts";

export interface RowDraft {
  readonly key: string;
  readonly isNot: boolean;
  readonly field: string;
  readonly operator: Operator;
  /** As it is typed: "7 days ago", "A, B", "50000". */
  readonly value: string;
}

export interface GroupDraft {
  readonly key: string;
  readonly isNot: boolean;
  readonly mode: "all" | "any";
  readonly items: readonly ConditionDraft[];
}

export type ConditionDraft = RowDraft | GroupDraft;

export const isGroup = (draft: ConditionDraft): draft is GroupDraft => "items" in draft;

let keys = 0;
const newKey = (): string => `c${++keys}`;

export function newRow(field = ""): RowDraft {
  return { key: newKey(), isNot: false, field, operator: "==", value: "" };
}

export function newGroup(items: readonly ConditionDraft[] = [newRow()]): GroupDraft {
  return { key: newKey(), isNot: false, mode: "all", items };
}

/** The whole of a builder is a group, also where it holds one comparison, or none. */
export function draftOf(condition: Condition | undefined): GroupDraft {
  if (condition === undefined) return newGroup([]);
  const draft = itemOf(condition, false);
  return isGroup(draft) ? draft : newGroup([draft]);
}

function itemOf(condition: Condition, isNot: boolean): ConditionDraft {
  if ("not" in condition) return itemOf(condition.not, !isNot);
  if ("all" in condition) return groupOf("all", condition.all, isNot);
  if ("any" in condition) return groupOf("any", condition.any, isNot);
  const { field, operator, value } = condition;
  return { key: newKey(), isNot, field, operator, value: writeValue(value) };
}

function groupOf(
  mode: "all" | "any",
  conditions: readonly Condition[],
  isNot: boolean,
): ConditionDraft {
  const items = conditions.map((one) => itemOf(one, false));
  return { key: newKey(), isNot, mode, items };
}

/** The condition; undefined where there is none, and a reason where a row is unfinished. */
export type ConditionRead =
  | { readonly condition: Condition | undefined }
  | { readonly unfinished: string };

export function readDraft(draft: ConditionDraft): ConditionRead {
  if (!isGroup(draft)) return readRow(draft);
  const read = draft.items.map(readDraft);
  const unfinished = read.find((one) => "unfinished" in one);
  if (unfinished !== undefined) return unfinished;
  const conditions = read.flatMap((one) =>
    "condition" in one && one.condition !== undefined ? [one.condition] : [],
  );
  const [only, ...more] = conditions;
  if (only === undefined) return { condition: undefined };
  const condition: Condition =
    more.length === 0 ? only : draft.mode === "all" ? { all: conditions } : { any: conditions };
  return { condition: draft.isNot ? { not: condition } : condition };
}

function readRow({ isNot, field, operator, value }: RowDraft): ConditionRead {
  if (field.trim() === "")
    return { unfinished: "Choose a field in every row, or take the row out" };
  const typed = readTyped(operator, value);
  const comparison: Comparison = {
    field: field.trim(),
    operator,
    ...(typed === undefined ? {} : { value: typed }),
  };
  const isSaid = typed !== "" && !(Array.isArray(typed) && typed.length === 0);
  if (!isSaid || !conditionSchema.safeParse(comparison).success)
    return { unfinished: `Say what ${field} is compared with` };
  return { condition: isNot ? { not: comparison } : comparison };
}

function readTyped(operator: Operator, text: string): Value | readonly Value[] | undefined {
  if (operator === "exists") return undefined;
  if (operator !== "in" || text.trim().startsWith("@")) return readValue(text);
  return text
    .split(",")
    .map((one) => readValue(one))
    .filter((one) => one !== "");
}

/** The same draft with one of its parts changed, or taken out. */
export function changeDraft(
  draft: GroupDraft,
  key: string,
  change: (old: ConditionDraft) => ConditionDraft | undefined,
): GroupDraft {
  if (draft.key === key) {
    const changed = change(draft);
    return changed !== undefined && isGroup(changed) ? changed : draft;
  }
  const items = draft.items.flatMap((item): readonly ConditionDraft[] => {
    if (item.key === key) {
      const changed = change(item);
      return changed === undefined ? [] : [changed];
    }
    return [isGroup(item) ? changeDraft(item, key, change) : item];
  });
  return { ...draft, items };
}
