import assert from "node:assert/strict";
import { test } from "node:test";

import { openExecutions } from "#api/executions/executions.ts";
import { type LaneContext, program } from "#engine/program.ts";
import { openWorld } from "#engine/testing.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

const asked = (name: string, version: string) =>
  program(
    "asked",
    async (run) => {
      await run.step(name, () => 1);
      await run.signal("go");
    },
    { version },
  );

/** Programs have no agent, and nobody triggered them. */
const nobody = {
  agents: { names: async () => new Map(), version: async () => undefined },
  members: { list: async () => [] },
} as unknown as Pick<WorkspaceServices, "agents" | "members">;

const NO_SEARCH = {
  search: { find: async () => ({ nos: [], goOnFrom: null, behindSince: null }) },
  inLine: async () => ({ for: "turn" }) as const,
};

test("AP-44 a blocked execution says at which step, since when, and for which update of what it waits; it is found by its mark", async () => {
  const old = asked("greet", "1");
  await using world = await openWorld([old]);
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.push((await world.engine.start(old, undefined)).id);
  await world.settle();
  await world.restart([asked("salute", "2")]);
  for (const id of ids.slice(1)) await world.engine.signal(id, "go");
  await world.settle();
  const since = new Date(world.clock.now()).toISOString();
  await world.pass(60_000);
  const { ledger, clock, engine } = world;
  const needs = { ...nobody, ledger, keyNames: async () => new Map<string, string>() };
  const executions = openExecutions({ ...needs, ...NO_SEARCH, versionOf: engine.versionOf }, clock);
  const list = { ws: 0, blocked: true, sort: "newest", limit: 1 } as const;
  const first = await executions.list(list);
  const second = await executions.list({ ...list, cursor: first.nextCursor ?? "" });
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    [ids[2], ids[1]],
  );
  assert.equal(second.nextCursor, null);
  const shown = await executions.detail(0, ids[1] ?? "");
  assert.deepEqual([shown.blocked, shown.blockedSince], ["greet", since]);
  assert.deepEqual(shown.waitsFor, {
    what: "update",
    text: 'an update of the program "asked": it is on version 1, version 2 is loaded',
    until: null,
    who: null,
  });
  assert.equal((await executions.detail(0, ids[0] ?? "")).blocked, null);
  assert.deepEqual((await executions.list({ ...list, kind: "automation" })).items, []);
});

test("AP-44 where only a journey is blocked, its execution says so", async () => {
  const each = (name: string) =>
    program("each", async (run, items: readonly number[]) => run.each("one", items), {
      lanes: {
        one: async (lane: LaneContext, item: number) => {
          await lane.step(item === 2 ? name : "same", () => 1);
          await lane.sleep("nap", 1_000);
        },
      },
    });
  await using world = await openWorld([each("old")]);
  const { id } = await world.engine.start(each("old"), [1, 2]);
  await world.settle();
  await world.restart([each("new")]);
  await world.pass(2_000);
  const { ledger, clock } = world;
  const needs = { ...nobody, ledger, keyNames: async () => new Map<string, string>() };
  const executions = openExecutions({ ...needs, ...NO_SEARCH, versionOf: () => undefined }, clock);
  const shown = await executions.detail(0, id);
  assert.deepEqual([shown.status, shown.blocked], ["waiting", "old"]);
  assert.match(shown.waitsFor?.text ?? "", /it is not loaded/);
});
