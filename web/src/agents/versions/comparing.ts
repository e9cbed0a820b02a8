/** Which two versions are compared, as the address says it, and what differs in words. */
import type { VersionDiff } from "#contract/shapes/agents.ts";
import { entryOf } from "#domain/catalogue.ts";

import { describeParams } from "../../executions/results.ts";
import type { Line } from "../plan-words.ts";

export interface Compared {
  readonly from: number;
  readonly to: number;
}

/** "3..5"; undefined where it is no such thing, or names versions that there are not. */
export function readCompared(text: string | undefined, latest: number): Compared | undefined {
  const match = /^(\d{1,6})\.\.(\d{1,6})$/.exec(text ?? "");
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  const isKnown = (version: number): boolean => version >= 1 && version <= latest;
  return isKnown(from) && isKnown(to) ? { from, to } : undefined;
}

export function writeCompared({ from, to }: Compared): string {
  return `${from}..${to}`;
}

/** A version beside the one before it; the first stands alone. */
export function withBefore(version: number): Compared {
  return { from: Math.max(1, version - 1), to: version };
}

type DiffStep = VersionDiff["steps"][number];
type Side = NonNullable<DiffStep["from"]>;

export interface SideOfStep {
  readonly path: string;
  readonly label: string;
  /** With what is not the same on the other side marked. */
  readonly lines: readonly { readonly line: Line; readonly differs: boolean }[];
}

export interface StepRow {
  readonly key: string;
  readonly is: DiffStep["is"];
  readonly from: SideOfStep | undefined;
  readonly to: SideOfStep | undefined;
}

export function rowsOfSteps(steps: VersionDiff["steps"]): readonly StepRow[] {
  return steps.map(({ is, from, to }, index) => ({
    key: `${index} ${from?.path ?? ""} ${to?.path ?? ""}`,
    is,
    from: from === null ? undefined : sideOf(from, to),
    to: to === null ? undefined : sideOf(to, from),
  }));
}

function sideOf(step: Side, other: Side | null): SideOfStep {
  const known = new Set(linesOf(other).map((line) => line.join("\n")));
  return {
    path: step.path,
    label: entryOf(step.type).label,
    lines: linesOf(step).map((line) => ({
      line,
      differs: other !== null && !known.has(line.join("\n")),
    })),
  };
}

function linesOf(step: Side | null): readonly Line[] {
  return step === null ? [] : (describeParams(step.type, step.params) ?? []);
}

export const CHANGE_WORDS: Readonly<Record<DiffStep["is"], string>> = {
  same: "Same",
  changed: "Changed",
  added: "Added",
  removed: "Removed",
};

const SETTING_WORDS: Readonly<Record<string, string>> = {
  name: "Name",
  goal: "Goal",
  triggers: "Triggers",
  manualRun: "Who may press Run Now",
  reenrolment: "Who has been through it before",
  defaultTemplateId: "Default template",
  "memory.lasts": "What it remembers",
  "restrictions.maxExecutionsPerDay": "Executions a day",
  "restrictions.maxExecutionsPerMinute": "Executions a minute",
  "restrictions.maxEmailsPerDay": "Emails a day",
  "restrictions.onLimit": "When a daily limit is reached",
};

export const nameSetting = (field: string): string => SETTING_WORDS[field] ?? field;

export function showSetting(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (Array.isArray(value) && value.length === 0) return "none";
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return value.join(", ");
  return JSON.stringify(value);
}
