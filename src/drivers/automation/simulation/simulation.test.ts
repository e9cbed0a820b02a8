import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { DAY, openWorld } from "../testing.ts";
import { spread } from "./sending.ts";
import { contentsOf, simulateIn } from "./testing.ts";

const SEND = { type: "send_email", params: { subject: "Hi @contact.firstName", body: "Dear you" } };
const wait = (duration: string) => ({ type: "wait", params: { duration } });
const LEADS = {
  type: "search_contacts",
  params: { field: "status", operator: "==", value: "Lead" },
};
const status = (value: string) => ({
  type: "update_field",
  params: { entity: "contact", field: "status", value },
});

test("SI-1 a simulation says what would be sent and changed for whom and on which day, and nothing of it happens", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const agent = await world.agent({
    steps: [
      LEADS,
      SEND,
      wait("P5D"),
      status("Contacted"),
      { type: "add_tag", params: { tags: ["warm"] } },
    ],
  });
  await world.settle();
  const before = contentsOf(world.path);

  const { walks, selections, complete } = await simulateIn(world, agent);
  assert.equal(complete, true);
  assert.deepEqual(selections, [{ type: "contact", found: 3, walked: 3 }]);
  const [walk] = walks;
  assert.ok(walk !== undefined && walks.length === 1);
  assert.equal(walk.error, null);
  assert.deepEqual(walk.figures, { emailsSent: 3, fieldsUpdated: 3, tagsAdded: 3 });
  assert.equal(walk.days, 6);
  assert.deepEqual(walk.journeys, {
    walked: 3,
    completed: 3,
    skipped: 0,
    failed: 0,
    unfinished: 0,
  });
  const [first] = walk.samples;
  assert.ok(first !== undefined);
  assert.equal(first.entity?.name, "N1 Lead");
  assert.deepEqual(
    first.happenings.map(({ path, day, outcome, text }) => [path, day, outcome, text]),
    [
      ["2", 1, "done", "Email to n1@acme.test: Hi N1"],
      ["3", 1, "waited", "Waits until Saturday, 10 January 2026 at 09:00"],
      ["4", 6, "done", "status: Lead → Contacted"],
      ["5", 6, "done", "Adds warm"],
    ],
  );
  assert.equal(first.happenings[0]?.mail?.text, "Dear you");

  await world.pass(DAY);
  assert.deepEqual(contentsOf(world.path), before);
  assert.deepEqual(await world.mailed(), []);
});

test("SI-2 whatever the plan, a simulation leaves every table of the store as it was", () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 6 }), async (steps) => {
      await using world = await openWorld();
      await world.leads(3);
      await world.template("Intro");
      const agent = await world.agent({ steps: [LEADS, ...steps] }, { memory: { lasts: "agent" } });
      await world.settle();
      const before = contentsOf(world.path);
      const { walks } = await simulateIn(world, agent);
      assert.ok(walks.length > 0);
      await world.settle();
      assert.deepEqual(contentsOf(world.path), before);
      assert.deepEqual(await world.mailed(), []);
    }),
    { numRuns: 10 },
  ));

const isWarm = { field: "contact.status", operator: "==", value: "Warm" };
const plainStep = fc.constantFrom<object>(
  { type: "send_email", params: { template: "Intro" } },
  SEND,
  status("Warm"),
  wait("P2D"),
  { type: "skip", params: isWarm },
  { type: "add_tag", params: { tags: ["warm"] } },
  { type: "remove_tag", params: { tags: ["warm"] } },
  { type: "create_task", params: { title: "Call @contact.firstName", due: "P1D" } },
  { type: "notify", params: { message: "Look at @contact.firstName" } },
  { type: "remember", params: { key: "seen" } },
  { type: "stop", params: {} },
  LEADS,
);
const anyStep = fc.oneof(
  plainStep,
  fc.record({
    type: fc.constant("if"),
    params: fc.constantFrom(isWarm, { field: "contact.replied", operator: "==", value: true }),
    then: fc.array(
      plainStep.filter((step) => step !== LEADS),
      { maxLength: 2 },
    ),
  }),
);

test("SI-3 what a simulation writes is read back by its later steps and searches", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.add("contact", { firstName: "Old", lastName: "Friend", status: "Customer" }, [
    "warm",
  ]);
  const agent = await world.agent({
    steps: [
      LEADS,
      { type: "add_tag", params: { tags: ["warm"] } },
      status("Warm"),
      { type: "if", params: isWarm, then: [{ type: "remember", params: { key: "seen" } }] },
      { type: "search_contacts", params: { field: "tags", operator: "contains", value: "warm" } },
      { type: "skip", params: { field: "contact", operator: "in", value: "@memory.seen" } },
      status("Asked"),
    ],
  });
  const { selections, walks } = await simulateIn(world, agent);
  assert.deepEqual(selections, [
    { type: "contact", found: 2, walked: 2 },
    { type: "contact", found: 3, walked: 3 },
  ]);
  assert.deepEqual(
    walks[0]?.steps.map(({ path, reached, held }) => [path, reached, held]),
    [
      ["1", 1, null],
      ["2", 2, null],
      ["3", 2, null],
      ["4", 2, 2],
      ["4.then.1", 2, null],
      ["5", 1, null],
      ["6", 3, 2],
      ["7", 1, null],
    ],
  );
  assert.deepEqual(walks[0]?.leftOut, [
    { reason: "The instructions leave it out.", step: "6", count: 2 },
  ]);
});

