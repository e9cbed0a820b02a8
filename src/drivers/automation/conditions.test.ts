import assert from "node:assert/strict";
import { test } from "node:test";

import type { Evaluation } from "#domain/conditions.ts";

import { openWorld, type World } from "./testing.ts";

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
