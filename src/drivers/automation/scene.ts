/** What a step of an automation sees: its agent as it is now, its entity, and every variable's value. */
import type { Scene } from "#actions/action.ts";
import type { ActionNeeds } from "#actions/needs.ts";
import type { Change } from "#crm/change.ts";
import { lookFor, type People, type Subject } from "#crm/look.ts";
import { fallbacksBy } from "#crm/missing-values.ts";
import { subjects } from "#crm/subjects.ts";
import type { Look, Looked } from "#domain/conditions.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Member } from "#workspace/members.ts";

import type { AutomationInput, JourneyItem } from "./input.ts";
import { formField, known, SEARCH_RESULTS, searchField, userField } from "./roots.ts";
import type { Supposing } from "./supposing.ts";

export interface Stage {
  readonly ws: number;
  readonly executionId: ExecutionId;
  readonly input: AutomationInput;
  /** Null in lane 0. */
  readonly item: JourneyItem | null;
  /** What was remembered with a value, here or before the selection. */
  readonly remembered: Map<string, string | null>;
  /** In a simulation. */
  readonly supposing?: Supposing | undefined;
}

export function changeOf({ ws, executionId, input }: Stage, at: number): Change {
  const actor = { type: "agent", id: input.agentId, name: input.agentName } as const;
  return { ws, at, actor, executionId };
}

const memoryScope = ({ input, executionId }: Stage): string =>
  input.memoryLasts === "agent" ? "agent" : executionId;

/** @throws Fault `not_found` for an agent that never was. */
export async function sceneOf(
  stage: Stage,
  { agents, clock, fallbacks }: ActionNeeds,
): Promise<Scene> {
  const agent = await agents.byNo(stage.input.agentNo);
  if (agent === undefined)
    throw new Fault("not_found", "The agent of this run is not there any more.");
  const now = clock.now();
  const { ws, executionId, input } = stage;
  return {
    ws,
    executionId,
    agent,
    now,
    zone: input.zone,
    memoryScope: memoryScope(stage),
    change: changeOf(stage, now),
    fallbackOf: fallbacksBy(await fallbacks.list(ws)),
  };
}

/** The journey's entity as it is now. @throws Fault of scope `contact` where it was removed meanwhile */
export async function subjectNow(
  { ws, item }: Stage,
  { store }: ActionNeeds,
): Promise<Subject | null> {
  if (item === null) return null;
  try {
    return await subjects(store).load(ws, item.entity, item.id);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "not_found") throw error;
    throw new Fault("not_found", `This ${item.entity} was removed while the agent worked on it.`, {
      scope: "contact",
      happened: "no",
    });
  }
}

/** Values of `@contact.…`, `@memory.…`, `@form.…`, `@user.…` for conditions and texts. */
export async function lookNow(
  stage: Stage,
  subject: Subject | null,
  needs: ActionNeeds,
): Promise<Look> {
  const members = await needs.members.list(stage.ws);
  const people: People = new Map(members.map(({ userId, name }) => [userId, name]));
  const ofEntity = subject === null ? nothing : lookFor(subject, people);
  const lists = await listsWith(stage, needs);
  const named = await usersNamed(stage, needs);
  return (field) => {
    const [first = "", ...rest] = field.split(".");
    const root = first.toLowerCase();
    const name = rest.join(".");
    if (root === "memory" && rest.length === 1) return known(memoryValue(stage, lists, name));
    if (root === "form") return formField(stage.input.form, rest);
    if (root === "user") return userField(named, rest);
    if (root === "search") return searchField(stage.remembered.get(SEARCH_RESULTS), field);
    if (rest.length === 0 && root === stage.item?.entity)
      return { known: true, value: stage.item.id };
    return ofEntity(field);
  };
}

async function usersNamed(
  { ws, input }: Stage,
  { agents, userRoles }: ActionNeeds,
): Promise<((name: string) => Member | undefined) | undefined> {
  const agent = await agents.byNo(input.agentNo);
  return agent === undefined ? undefined : await userRoles.named(ws, agent.createdBy);
}

const nothing: Look = () => ({ known: false });

function memoryValue(
  { item, remembered }: Stage,
  lists: ReadonlyMap<string, string | null>,
  name: string,
): Extract<Looked, { readonly known: true }>["value"] {
  const own = remembered.get(name);
  if (own !== undefined && own !== null) return own;
  if (!lists.has(name)) return null;
  return lists.get(name) ?? (item === null ? null : [item.id]);
}

/** The journey's own view: the lists that its entity is on, and the values that were kept for it. */
async function listsWith(
  stage: Stage,
  { store }: ActionNeeds,
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await store.db
    .selectFrom("memory")
    .select(["key", "value"])
    .where("ws", "=", stage.ws)
    .where("agent", "=", stage.input.agentNo)
    .where("scope", "=", memoryScope(stage))
    .where("item", "in", ["", stage.item?.id ?? ""])
    .orderBy("item") // its own value comes after the execution's, and stands
    .execute();
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** A whole list, for a search that leaves its members out or takes only them. */
export async function wholeList(
  stage: Stage,
  key: string,
  { store }: ActionNeeds,
): Promise<readonly string[]> {
  const rows = await store.db
    .selectFrom("memory")
    .select("item")
    .where("ws", "=", stage.ws)
    .where("agent", "=", stage.input.agentNo)
    .where("scope", "=", memoryScope(stage))
    .where("key", "=", key)
    .where("item", "<>", "")
    .execute();
  return rows.map(({ item }) => item);
}
