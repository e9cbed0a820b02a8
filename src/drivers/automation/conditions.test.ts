import assert from "node:assert/strict";
import { test } from "node:test";

import { setField } from "#crm/set-field.ts";
import type { Evaluation } from "#domain/conditions.ts";

import { DAY, openWorld, type World } from "./testing.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
} as const;
const tag = (name: string): object => ({ type: "add_tag", params: { tags: [name] } });

async function judged(world: World, id: string, lane = 1): Promise<Evaluation> {
  const found = await world.ledger.find(id);
  const payloads = [...(await world.ledger.readPayloads(found?.no ?? 0, lane)).values()];
  return payloads.find(
    (one) => (one as Partial<Evaluation>).comparisons !== undefined,
  ) as Evaluation;
}

test("3.6-1 conditions decide with and, or, not, nesting and else, for each contact by itself", async () => {
  await using world = await openWorld();
  await world.leads(4);
  const name = (value: string): object => ({ field: "contact.firstName", operator: "==", value });
  const condition = {
    any: [
      name("n1"),
      { all: [name("N2"), { not: { field: "contact.email", operator: "exists" } }] },
      { field: "contact.firstName", operator: "in", value: ["N3", "X"] },
    ],
  };
  const steps = [
    FIND,
    {
      type: "if",
      params: condition,
      then: [tag("Then")],
      else: [{ type: "if", params: name("N2"), then: [tag("Nested")] }],
    },
  ];
  const id = await world.run(await world.agent({ steps }));
  const taken = (await world.factsOf(id, "stepDone"))
    .map(({ path }) => path)
    .filter((path) => path.includes("."));
  assert.deepEqual(taken.toSorted(), [
    "2.else.1",
    "2.else.1",
    "2.else.1.then.1",
    "2.then.1",
    "2.then.1",
  ]);
});

test("3.6-2 a condition's result is on record with the values that were compared", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const steps = [
    FIND,
    {
      type: "if",
      params: { field: "contact.firstName", operator: "==", value: "Ann" },
      then: [tag("A")],
    },
  ];
  const id = await world.run(await world.agent({ steps }));
  const { holds, comparisons } = await judged(world, id);
  assert.equal(holds, false);
  assert.deepEqual(comparisons, [
    { field: "contact.firstName", operator: "==", expected: "Ann", actual: "N1", outcome: "false" },
  ]);
});

test("3.6-3 a field that is not there is false with a warning, also under not, and the execution goes on", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const unknown = { field: "contact.customField99", operator: "==", value: 1 };
  const steps = [
    FIND,
    { type: "if", params: unknown, then: [tag("A")] },
    { type: "if", params: { not: unknown }, then: [tag("B")] },
    tag("C"),
  ];
  const { state, warnings, figures } = await world.ended(
    await world.run(await world.agent({ steps })),
  );
  assert.deepEqual([state, warnings, figures["tagsAdded"]], ["completed", 4, 2]);
  const again = await world.run(await world.agent({ steps }, { name: "Again" }));
  assert.deepEqual((await judged(world, again)).warnings, [
    "Field 'contact.customField99' not found. Defaulting to false.",
  ]);
});

test("DR-11 skip leaves contacts out of what follows; they count as through", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const steps = [
    FIND,
    { type: "skip", params: { field: "contact.firstName", operator: "==", value: "N2" } },
    tag("A"),
  ];
  const { state, figures } = await world.ended(await world.run(await world.agent({ steps })));
  assert.deepEqual(
    [state, figures],
    ["completed", { contactsFound: 3, contactsProcessed: 3, tagsAdded: 2 }],
  );
});

test("DR-12 stop ends the journey that comes to it, and no other", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const condition = { field: "contact.firstName", operator: "!=", value: "N2" };
  const steps = [
    FIND,
    { type: "if", params: condition, then: [{ type: "stop", params: {} }] },
    tag("A"),
  ];
  const { state, figures } = await world.ended(await world.run(await world.agent({ steps })));
  assert.deepEqual(
    [state, figures],
    ["completed", { contactsFound: 3, contactsProcessed: 3, tagsAdded: 1 }],
  );
});

test("VA-38 a condition reads the stage before, what is remembered, forms and days of the workspace's zone, and logs them", async () => {
  const start = Date.parse("2026-03-10T23:30:00Z");
  await using world = await openWorld({ zone: "Europe/Berlin", start });
  const contact = await world.add("contact", { firstName: "Bo" });
  const deal = await world.add("deal", { name: "Big", stage: "Demo", contactId: contact.id });
  const set = { entity: "deal", id: deal.id, field: "stage", value: "Offer" } as const;
  const { needs, change } = world;
  await needs.store.write((await setField(needs.store, change(), set, "UTC")).writes);
  world.clock.advance(DAY);
  const condition = {
    all: [
      { field: "deal.previousStage", operator: "==", value: "demo" },
      { field: "contact.createdAt", operator: "==", value: "yesterday" },
      { field: "contact.createdAt", operator: "<", value: "today" },
      { field: "form.budget", operator: ">", value: 10_000 },
      { field: "memory.town", operator: "==", value: "@form.town" },
      { not: { field: "search.results", operator: "exists" } },
    ],
  };
  const steps = [
    { type: "remember", params: { key: "town", value: "Oslo" } },
    { type: "if", params: condition, then: [tag("Yes")] },
  ];
  const context = { entity: "contact", ids: [contact.id] } as const;
  const form = { budget: "$12,500", town: "oslo" };
  const id = await world.run(await world.agent({ steps }), { context, form });
  const { warnings, figures } = await world.ended(id);
  const { comparisons } = await judged(world, id);
  assert.deepEqual([warnings, figures["tagsAdded"]], [0, 1], JSON.stringify(comparisons));
  assert.deepEqual(
    comparisons.map(({ actual, expected }) => [actual, expected]),
    [
      ["Demo", "demo"],
      [start, "yesterday"],
      [start, "today"],
      ["$12,500", 10_000],
      ["Oslo", "oslo"],
      ["", undefined],
    ],
  );
});
