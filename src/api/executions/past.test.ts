import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Execution, Journey, Moment } from "#contract/shapes/executions.ts";
import { KINDS } from "#domain/kinds.ts";
import { DAY, openWorld, type World } from "#drivers/automation/testing.ts";

import { showFacts } from "../facts.ts";
import { type Executions, openExecutions } from "./executions.ts";

const executionsOf = ({ services, ledger, clock }: World): Executions =>
  openExecutions(
    {
      ...services,
      ledger,
      search: { find: async () => ({ nos: [], goOnFrom: null, behindSince: null }) },
      keyNames: async () => new Map(),
      inLine: async () => ({ for: "turn" }),
      versionOf: () => "1",
    },
    clock,
  );

type Event = "pass" | "restart" | "skip" | "cancel";
const anyEvents = fc.array(
  fc.constantFrom<Event>("pass", "pass", "pass", "restart", "skip", "cancel"),
  { maxLength: 5 },
);

const STEP = {
  find: {
    type: "search_contacts",
    params: { field: "contact.status", operator: "==", value: "Lead" },
  },
  send: { type: "send_email", params: { template: "Welcome" } },
  wait: { type: "wait", params: { duration: "P1D" } },
  tag: { type: "add_tag", params: { tags: ["A"] } },
  branch: {
    type: "if",
    params: { field: "contact.firstName", operator: "==", value: "N1" },
    then: [{ type: "wait", params: { duration: "PT1H" } }],
    else: [{ type: "add_tag", params: { tags: ["B"] } }],
  },
} as const;
const anySteps = fc.array(fc.constantFrom(STEP.send, STEP.wait, STEP.tag, STEP.branch), {
  minLength: 1,
  maxLength: 4,
});

async function carryOut(world: World, id: string, event: Event): Promise<void> {
  const { engine } = world.node();
  if (event === "pass") await world.pass(DAY / 2);
  else if (event === "restart") await world.restart();
  else if (event === "skip") await engine.skipWait(id, "olga");
  else await engine.cancel(id, "olga");
  await world.settle();
}

interface Place {
  readonly world: World;
  readonly id: string;
  readonly at: (moment?: Moment) => Promise<Execution>;
  readonly journeys: (moment?: Moment) => Promise<readonly Journey[]>;
  readonly positions: () => Promise<readonly number[]>;
}

async function openPlace(world: World, steps: readonly object[]): Promise<Place> {
  await world.leads(2);
  await world.add("contact", { firstName: "Bad", status: "Lead" });
  await world.template("Welcome");
  const id = await world.run(await world.agent({ steps: [STEP.find, ...steps] }));
  const executions = executionsOf(world);
  return {
    world,
    id,
    at: (moment) => executions.detail(world.entered.workspace.no, id, moment),
    journeys: async (moment) =>
      (await executions.journeys(world.entered.workspace.no, id, { limit: 9, at: moment })).items,
    positions: async () => {
      const found = await world.ledger.find(id);
      const entries = await world.ledger.readAfter(0, 10_000);
      const own = entries.filter(({ no }) => no === found?.no);
      return own.flatMap(showFacts).map(({ position }) => position);
    },
  };
}

/** What a clock that goes on adds to an execution that runs or waits. */
const withoutSpent = (shown: Execution): Execution =>
  shown.completedAt === null ? { ...shown, activeMs: null, waitedMs: null } : shown;

test("L-10 folded up to its last fact an execution is as it stands now", () =>
  fc.assert(
    fc.asyncProperty(anySteps, anyEvents, async (steps, events) => {
      await using world = await openWorld();
      const { id, at, journeys, positions } = await openPlace(world, steps);
      for (const event of events) {
        await carryOut(world, id, event);
        const position = (await positions()).at(-1) ?? 0;
        assert.deepEqual(withoutSpent(await at({ position })), withoutSpent(await at()));
        assert.deepEqual(await journeys({ position }), await journeys());
      }
    }),
    { numRuns: 5 },
  ));

test("L-10 at each of its facts an execution can be looked at, and its state follows the machine", () =>
  fc.assert(
    fc.asyncProperty(anySteps, anyEvents, async (steps, events) => {
      await using world = await openWorld();
      const { id, at, positions } = await openPlace(world, steps);
      for (const event of events) await carryOut(world, id, event);
      const { arrows, initial } = KINDS.automation.machine;
      let before: string = initial;
      let done = 0;
      for (const position of await positions()) {
        const then = await at({ position });
        const next = Object.values(arrows[before as keyof typeof arrows]) as readonly string[];
        assert.ok(then.status === before || next.includes(then.status), `${before}→${then.status}`);
        before = then.status;
        const results = then.steps.reduce((n, { progress }) => n + (progress?.done ?? 0), 0);
        assert.ok(results >= done, "what is done stays done");
        done = results;
      }
    }),
    { numRuns: 5 },
  ));

test("L-10 a moment is named by a position or a time; before its first fact there was nothing", async () => {
  await using world = await openWorld();
  const { at, journeys, positions } = await openPlace(world, [STEP.wait, STEP.tag]);
  const began = world.clock.now();
  await world.pass(DAY);
  const waiting = await at({ time: began });
  assert.deepEqual([waiting.status, waiting.completedAt], ["waiting", null]);
  assert.deepEqual(
    waiting.steps.map(({ status }) => status),
    ["completed", "waiting", "pending"],
  );
  const states = (await journeys({ time: began })).map(({ state }) => state);
  assert.deepEqual(states, ["waiting", "waiting", "waiting"]);
  assert.equal((await at({ time: world.clock.now() })).status, "completed");
  const [first = 0] = await positions();
  assert.equal((await at({ position: first })).status, "queued");
  await assert.rejects(at({ position: first - 1 }), { code: "not_found" });
  await assert.rejects(at({ time: began - 1 }), { code: "not_found" });
});
