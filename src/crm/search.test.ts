import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Entity } from "#domain/catalogue.ts";
import { evaluateCondition, type Look } from "#domain/conditions.ts";
import { type Comparison, type Condition, OPERATORS, type Value } from "#domain/plan.ts";

import { ENTITIES } from "./fields.ts";
import { inhabit, NOW, openWorld, type World } from "./fixtures.ts";
import { importContacts } from "./import-contacts.ts";
import { lookFor } from "./look.ts";
import { search } from "./search.ts";
import { subjects } from "./subjects.ts";

const DAY = 86_400_000;
const zone = "Europe/Berlin";
const people = new Map([["usr_ana", "Ana Ruiz"]]);

const words = [
  "",
  "CEO",
  "ceo",
  "Éva",
  "éva ",
  "10",
  "10.0",
  "Straße",
  "sales ops",
  "yes",
  "2026-03-14",
  "@me",
];
const anyWord = fc.constantFrom(...words);
const anyTags = fc.subarray(["VIP", "Éva", "10", "cold lead"]);
const anyNumber = fc.constantFrom(0, 10, 10.5, -3, 50_000, 1e12);
const anyDay = fc.constantFrom(
  "2026-03-14",
  "2026-03-15",
  "2026-03-16",
  "2026-03-15T11:59:00.000Z",
);
const anyFlag = fc.boolean();
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 3 });

const anyContact = fc.record({
  firstName: maybe(anyWord),
  lastName: maybe(anyWord),
  title: maybe(anyWord),
  status: maybe(anyWord),
  ownerId: maybe(fc.constantFrom("usr_ana", "usr_Bo")),
  replied: anyFlag,
  lastContactedAt: maybe(fc.constantFrom(NOW, NOW - DAY, NOW - 30 * DAY, NOW - 12 * 3_600_000)),
  leadScore: maybe(anyNumber),
  segment: maybe(anyWord),
  beta: maybe(anyFlag),
  renewal: maybe(anyDay),
});
const anyCompany = fc.record({
  industry: maybe(anyWord),
  employees: maybe(fc.constantFrom(0, 10, 50)),
  revenue: maybe(anyNumber),
});
const anyDeal = fc.record({
  value: maybe(anyNumber),
  stage: maybe(fc.constantFrom("New", "Closed Won", "éva")),
  closeDate: maybe(anyDay),
});

const anyField = fc.constantFrom(
  "contact",
  "contact.id",
  "name",
  "firstName",
  "contact.title",
  "@contact.title",
  "job title",
  "status",
  "tags",
  "owner",
  "ownerId",
  "replied",
  "opened_email",
  "lastContactedAt",
  "createdAt",
  "leadScore",
  "custom.segment",
  "contact.beta",
  "renewal",
  "company",
  "company.industry",
  "company.employees",
  "company.tags",
  "company.owner",
  "deal.value",
  "deal.stage",
  "deal.closeDate",
  "deal.open",
  "deal",
  "nonsense",
  "contact.customField99",
  "memory.touches",
  "deal.custom.leadScore",
  "revenue",
  "value",
  "closeDate",
  "industry",
);
const anyExpected: fc.Arbitrary<Value> = fc.oneof(
  anyWord,
  anyWord.map((word) => word.toUpperCase()),
  anyNumber,
  anyFlag,
  fc.constantFrom(
    "today",
    "-P1D",
    "-P30D",
    "P1D",
    "P0D",
    "yesterday",
    "tomorrow",
    "now",
    "PT1H",
    "-PT2H",
    "2026-03-15",
    "2026-03-15T12:00:00Z",
    NOW,
    "nobody",
  ),
  fc.constantFrom(
    "Ana Ruiz",
    "usr_ana",
    "e",
    "1",
    "VIP",
    "@memory.word",
    "@memory.list",
    "@memory.towns",
    "@memory.gone",
    "@memory.gone|ceo",
    "@deal.x",
    "eva",
    "$10",
    "50k",
  ),
);
const anyComparison: fc.Arbitrary<Comparison> = fc
  .tuple(
    anyField,
    fc.constantFrom(...OPERATORS),
    anyExpected,
    fc.array(anyExpected, { maxLength: 4 }),
  )
  .map(([field, operator, value, list]) => {
    if (operator === "exists") return { field, operator };
    const isList = value === "@memory.list" || value === "@memory.towns";
    return { field, operator, value: operator === "in" && !isList ? list : value };
  });
const { condition: anyCondition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyComparison,
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("condition").map((not) => ({ not })),
  ),
}));

const memory: Look = (field) => {
  if (field === "memory.word") return { known: true, value: "ceo" };
  if (field === "memory.list") return { known: true, value: ["ÉVA", "10", "con_x"] };
  if (field === "memory.towns") return { known: true, value: "éva, CEO;10" };
  if (field === "memory.touches") return { known: true, value: 3 };
  return { known: false };
};

type Place = Omit<World, typeof Symbol.asyncDispose>;

