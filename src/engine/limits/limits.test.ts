import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Ledger } from "#ledger/ledger.ts";

import { program } from "../program.ts";
import { openWorld, type World } from "../testing.ts";
import type { Limits } from "./limits.ts";

const MINUTE = 60_000;

/** A program whose runs wait for the test at their step, and who is in it. */
function doors() {
  const open = new Map<string, () => void>();
  const running = new Map<string, { readonly ws: number; readonly agent: number }>();
  const doored = program(
    "doored",
    async (run, at: { readonly ws: number; readonly agent: number; readonly nap?: number }) => {
      const pass = async (name: string): Promise<void> => {
        await run.step(name, () => {
          const { promise, resolve } = Promise.withResolvers<void>();
          running.set(run.id, at);
          open.set(run.id, () => {
            running.delete(run.id);
            open.delete(run.id);
            resolve();
          });
          return promise;
        });
      };
      await pass("first");
      if (at.nap === undefined) return;
      await run.sleep("nap", at.nap);
      await pass("second");
    },
  );
  const inside = (fits: (at: { ws: number; agent: number }) => boolean) =>
    [...running.values()].filter(fits).length;
  const clear = (): void => {
    running.clear();
    open.clear();
  };
  return { doored, open, inside, clear };
}

const starting = (world: World, doored: ReturnType<typeof doors>["doored"]) => {
  return async (ws: number, agent = 0, nap?: number): Promise<string> => {
    const of = agent === 0 ? {} : { agent: { no: agent, version: 1 } };
    const input = nap === undefined ? { ws, agent } : { ws, agent, nap };
    return (await world.engine.start(doored, input, { workspace: ws, ...of })).id;
  };
};

const LIMITS: Limits = { workspace: (ws) => ws + 1, agent: (_ws, agent) => agent };
const acts = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant("start" as const),
      of: fc.constantFrom(
        { ws: 1, agent: 0 },
        { ws: 1, agent: 1 },
        { ws: 2, agent: 2 },
        { ws: 3, agent: 0 },
      ),
      nap: fc.constantFrom(undefined, MINUTE),
    }),
    fc.record({ type: fc.constantFrom("end" as const, "pass" as const, "die" as const) }),
  ),
  { minLength: 5, maxLength: 25 },
);

test("EN-128 workspaces and agents never run more at once than they may, whatever starts, waits, ends or dies", () =>
  fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const { doored, open, inside, clear } = doors();
      await using world = await openWorld([doored], { limits: LIMITS, concurrency: 5 });
      const start = starting(world, doored);
      const check = async () => {
        await world.settle();
        assert.ok(inside(() => true) <= 5);
        for (const ws of [1, 2, 3]) assert.ok(inside((at) => at.ws === ws) <= ws + 1);
        for (const agent of [1, 2]) assert.ok(inside((at) => at.agent === agent) <= agent);
      };
      const ids: string[] = [];
      const does = {
        end: async () => [...open.values()][0]?.(),
        pass: () => world.pass(MINUTE),
        die: () => {
          clear();
          return world.restart();
        },
      };
      for (const act of all) {
        if (act.type === "start") ids.push(await start(act.of.ws, act.of.agent, act.nap));
        else await does[act.type]();
        await check();
      }
      for (let quiet = 0; quiet < 2; quiet = open.size === 0 ? quiet + 1 : 0) {
        for (const end of open.values()) end();
        await check();
        if (open.size === 0) await world.pass(MINUTE);
      }
      for (const id of ids) assert.equal((await world.ledger.find(id))?.state, "completed");
    }),
    { numRuns: 5 },
  ));

test("EN-129 one workspace's long queue holds up another's execution by one place at most", async () => {
  const { doored, open, inside } = doors();
  await using world = await openWorld([doored], { concurrency: 2 });
  const start = starting(world, doored);
  await Promise.all(Array.from({ length: 300 }, () => start(1)));
  await world.settle();
  await start(2);
  await world.settle();
  assert.deepEqual([inside(({ ws }) => ws === 1), inside(({ ws }) => ws === 2)], [2, 0]);
  for (let n = 0; n < 2; n += 1) {
    [...open.values()][0]?.();
    await world.settle();
  }
  assert.deepEqual([inside(({ ws }) => ws === 1), inside(({ ws }) => ws === 2)], [1, 1]);
});

