/** What became another between two versions of an agent: its words, its steps, its settings. */
import type { VersionDiff } from "#contract/shapes/agents.ts";
import { type Difference, differences } from "#domain/difference.ts";
import { type PlacedStep, walkPlan, withoutSpan } from "#domain/plan.ts";

import type { AgentVersion } from "./agent.ts";

export type Compared = Pick<VersionDiff, "instructions" | "steps" | "settings">;

export function compareVersions(from: AgentVersion, to: AgentVersion): Compared {
  return {
    instructions: compareWords(from.instructions, to.instructions),
    steps: compareSteps(from, to),
    settings: compareSettings(from, to),
  };
}

type Words = Compared["instructions"][number];

/** Words, the room between them, and each other character by itself. */
const PIECES = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

function compareWords(from: string, to: string): Words[] {
  const pieces = (text: string): readonly string[] => text.match(PIECES) ?? [];
  const joined: Words[] = [];
  for (const one of differences(pieces(from), pieces(to), (piece) => piece)) {
    const text = one.is === "removed" ? one.from : one.to;
    const last = joined.at(-1);
    if (last?.is === one.is) joined.splice(-1, 1, { is: one.is, text: last.text + text });
    else joined.push({ is: one.is, text });
  }
  return joined;
}

type Steps = Compared["steps"][number];

function compareSteps(from: AgentVersion, to: AgentVersion): Steps[] {
  const found = differences(placesOf(from), placesOf(to), meaningOf);
  const steps: Steps[] = [];
  for (const run of runsOf(found)) {
    const removed = run.flatMap((one) => (one.is === "removed" ? [one.from] : []));
    for (const one of run) {
      if (one.is === "removed") continue;
      const before = one.is === "same" ? one.from : takeSameVerb(removed, one.to);
      steps.push(showPair(before, from, one.to, to, one.is === "same"));
    }
    for (const step of removed) steps.push({ is: "removed", from: show(step, from), to: null });
  }
  return steps;
}

/** What stands between two steps that stayed is looked at together. */
function runsOf<Thing>(found: readonly Difference<Thing>[]): readonly Difference<Thing>[][] {
  const runs: Difference<Thing>[][] = [];
  for (const one of found) {
    const last = runs.at(-1);
    const goesOn = one.is !== "same" && last !== undefined && last[0]?.is !== "same";
    if (goesOn) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** A step of the same verb in the same branch that went while this one came is the one that it was. */
function takeSameVerb(removed: PlacedStep[], step: PlacedStep): PlacedStep | undefined {
  const at = removed.findIndex((one) => kindOf(one) === kindOf(step));
  return at === -1 ? undefined : removed.splice(at, 1)[0];
}

function showPair(
  before: PlacedStep | undefined,
  from: AgentVersion,
  after: PlacedStep,
  to: AgentVersion,
  isSame: boolean,
): Steps {
  if (before === undefined) return { is: "added", from: null, to: show(after, to) };
  return { is: isSame ? "same" : "changed", from: show(before, from), to: show(after, to) };
}

const placesOf = ({ plan }: AgentVersion): readonly PlacedStep[] =>
  plan === null ? [] : [...walkPlan(plan)];

const branchOf = (path: string): string => path.replaceAll(/\d+/g, "");
const kindOf = ({ path, planStep }: PlacedStep): string => `${branchOf(path)} ${planStep.type}`;
const meaningOf = (step: PlacedStep): string =>
  `${kindOf(step)} ${JSON.stringify(step.planStep.params)}`;

function show({ path, planStep }: PlacedStep, { instructions }: AgentVersion): Steps["from"] {
  const { type, params, span } = planStep;
  const words = span === undefined ? null : instructions.slice(span.start, span.end);
  return { path, type, params, words };
}

function compareSettings(from: AgentVersion, to: AgentVersion): Compared["settings"] {
  const before = settingsOf(from);
  return [...settingsOf(to)].flatMap(([field, value]) => {
    const was = before.get(field);
    return JSON.stringify(was) === JSON.stringify(value) ? [] : [{ field, from: was, to: value }];
  });
}

function settingsOf(version: AgentVersion): ReadonlyMap<string, unknown> {
  const { name, goal, triggers, manualRun, reenrolment, defaultTemplateId } = version;
  const { restrictions, memory, plan } = version;
  const flat = { name, goal, triggers, manualRun, reenrolment, defaultTemplateId };
  return new Map<string, unknown>([
    ...Object.entries(flat),
    ...Object.entries(restrictions).map(([key, value]) => [`restrictions.${key}`, value] as const),
    ["memory.lasts", memory.lasts],
    ["plan.trigger", plan?.trigger === undefined ? null : withoutSpan(plan.trigger)],
  ]);
}

const LABELS: Readonly<Record<string, string>> = {
  triggers: "when it runs",
  manualRun: "who may run it",
  reenrolment: "who is enrolled again",
  defaultTemplateId: "the default template",
  "restrictions.maxExecutionsPerDay": "executions a day",
  "restrictions.maxExecutionsPerMinute": "executions a minute",
  "restrictions.maxEmailsPerDay": "emails a day",
  "restrictions.onLimit": "what happens at a limit",
  "memory.lasts": "how long it remembers",
  "plan.trigger": "the trigger in the text",
};

/** In a line: "Steps: 1 changed, 1 added; emails a day". */
export function summarize(from: AgentVersion | undefined, to: AgentVersion): string {
  if (from === undefined) return "First version";
  const { steps, settings } = compareVersions(from, to);
  const restored = to.restoredFrom === null ? [] : [`Restored version ${to.restoredFrom}`];
  const parts = [...restored, ...summarizeSteps(steps, from, to)];
  const line = [...parts, ...settings.map(({ field }) => LABELS[field] ?? field)].join("; ");
  return line === "" ? "Nothing" : line.charAt(0).toUpperCase() + line.slice(1);
}

function summarizeSteps(
  steps: readonly Steps[],
  from: AgentVersion,
  to: AgentVersion,
): readonly string[] {
  const counts = (["changed", "added", "removed"] as const).flatMap((is) => {
    const count = steps.filter((step) => step.is === is).length;
    return count === 0 ? [] : [`${count} ${is}`];
  });
  if (counts.length > 0) return [`steps: ${counts.join(", ")}`];
  return from.instructions === to.instructions ? [] : ["the words of its instructions"];
}
