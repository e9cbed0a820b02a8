/** One way through the plan as it is answered: totals, counts by step, and some journeys in full. */
import type { Sample, SimulationWalk } from "#contract/shapes/simulations.ts";
import { type Plan, walkPlan } from "#domain/plan.ts";

import { phrase, type Phrasing } from "./phrase.ts";
import type { Assumes } from "./reactions.ts";
import { dayAfter, type Pace, spreadAll } from "./sending.ts";
import type { Stories, Story, Told } from "./story.ts";

export interface Telling {
  readonly plan: Plan | null;
  readonly assumes: Assumes;
  readonly pace: Pace;
  /** How many were found for each one that was walked. */
  readonly times: number;
  readonly phrasing: Phrasing;
  readonly nameOf: (entity: string) => string;
}

export function sumUpWalk(stories: Stories, telling: Telling): SimulationWalk {
  const { pace, assumes } = telling;
  const all = [stories.main, ...stories.journeys];
  const sending = spreadAll(sentAt(all), pace, telling.times);
  const figures = figuresOf(all);
  const days = dayAfter(pace, stories.lastAt);
  return {
    assumes,
    summary: summarize(figures, sending, days),
    figures,
    journeys: countJourneys(stories.journeys),
    days,
    sending,
    steps: countSteps(all, telling.plan),
    samples: chooseSamples(stories).map((story) => showSample(story, telling)),
    leftOut: leftOutOf(stories.journeys),
    warnings: [...counted(all.flatMap(warningsOf)), ...warnPace(sending, pace)],
    error: showError(stories),
  };
}

function sentAt(stories: readonly Story[]): readonly number[] {
  return stories.flatMap(({ told }) =>
    told.flatMap(({ placed, at, what }) =>
      placed.planStep.type === "send_email" && what.is === "done" ? [at] : [],
    ),
  );
}

function figuresOf(stories: readonly Story[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { what } of stories.flatMap(({ told }) => told)) {
    if (what.is !== "done") continue;
    const { figures = {} } = (what.answer ?? {}) as { figures?: Record<string, number> };
    for (const [name, n] of Object.entries(figures)) sums.set(name, (sums.get(name) ?? 0) + n);
  }
  return Object.fromEntries(sums);
}

const PHRASES = [
  ["tasksCreated", "create", "task"],
  ["fieldsUpdated", "change", "field"],
  ["tagsAdded", "add", "tag"],
  ["tagsRemoved", "remove", "tag"],
  ["notificationsSent", "send", "notification"],
] as const;

function summarize(
  figures: Readonly<Record<string, number>>,
  { emails, days, perDay, inAll }: SimulationWalk["sending"],
  lasts: number,
): string {
  const never = perDay === 0 ? ", and never under a limit of 0 a day" : "";
  const over = days === 0 ? never : ` over ${many(days, "day")} under your limits`;
  const rest = PHRASES.flatMap(([name, does, thing]) => {
    const n = figures[name] ?? 0;
    return n === 0 ? [] : [`${does} ${many(n, thing)}`];
  });
  const sends = emails === 0 ? [] : [`send ${many(emails, "email")}${over}`];
  const does = [...sends, ...rest];
  if (does.length === 0) return "would send and change nothing";
  const until = lasts > Math.max(days, 1) ? `; it ends on day ${lasts}` : "";
  const projected =
    inAll === undefined || emails === 0
      ? ""
      : `; for all who were found about ${many(inAll.emails, "email")} over ${many(inAll.days, "day")}`;
  return `would ${does.join(", ")}${until}${projected}`;
}

function many(n: number, thing: string): string {
  return `${n.toLocaleString("en-US")} ${thing}${n === 1 ? "" : "s"}`;
}

function countJourneys(journeys: readonly Story[]): SimulationWalk["journeys"] {
  const of = (end: Story["end"]): number => journeys.filter((one) => one.end === end).length;
  return {
    walked: journeys.length,
    completed: of("completed"),
    skipped: of("skipped"),
    failed: of("failed"),
    unfinished: of("unfinished"),
  };
}

