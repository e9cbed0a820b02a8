/** Walks a plan in every way that it can go, on this thread. */
import { companies } from "#crm/companies.ts";
import { contacts } from "#crm/contacts.ts";
import { deals } from "#crm/deals.ts";
import { labelOf } from "#crm/rows.ts";
import type { Store } from "#store/store.ts";

import type { Asked, Simulated } from "./asked.ts";
import type { Phrasing } from "./phrase.ts";
import { type Assumes, waysOf } from "./reactions.ts";
import { dayAfter, type Pace } from "./sending.ts";
import { readStories } from "./story.ts";
import { sumUpWalk } from "./sum-up.ts";
import { walkOnce, type Walked } from "./walk-once.ts";

/** @param clock real time, in milliseconds, by which the budget is measured */
export async function simulateHere(
  asked: Asked,
  clock: () => number = performance.now.bind(performance),
): Promise<Simulated> {
  const until = clock() + asked.budgetMs;
  const isOver = (): boolean => clock() >= until;
  const walked: Seen[] = [];
  for (const assumes of waysOf(asked.agent.plan)) {
    walked.push(await walkOnce(asked, assumes, isOver, (walk) => see(asked, assumes, walk)));
  }
  const selections = walked[0]?.selections ?? [];
  const cut = walked.find(({ end }) => end !== "ended")?.end;
  const why = WHY[cut ?? "ended"] ?? whyFew(selections);
  return { selections, complete: why === null, why, walks: walked.map(({ walk }) => walk) };
}

const WHY: Readonly<Record<Walked["end"], string | null>> = {
  ended: null,
  time: "It took too long, so it was cut short. Simulate fewer at a time.",
  waits: "It waits for a person, and was cut short there.",
};

function whyFew(selections: Simulated["selections"]): string | null {
  const { found, walked } = sumOf(selections);
  return found === walked ? null : `${walked} of the ${found} that were found were walked.`;
}

function sumOf(selections: Simulated["selections"]): {
  readonly found: number;
  readonly walked: number;
} {
  const sum = (of: "found" | "walked"): number =>
    selections.reduce((total, selection) => total + selection[of], 0);
  return { found: sum("found"), walked: sum("walked") };
}

interface Seen {
  readonly walk: Simulated["walks"][number];
  readonly selections: Simulated["selections"];
  readonly end: Walked["end"];
}

async function see(asked: Asked, assumes: Assumes, walked: Walked): Promise<Seen> {
  const { ledger, executionId, selections, end, mailOf } = walked;
  const { agent, zone, now, sentToday } = asked;
  const { plan, restrictions } = agent;
  const { found, walked: walks } = sumOf(selections);
  const stories = await readStories(ledger, executionId, plan);
  const entities = stories.journeys.flatMap(({ entity }) => entity ?? []);
  const names = await namesIn(ledger.store, agent.ws, entities);
  const { maxEmailsPerDay: perDay, onLimit } = restrictions;
  const pace: Pace = { zone, now, perDay, sentToday, onLimit };
  const walk = sumUpWalk(stories, {
    plan,
    assumes,
    pace,
    times: walks === 0 ? 1 : found / walks,
    phrasing: { mailOf, ...phrasingIn(pace) },
    nameOf: (id) => names.get(id) ?? "deleted",
  });
  return { walk, selections, end };
}

function phrasingIn(pace: Pace): Omit<Phrasing, "mailOf"> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: pace.zone,
    dateStyle: "full",
    timeStyle: "short",
  });
  return { dayOf: (at) => dayAfter(pace, at), momentOf: (at) => format.format(at) };
}

async function namesIn(
  store: Store,
  ws: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = [
    ...(await contacts(store).findAll(ws, ids)).map((row) => [row.id, labelOf("contact", row)]),
    ...(await companies(store).findAll(ws, ids)).map((row) => [row.id, row.name]),
    ...(await deals(store).findAll(ws, ids)).map((row) => [row.id, row.name]),
  ] as [string, string][];
  return new Map(found);
}