test("SI-4 a plan that mails and then asks for a reaction is walked for both", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const replied = { field: "contact.replied", operator: "==", value: true };
  const agent = await world.agent({
    steps: [
      LEADS,
      { type: "skip", params: replied }, // before any mail: what is known stands
      SEND,
      wait("P3D"),
      { type: "if", params: replied, then: [status("Warm")], else: [SEND] },
    ],
  });
  const { walks } = await simulateIn(world, agent);
  assert.deepEqual(
    walks.map(({ assumes, figures }) => [assumes, figures]),
    [
      ["noReaction", { emailsSent: 4 }],
      ["reaction", { emailsSent: 2, fieldsUpdated: 2 }],
    ],
  );
});

test("SI-5 the days that it takes under the agent's limit are told, and that it would pause there", async () => {
  await using world = await openWorld();
  await world.leads(43);
  const agent = await world.agent(
    { steps: [LEADS, SEND] },
    { restrictions: { maxEmailsPerDay: 30 } },
  );
  const { walks } = await simulateIn(world, agent, { sentToday: 5 });
  assert.equal(walks[0]?.summary, "would send 43 emails over 2 days under your limits");
  assert.deepEqual(walks[0]?.sending, {
    emails: 43,
    days: 2,
    perDay: 30,
    sentToday: 5,
    byDay: [
      { day: 1, date: "2026-01-05", emails: 25 },
      { day: 2, date: "2026-01-06", emails: 18 },
    ],
    pauses: true,
  });
  assert.match(walks[0]?.warnings[0]?.message ?? "", /limit of 30 emails a day and pauses/);
});

test("SI-5 mail held to a limit a day is all sent, no day over it and none before it was due", () => {
  const DAYS = 30;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: DAYS }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(10),
      (due, perDay, sentToday) => {
        const pace = { zone: "UTC", now: 0, perDay, sentToday, onLimit: "hold" } as const;
        const { byDay, days } = spread(
          due.map((day) => day * DAY),
          pace,
        );
        const sum = byDay.reduce((total, { emails }) => total + emails, 0);
        assert.equal(sum, due.length);
        assert.equal(days, byDay.length);
        for (const { day, emails } of byDay) {
          assert.ok(emails + (day === 1 ? sentToday : 0) <= perDay);
          const sent = byDay.filter((one) => one.day <= day).reduce((n, one) => n + one.emails, 0);
          assert.ok(sent <= due.filter((one) => one < day).length);
        }
      },
    ),
  );
});

test("SI-6 no more are walked than asked for, and it is said of how many", async () => {
  await using world = await openWorld();
  await world.leads(12);
  const agent = await world.agent({ steps: [LEADS, SEND] });
  const { selections, walks, complete, why } = await simulateIn(world, agent, { most: 5 });
  assert.deepEqual(selections, [{ type: "contact", found: 12, walked: 5 }]);
  assert.equal(walks[0]?.sending.emails, 5);
  assert.deepEqual(walks[0]?.sending.inAll, { emails: 12, days: 1 });
  assert.match(walks[0]?.summary ?? "", /; for all who were found about 12 emails over 1 day$/);
  assert.equal(complete, false);
  assert.equal(why, "5 of the 12 that were found were walked.");
});

test("SI-7 a simulation that takes too long is cut short, and tells what it has seen", async () => {
  await using world = await openWorld();
  await world.leads(5);
  const agent = await world.agent({ steps: [LEADS, SEND, wait("P1D"), SEND] });
  const { walks, complete, why } = await simulateIn(world, agent, { budgetMs: 0 });
  assert.equal(complete, false);
  assert.match(why ?? "", /took too long/);
  assert.equal(walks[0]?.journeys.unfinished, 5);
  assert.equal(walks[0]?.figures["emailsSent"], 5);
});

test("SI-8 who is left out, and what goes wrong, is told as a run would tell it", async () => {
  await using world = await openWorld();
  await world.leads(1);
  await world.add("contact", { firstName: "No", lastName: "Address", status: "Lead" });
  const agent = await world.agent({ steps: [LEADS, SEND] });
  const { walks } = await simulateIn(world, agent);
  const [walk] = walks;
  assert.deepEqual(walk?.leftOut, [
    { reason: "Invalid email address: No Address has none", step: "2", count: 1 },
  ]);
  assert.equal(walk?.error, null);

  const broken = await world.agent({
    steps: [LEADS, { type: "send_email", params: { template: "Gone" } }],
  });
  const { walks: none } = await simulateIn(world, broken);
  assert.deepEqual(none[0]?.error?.code, "template_not_found");
  assert.equal(none[0]?.error?.step, "2");

  await world.run(await world.agent({ steps: [LEADS, wait("P1D"), SEND] }));
  const again = await world.agent({ steps: [LEADS, wait("P1D")] });
  await world.run(again);
  const { walks: busy } = await simulateIn(world, again);
  assert.match(busy[0]?.warnings[0]?.message ?? "", /^2 contacts are already in run_/);
});

test("SI-3 what the agent remembers from its runs is known to a simulation, and what that remembers is not", async () => {
  await using world = await openWorld();
  const [first = ""] = await world.leads(3);
  const seen = { field: "contact", operator: "in", value: "@memory.seen" };
  const steps = [
    LEADS,
    { type: "skip", params: seen },
    { type: "remember", params: { key: "seen" } },
  ];
  const agent = await world.agent({ steps }, { memory: { lasts: "agent" } });
  const context = { entity: "contact", ids: [first] } as const;
  await world.run(agent, { context });
  const simulated = async (): Promise<unknown> => {
    const { walks } = await simulateIn(world, agent);
    return walks[0]?.journeys.skipped;
  };
  assert.equal(await simulated(), 1);
  assert.equal(await simulated(), 1);
});