function countSteps(stories: readonly Story[], plan: Plan | null): SimulationWalk["steps"] {
  const told = Map.groupBy(
    stories.flatMap((story) => story.told),
    ({ placed }) => placed.path,
  );
  return (plan === null ? [] : [...walkPlan(plan)]).map(({ path, planStep: { type } }) => {
    const here = told.get(path) ?? [];
    const isAsked = type === "if" || type === "skip";
    return {
      path,
      type,
      reached: here.length,
      done: here.filter(({ what }) => what.is !== "failed").length,
      failed: here.filter(({ what }) => what.is === "failed").length,
      held: isAsked ? here.filter(holds).length : null,
      warnings: counted(here.flatMap(warningsIn)),
    };
  });
}

const holds = ({ what }: Told): boolean =>
  what.is === "done" && (what.answer as { readonly holds?: boolean }).holds === true;

function warningsIn({ what }: Told): readonly string[] {
  if (what.is === "failed") return [what.fault.message];
  if (what.is === "waited") return [];
  return ((what.answer ?? {}) as { readonly warnings?: readonly string[] }).warnings ?? [];
}

const warningsOf = ({ told }: Story): readonly string[] => told.flatMap(warningsIn);

function counted(messages: readonly string[]): { message: string; count: number }[] {
  return [...Map.groupBy(messages, (message) => message)]
    .map(([message, all]) => ({ message, count: all.length }))
    .toSorted((a, b) => b.count - a.count);
}

function warnPace({ pauses, perDay }: SimulationWalk["sending"], { onLimit }: Pace) {
  if (!pauses || onLimit !== "pause") return [];
  const message = `The agent comes to its limit of ${many(perDay, "email")} a day and pauses until somebody resumes it. Set it to hold at its limit to have it go on by itself.`;
  return [{ message, count: 1 }];
}

function leftOutOf(journeys: readonly Story[]): SimulationWalk["leftOut"] {
  const left = journeys.filter(({ end }) => end === "skipped" || end === "failed");
  const reasons = Map.groupBy(left, ({ reason, step }) => JSON.stringify([reason ?? "", step]));
  return [...reasons]
    .map(([key, all]) => {
      const [reason, step] = JSON.parse(key) as [string, string | null];
      return { reason, step, count: all.length };
    })
    .toSorted((a, b) => b.count - a.count);
}

const MOST_SAMPLES = 10;

/** One of each kind of journey, the most frequent first; then the first ones. */
function chooseSamples({ main, journeys }: Stories): readonly Story[] {
  if (journeys.length === 0) return main.told.length === 0 ? [] : [main];
  const kinds = Map.groupBy(journeys, kindOf);
  const frequent = [...kinds.values()].toSorted((a, b) => b.length - a.length);
  const first = frequent.flatMap(([one]) => one ?? []);
  return [...new Set([...first, ...journeys])].slice(0, MOST_SAMPLES);
}

function kindOf({ end, told }: Story): string {
  const went = told.map((one) => [one.placed.path, one.what.is, holds(one)]);
  return JSON.stringify([end, went]);
}

const TYPES = { con: "contact", com: "company", deal: "deal" } as const;

function showSample({ entity, end, reason, told }: Story, { phrasing, nameOf }: Telling): Sample {
  const prefix = (entity ?? "").split("_")[0] as keyof typeof TYPES;
  return {
    entity: entity === null ? null : { type: TYPES[prefix], id: entity, name: nameOf(entity) },
    outcome: end,
    reason,
    happenings: told.map((one) => phrase(one, phrasing)),
  };
}

function showError({ fault }: Stories): SimulationWalk["error"] {
  if (fault === undefined) return null;
  const { code, message, step = null, suggestion = null, details = null } = fault;
  return { code, message, step, suggestion, details };
}
