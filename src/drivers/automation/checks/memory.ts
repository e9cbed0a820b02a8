import { findVariables } from "#domain/variables.ts";

import type { Case, Check, Finding, Placed } from "./asked.ts";
import { comparisonsIn } from "./comparisons.ts";
import { textsIn } from "./texts.ts";

interface Read {
  readonly path: string;
  /** `memory.nudged`, `search.results`. */
  readonly name: string;
}

const KEPT = /^(memory\.[^.[]+|search)/;

/** `@memory.x` and `@search.results` are read where something can be in them. */
export const readBeforeWritten: Check = (asked) => {
  const rank = new Map(asked.steps.map(({ path }, index) => [path, index]));
  const reads = readsIn(asked);
  return reads.flatMap((read) => unwritten(asked, read, rank.get(read.path) ?? -1));
};

function readsIn(asked: Case): readonly Read[] {
  const fields = comparisonsIn(asked).map(({ path, comparison: { field } }) => ({
    path,
    name: field.replace(/^@/, ""),
  }));
  const texts = textsIn(asked).flatMap(({ path, text }) =>
    findVariables(text).map(({ name }) => ({ path, name })),
  );
  const all = [...fields, ...texts].flatMap(({ path, name }) => {
    const kept = KEPT.exec(name)?.[1];
    return kept === undefined ? [] : [{ path, name: kept }];
  });
  return [...new Map(all.map((read) => [`${read.path} ${read.name}`, read])).values()];
}

function unwritten(asked: Case, { path, name }: Read, rank: number): readonly Finding[] {
  const { steps, agent } = asked;
  const before = steps.slice(0, Math.max(rank, 0));
  const found = { path, severity: "warning", code: "read_before_written" } as const;
  if (name === "search") {
    if (before.some(({ planStep }) => planStep.type === "web_search")) return [];
    const message = "@search.results is read before anything was searched on the web.";
    return [{ ...found, message, name, suggestion: "Search the web before this step." }];
  }
  const key = name.slice("memory.".length);
  const later = keysIn(steps);
  if (keysIn(before).includes(key)) return [];
  if (agent.memory.lasts === "agent" && later.includes(key)) return [];
  const message = `@memory.${key} is read before anything is remembered under that name.`;
  const suggestion = later.includes(key)
    ? "Let the agent's memory last across its runs, or remember it earlier."
    : "Remember something under that name first.";
  return [{ ...found, message, suggestion, name: key, among: later }];
}

function keysIn(steps: readonly Placed[]): readonly string[] {
  return steps.flatMap(({ planStep }) =>
    planStep.type === "remember" ? [planStep.params.key] : [],
  );
}