async function populate(world: Place, sample: Sample): Promise<void> {
  await define(world);
  const firms = [];
  for (const [index, { values, tags }] of sample.companies.entries()) {
    firms.push(await world.add("company", { ...values, name: words[index + 1] ?? "Firm" }, tags));
  }
  const met = [];
  for (const { values, tags, at } of sample.contacts) {
    met.push(await world.add("contact", { ...values, companyId: idAt(firms, at) }, tags));
  }
  for (const { values, at, to } of sample.deals) {
    const links = { companyId: idAt(firms, at), contactId: idAt(met, to) };
    await world.add("deal", { ...values, ...links, name: "Deal" });
  }
}

const index = fc.integer({ min: 0, max: 4 });
const anySample = fc.record({
  companies: fc.array(fc.record({ values: anyCompany, tags: anyTags }), { maxLength: 3 }),
  contacts: fc.array(fc.record({ values: anyContact, tags: anyTags, at: index }), {
    minLength: 1,
    maxLength: 6,
  }),
  deals: fc.array(fc.record({ values: anyDeal, at: index, to: index }), { maxLength: 4 }),
});
type Sample = typeof anySample extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function idAt(rows: readonly { readonly id: string }[], at: number): string | null {
  return rows[at]?.id ?? null;
}

async function define(world: Place): Promise<void> {
  await world.define("contact", "leadScore", "number");
  await world.define("contact", "segment", "text");
  await world.define("contact", "beta", "boolean");
  await world.define("contact", "renewal", "date");
}

/** What a condition finds when each row is read and judged by itself. */
async function judgeEach(
  world: Place,
  entity: Entity,
  condition: Condition,
): Promise<readonly string[]> {
  const all = await search(world.store, { ws: world.ws, entity, now: NOW, zone });
  const seen = await subjects(world.store).loadAll(world.ws, entity, all.ids);
  const holding = seen.filter((subject) => {
    const own = lookFor(subject, people);
    const look: Look = (field) => (own(field).known ? own(field) : memory(field));
    return evaluateCondition(condition, look, { now: NOW, zone }).holds;
  });
  return holding.map(({ id }) => id);
}

test("CR-1 a search finds exactly the rows for which its condition holds", async () => {
  await using first = await openWorld();
  let ws = 0;
  const anyConditions = fc.array(anyCondition, { minLength: 4, maxLength: 4 });
  const property = fc.asyncProperty(anySample, anyConditions, async (sample, conditions) => {
    ws += 1;
    const world = { ...first, ...inhabit(first.store, ws) };
    await populate(world, sample);
    for (const condition of conditions) {
      for (const entity of ENTITIES) {
        const expected = await judgeEach(world, entity, condition);
        const query = { ws, entity, condition, now: NOW, zone, look: memory, people };
        const { ids } = await search(world.store, query);
        assert.deepEqual(ids, expected, `${entity} ${JSON.stringify(condition)}`);
      }
    }
  });
  await fc.assert(property, { numRuns: 200 });
});

test("CR-15 a field or variable that nobody knows finds nothing, under NOT as well, and is warned of once", async () => {
  await using world = await openWorld();
  await world.add("contact", { firstName: "Bo" });
  const misspelt = { field: "contact.customField99", operator: "==", value: "x" } as const;
  const warning = "Field 'contact.customField99' not found. Defaulting to false.";
  const ask = async (condition: Condition): Promise<readonly unknown[]> => {
    const found = await search(world.store, {
      ws: 1,
      entity: "contact",
      condition,
      now: NOW,
      zone,
    });
    return [found.ids.length, found.warnings];
  };
  assert.deepEqual(await ask(misspelt), [0, [warning]]);
  assert.deepEqual(await ask({ not: misspelt }), [0, [warning]]);
  assert.deepEqual(await ask({ not: { all: [misspelt, misspelt] } }), [0, [warning]]);
  assert.deepEqual(await ask({ field: "constructor", operator: "exists" }), [
    0,
    ["Field 'constructor' not found. Defaulting to false."],
  ]);
  const known = { field: "name", operator: "exists" } as const;
  assert.deepEqual(await ask({ any: [misspelt, known] }), [1, [warning]]);
  assert.deepEqual(await ask({ field: "name", operator: "==", value: "@memory.who" }), [
    0,
    ["Field 'memory.who' not found. Defaulting to false."],
  ]);
});

test("CR-16 a search looks through window after window, in order, up to its limit, in its workspace alone", async () => {
  await using world = await openWorld();
  const rows = Array.from(
    { length: 4501 },
    (_, n) => `Person ${n},${n % 2 === 0 ? "even" : "odd"}`,
  );
  const file = ["First name,Status", ...rows].join("\n");
  await importContacts(world.store, world.change, file);
  await importContacts(world.store, { ...world.change, ws: 2 }, file);
  const condition = { field: "status", operator: "==", value: "EVEN" } as const;
  const base = { ws: 1, entity: "contact", condition, now: NOW, zone } as const;
  const { ids } = await search(world.store, base);
  assert.equal(ids.length, 2251);
  assert.deepEqual(ids, ids.toSorted());
  const newest = await search(world.store, { ...base, order: "newest" });
  assert.deepEqual(newest.ids, ids.toReversed());
  const limited = await search(world.store, { ...base, limit: 2100, after: ids[9] });
  assert.deepEqual(limited.ids, ids.slice(10, 2110));
  const all = await search(world.store, { ws: 1, entity: "contact", now: NOW, zone });
  assert.equal(all.ids.length, 4501);
});