test("EN-130 what goes on does not wait behind what begins, nor the other way round", async () => {
  const { doored, open, inside } = doors();
  await using world = await openWorld([doored], { concurrency: 1 });
  const start = starting(world, doored);
  const napping = await start(1, 0, MINUTE);
  await world.settle();
  [...open.values()][0]?.();
  await world.settle();
  for (let n = 0; n < 20; n += 1) await start(1);
  await world.pass(MINUTE);
  const turns: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    turns.push([...open.keys()].join());
    [...open.values()][0]?.();
    await world.settle();
  }
  assert.ok(turns.slice(0, 3).includes(napping));
  assert.equal(
    inside(() => true),
    1,
  );
});

const isClaim = ({ arguments: [{ op }] }: { readonly arguments: Parameters<Ledger["append"]> }) =>
  op === "claim";

test("EN-131 those of a full workspace wait, and neither hold up others nor are looked for in vain", async (t) => {
  const { doored, open, inside } = doors();
  await using world = await openWorld([doored], { limits: { workspace: 2 } });
  const { mock: appended } = t.mock.method(world.ledger, "append");
  const start = starting(world, doored);
  for (let n = 0; n < 300; n += 1) await start(1);
  await world.settle();
  appended.resetCalls();
  await world.pass(5_000);
  assert.deepEqual(appended.calls.filter(isClaim), []);
  await start(2);
  await world.settle();
  assert.deepEqual([inside(({ ws }) => ws === 1), inside(({ ws }) => ws === 2)], [2, 1]);
  for (let n = 0; n < 3; n += 1) {
    [...open.values()][0]?.();
    await world.settle();
  }
  assert.equal(
    inside(({ ws }) => ws === 1),
    2,
  );
  assert.equal(
    appended.calls.filter(isClaim).length,
    2,
    "one for each place that somebody waits for",
  );
});

test("EN-132 what waits for a place is canceled soon, however many stand before it", async () => {
  const { doored, open } = doors();
  await using world = await openWorld([doored], { concurrency: 1 });
  const start = starting(world, doored);
  const ids: string[] = [];
  for (let n = 0; n < 50; n += 1) ids.push(await start(1));
  const last = ids.at(-1) ?? "";
  await world.engine.cancel(last, "usr_1");
  for (let n = 0; n < 2; n += 1) {
    await world.settle();
    [...open.values()][0]?.();
  }
  await world.settle();
  assert.equal((await world.ledger.find(last))?.state, "canceled");
});

test("EN-133 an agent's executions start at its rate, through restarts, in their order, and none is lost", async () => {
  const started: number[] = [];
  const noting = program("noting", async (run, n: number) => {
    await run.step("note", () => void started.push(n));
    return world.clock.now();
  });
  const limits: Limits = {
    rates: async (agents) => new Map(agents.map((no) => [no, { most: 10, perMs: MINUTE }])),
  };
  await using world = await openWorld([noting], { limits });
  const agent = { no: 7, version: 1 };
  const ids: string[] = [];
  for (let n = 0; n < 50; n += 1)
    ids.push((await world.engine.start(noting, n, { workspace: 1, agent })).id);
  await world.settle();
  assert.equal(started.length, 10);
  await world.pass(30_000);
  await world.restart();
  await world.settle();
  assert.equal(started.length, 10);
  for (let n = 0; n < 25; n += 1) await world.pass(12_200);
  const at = await Promise.all(ids.map((id) => world.engine.result(id) as Promise<number>));
  for (const end of at)
    assert.ok(at.filter((one) => one > end - MINUTE && one <= end).length <= 10);
  assert.deepEqual(
    started,
    Array.from({ length: 50 }, (_, n) => n),
  );
});

test("EN-135 it is known whose place or which rate an execution waits for, and until when", async () => {
  const { doored } = doors();
  const limits: Limits = {
    workspace: 3,
    agent: 1,
    rates: async (agents) =>
      new Map(agents.flatMap((no) => (no === 9 ? [[no, { most: 1, perMs: MINUTE }]] : []))),
  };
  await using world = await openWorld([doored], { limits, concurrency: 5 });
  const start = starting(world, doored);
  const { inLine } = world.engine;
  assert.deepEqual(await inLine(1, 1), { for: "turn" });
  await start(1, 1);
  await start(1, 1);
  await world.settle();
  assert.deepEqual(await inLine(1, 1), { for: "agent" });
  for (let n = 0; n < 3; n += 1) await start(1);
  await world.settle();
  assert.deepEqual(await inLine(1, 2), { for: "workspace" });
  await start(2, 9);
  await world.settle();
  const until = world.clock.now() + MINUTE + 1_000;
  const rate = { most: 1, perMs: MINUTE };
  assert.deepEqual(await inLine(2, 9), { for: "rate", rate, until });
  await start(2);
  await world.settle();
  assert.deepEqual(await inLine(3, 0), { for: "engine" });
});
