/** Whom a part of the plan works on. */
import type { ActionNeeds } from "#actions/needs.ts";
import { search as searchCrm } from "#crm/search.ts";
import type { Entity } from "#domain/catalogue.ts";
import type { Look } from "#domain/conditions.ts";
import { Fault } from "#domain/fault.ts";
import { conditionOf, type Condition } from "#domain/plan.ts";
import type { Store } from "#store/store.ts";

import type { Selected } from "./input.ts";
import { lookNow, wholeList, type Stage } from "./scene.ts";
import type { SearchStep } from "./segments.ts";

export interface Selection extends Selected {
  readonly warnings: readonly string[];
}

/** A selection is one fact, so it has a bound; what lies beyond is for the next run. */
const LARGEST_SELECTION = 20_000;

const ENTITY_OF: Readonly<Record<SearchStep["type"], Entity>> = {
  search_contacts: "contact",
  search_companies: "company",
  search_deals: "deal",
};

export function select(
  stage: Stage,
  { type, params }: SearchStep,
  needs: ActionNeeds,
): Promise<Selection> {
  const asked = { entity: ENTITY_OF[type], condition: conditionOf(params), limit: params.limit };
  return search(stage, asked, needs);
}

interface Asked {
  readonly entity: Entity;
  readonly condition?: Condition | undefined;
  readonly limit?: number | undefined;
}

/** Who may not be enrolled does not count against the limit, so "50 leads a day" gets on to the next 50. */
export async function search(
  stage: Stage,
  { entity, condition, limit }: Asked,
  needs: ActionNeeds,
): Promise<Selection> {
  const members = await needs.members.list(stage.ws);
  const { ids, warnings } = await searchCrm(needs.store, {
    ws: stage.ws,
    entity,
    limit: LARGEST_SELECTION,
    now: needs.clock.now(),
    zone: stage.input.zone,
    look: await lookWithLists(stage, JSON.stringify(condition ?? {}), needs),
    people: new Map(members.map(({ userId, name }) => [userId, name])),
    ...(condition !== undefined && { condition }),
  });
  if ((limit ?? LARGEST_SELECTION) >= LARGEST_SELECTION && ids.length === LARGEST_SELECTION) {
    throw new Fault(
      "too_large",
      `The search finds ${LARGEST_SELECTION} or more; that is the most for one run.`,
      {
        suggestion: "Narrow the search, or give it a limit.",
      },
    );
  }
  const enrolled = await enrol(stage, { entity, ids: chosen(stage, entity, ids), warnings }, needs);
  return { ...enrolled, ids: enrolled.ids.slice(0, limit) };
}

/** Where somebody named whom to work on, a search finds nobody else. */
export function chosen(
  { input }: Stage,
  entity: Entity,
  ids: readonly string[],
): readonly string[] {
  if (input.context?.entity !== entity) return ids;
  const named = new Set(input.context.ids);
  return ids.filter((id) => named.has(id));
}

async function lookWithLists(stage: Stage, condition: string, needs: ActionNeeds): Promise<Look> {
  const keys = [...condition.matchAll(/@?memory\.([\p{L}\p{N}_]+)/gu)].map(([, key]) => key ?? "");
  const lists = new Map(
    await Promise.all(keys.map(async (key) => [key, await wholeList(stage, key, needs)] as const)),
  );
  const look = await lookNow(stage, null, needs);
  return (field) => {
    const list = field.startsWith("memory.") ? lists.get(field.slice("memory.".length)) : undefined;
    const isList = list !== undefined && list.length > 0;
    return isList ? { known: true, value: list } : look(field); // or a value kept before the selection
  };
}

/**
 * Leaves out whoever is already on the way in the same agent (3.5-8), and whoever was once where the
 * agent enrols nobody twice.
 */
export async function enrol(
  { executionId, input }: Stage,
  { entity, ids, warnings }: Selection,
  { store }: ActionNeeds,
): Promise<Selection> {
  if (input.reenrolment === "always") return { entity, ids, warnings };
  let query = store.db
    .selectFrom("journeys")
    .leftJoin("live", (join) => join.onRef("live.no", "=", "journeys.no").on("live.lane", "=", 0))
    .select(["journeys.entity", "live.id"])
    .where("journeys.agent", "=", input.agentNo)
    .where((eb) => eb.or([eb("live.id", "is", null), eb("live.id", "<>", executionId)]));
  if (input.reenrolment === "afterEnd") query = query.where("journeys.ended_at", "is", null);
  const busy = new Map((await query.execute()).map(({ entity: id, id: run }) => [id, run]));
  if (input.reenrolment === "never") {
    for (const id of await enrolledBefore(store, input.agentNo)) busy.set(id, busy.get(id) ?? null);
  }
  const free = ids.filter((id) => !busy.has(id));
  const left = ids.filter((id) => busy.has(id)).map((id) => busy.get(id) ?? null);
  return { entity, ids: free, warnings: [...warnings, ...tellLeft(entity, left)] };
}

/** Those whose executions are pruned by now. */
async function enrolledBefore({ db }: Store, agent: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("enrolled")
    .select("entity")
    .where("agent", "=", agent)
    .execute();
  return rows.map(({ entity }) => entity);
}

const MANY: Readonly<Record<Entity, string>> = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
};

/** One warning for each execution that has them. */
function tellLeft(entity: Entity, runs: readonly (string | null)[]): readonly string[] {
  const counts = Map.groupBy(runs, (run) => run);
  return [...counts].map(([run, { length: n }]) => {
    const who = n === 1 ? `1 ${entity} ` : `${n} ${MANY[entity]} `;
    if (run !== null) return `${who}${n === 1 ? "is" : "are"} already in ${run}.`;
    return `${who}${n === 1 ? "has" : "have"} been through this agent before.`;
  });
}
