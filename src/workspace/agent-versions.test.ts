import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { newAgentSchema } from "#contract/shapes/agents.ts";
import type { Plan, PlanStep } from "#domain/plan.ts";

import type { AgentVersion } from "./agent.ts";
import { openTestWorkspaces, type TestWorkspaces } from "./testing.ts";
import { compareVersions, summarize } from "./version-diff.ts";

const planned = (plan: Plan): string => JSON.stringify({ plan });
const wait = (duration: string): PlanStep => ({ type: "wait", params: { duration } });
const tag = (name: string): PlanStep => ({ type: "add_tag", params: { tags: [name] } });

async function saves(
  { agents, entered }: TestWorkspaces,
  ...texts: readonly string[]
): Promise<readonly AgentVersion[]> {
  const [first = "", ...later] = texts;
  const given = { name: "Welcome", instructions: first };
  const agent = await agents.create(entered, newAgentSchema.parse(given));
  for (const instructions of later) await agents.save(entered, agent.id, { instructions });
  return Promise.all(texts.map((_, index) => agents.getVersion(agent, index + 1)));
}

test("VE-10 two versions are compared by words, steps and settings, and each says in a line what it changed", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered } = world;
  const before: Plan = {
    steps: [
      tag("lead"),
      { type: "if", params: { field: "contact.replied", operator: "exists" }, then: [wait("P1D")] },
      wait("P5D"),
    ],
  };
  const after: Plan = {
    steps: [
      tag("lead"),
      { type: "if", params: { field: "contact.replied", operator: "exists" }, then: [wait("P2D")] },
      tag("done"),
    ],
  };
  const [first, second] = await saves(world, planned(before), planned(after));
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(
    compareVersions(first, second).steps.map(({ is, from, to }) => [is, from?.path, to?.path]),
    [
      ["same", "1", "1"],
      ["same", "2", "2"],
      ["changed", "2.then.1", "2.then.1"],
      ["added", undefined, "3"],
      ["removed", "3", undefined],
    ],
  );
  assert.equal(summarize(undefined, first), "First version");
  assert.equal(summarize(first, second), "Steps: 1 changed, 1 added, 1 removed");

  const agent = await agents.byNo(first.no);
  assert.ok(agent !== undefined);
  await agents.save(entered, agent.id, { restrictions: { maxEmailsPerDay: 7 }, goal: "Meetings" });
  const third = await agents.getVersion({ ...agent, version: 3 }, 3);
  assert.deepEqual(compareVersions(second, third), {
    instructions: [{ is: "same", text: planned(after) }],
    steps: compareVersions(second, third).steps.filter(({ is }) => is === "same"),
    settings: [
      { field: "goal", from: "", to: "Meetings" },
      { field: "restrictions.maxEmailsPerDay", from: 100, to: 7 },
    ],
  });
  assert.equal(summarize(second, third), "Goal; emails a day");
});

test("VE-10 put together, what stayed and what came is the later text, what stayed and what went the earlier one", async () => {
  await using world = await openTestWorkspaces();
  const [version] = await saves(world, "Wait a day");
  assert.ok(version !== undefined);
  const text = fc.string({ maxLength: 60, unit: "grapheme" });
  fc.assert(
    fc.property(text, text, (from, to) => {
      const { instructions } = compareVersions(
        { ...version, instructions: from },
        { ...version, instructions: to },
      );
      const without = (left: string): string =>
        instructions.flatMap(({ is, text: piece }) => (is === left ? [] : [piece])).join("");
      assert.equal(without("added"), from);
      assert.equal(without("removed"), to);
    }),
  );
});

test("VE-11 restoring an earlier version makes a new one that names it, with its words, plan and settings", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered, audit } = world;
  const [first] = await saves(world, planned({ steps: [wait("P1D")] }), "Wait for a day");
  assert.ok(first !== undefined);
  const agent = await agents.byNo(first.no);
  assert.ok(agent !== undefined);
  await agents.save(entered, agent.id, { name: "Hello", restrictions: { maxEmailsPerDay: 7 } });

  const restored = await agents.restore(entered, agent.id, 1, { version: 3 });
  assert.equal(restored.version, 4);
  assert.equal(restored.name, "Welcome");
  assert.deepEqual(restored.plan, first.plan);
  assert.equal(restored.restrictions.maxEmailsPerDay, 100);
  const { items } = await agents.versions(entered.workspace.no, agent.id, { limit: 1 });
  assert.deepEqual(
    items.map(({ version, before }) => [version.restoredFrom, summarize(before, version)]),
    [[1, "Restored version 1; the words of its instructions; name; emails a day"]],
  );
  const { items: done } = await audit.list(entered.workspace.no, { limit: 1 });
  assert.equal(done[0]?.action, "agent.restored");

  assert.equal((await agents.restore(entered, agent.id, 4, {})).version, 4); // it is that already
  await assert.rejects(agents.restore(entered, agent.id, 9, {}), { code: "not_found" });
  await assert.rejects(agents.restore(entered, agent.id, 2, { version: 3 }), {
    code: "version_conflict",
  });
});
