/** What tests of problems have in common: plans, and what they meet in a workspace. */
import assert from "node:assert/strict";

import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import { customFields } from "#crm/custom-fields.ts";
import type { Plan, PlanStep } from "#domain/plan.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";

import type { World } from "../testing.ts";
import { type Asked, problemsOf } from "./problems.ts";

export type Set = Partial<Asked["agent"]>;

/** What the words (or the plan) meet in the world. */
export async function meet(
  world: World,
  given: string | Plan,
  set: Set = {},
): Promise<readonly PlanProblem[]> {
  const parsed = typeof given === "string" ? parseOffline(given) : { plan: given };
  if ("error" in parsed) assert.fail(JSON.stringify(parsed.error));
  const { workspace, actor } = world.entered;
  const agent: Asked["agent"] = {
    createdBy: actor,
    triggers: [],
    memory: { lasts: "execution" },
    reenrolment: "afterEnd",
    defaultTemplateId: null,
    ...set,
  };
  const words = typeof given === "string" ? given : undefined;
  const asked = { ws: workspace.no, zone: workspace.zone, plan: parsed.plan, words, agent };
  return problemsOf(asked, world.needs);
}

/** With the words that each marks. */
export async function marks(
  world: World,
  words: string,
  set: Set = {},
): Promise<readonly unknown[]> {
  return (await meet(world, words, set)).map(({ path, severity, code, span, instead }) => [
    path,
    severity,
    code,
    span === null ? null : words.slice(span.start, span.end),
    instead,
  ]);
}

export const define = async (
  world: World,
  name: string,
  type: "number" | "select",
  options?: readonly string[],
): Promise<void> => {
  const made = await customFields(world.needs.store).define(world.change(), {
    entity: "contact",
    name,
    type,
    ...(options !== undefined && { options }),
  });
  await world.needs.store.write(made.writes);
};

export const plan = (...steps: readonly object[]): Plan => ({
  steps: steps as readonly PlanStep[],
});
export const FIND = { type: "search_contacts", params: {} };
