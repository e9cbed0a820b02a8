import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { activities } from "./activities.ts";
import { companies } from "./companies.ts";
import { contacts } from "./contacts.ts";
import { deals } from "./deals.ts";
import { entities } from "./entities.ts";
import { inhabit, NOW, openWorld, type World } from "./fixtures.ts";
import { subjects } from "./subjects.ts";
import { tags } from "./tags.ts";

const HOUR = 3_600_000;

async function timeline(world: World, entityId: string): Promise<readonly string[]> {
  const query = { ws: world.ws, entityId, limit: 100 };
  const { rows } = await activities(world.store).page(query);
  return rows.map(({ text }) => text).toReversed();
}

test("CR-2 another workspace's entities are not there: not to read, not to link to", async () => {
  await using world = await openWorld();
  const other = inhabit(world.store, 2);
  const acme = await other.add("company", { name: "Acme" });
  const repository = companies(world.store);
  await assert.rejects(repository.get(1, acme.id), { code: "not_found" });
  assert.deepEqual(await repository.findAll(1, [acme.id]), []);
  await assert.rejects(world.add("contact", { firstName: "Bo", companyId: acme.id }), {
    code: "not_found",
  });
  assert.deepEqual((await repository.page({ ws: 1, limit: 10 })).rows, []);
  await assert.rejects(subjects(world.store).load(1, "company", acme.id), { code: "not_found" });
});

test("CR-3 of two changes to what both had read, the second is stale and writes nothing", async () => {
  await using world = await openWorld();
  const bo = await world.add("contact", { firstName: "Bo", status: "Lead" });
  const repository = contacts(world.store);
  const one = await repository.update(world.change, bo, { values: { status: "Qualified" } });
  const two = await repository.update(world.change, bo, {
    values: { status: "Lost" },
    tags: ["x"],
  });
  await world.store.write(one.writes);
  await assert.rejects(world.store.write(two.writes), { code: "stale" });
  const now = await repository.get(1, bo.id);
  assert.deepEqual([now.status, now.version], ["Qualified", 2]);
  assert.deepEqual(await tags(world.store).of(1, bo.id), []);
});

test("CR-4 each change of a field is logged with its old and its new value, and moves updatedAt", async () => {
  await using world = await openWorld();
  await world.define("contact", "leadScore", "number");
  const bo = await world.add("contact", { firstName: "Bo", status: "Lead", leadScore: 5 });
  const later = { ...world.change, at: NOW + HOUR, executionId: "run_1" };
  const values = { status: "Qualified", "lead score": 9, firstName: "Bo" };
  const { writes, changes } = await contacts(world.store).update(later, bo, { values });
  await world.store.write(writes);
  assert.deepEqual(changes, [
    { field: "status", from: "Lead", to: "Qualified" },
    { field: "leadScore", from: 5, to: 9 },
  ]);
  const { rows } = await activities(world.store).page({ ws: 1, entityId: bo.id, limit: 1 });
  assert.deepEqual(JSON.parse(rows[0]?.data ?? ""), changes[1]);
  assert.deepEqual(rows[0]?.execution_id, "run_1");
  assert.deepEqual(await timeline(world, bo.id), [
    "Bo created",
    'status changed from "Lead" to "Qualified"',
    'leadScore changed from "5" to "9"',
  ]);
  const after = await contacts(world.store).get(1, bo.id);
  assert.equal(after.updated_at, NOW + HOUR);
  const again = await contacts(world.store).update(later, after, { values });
  assert.deepEqual(again, { writes: [], changes: [] });
});

test("CR-5 an email address belongs to one contact of a workspace, whatever its case", async () => {
  await using world = await openWorld();
  const bo = await world.add("contact", { email: "Bo@Example.com" });
  const al = await world.add("contact", { email: "al@example.com" });
  const taken = { code: "conflict", facts: { contactId: bo.id } };
  await assert.rejects(world.add("contact", { email: "x" }), { code: "invalid" });
  const create = contacts(world.store).create(world.change, {
    values: { Email: "bo@example.com" },
  });
  await assert.rejects(create, taken);
  const rename = { values: { "contact.email": "BO@example.com" } };
  await assert.rejects(contacts(world.store).update(world.change, al, rename), taken);
  await contacts(world.store).update(world.change, bo, rename);
  await inhabit(world.store, 2).add("contact", { email: "bo@example.com" });
  const found = await contacts(world.store).byEmails(1, ["BO@EXAMPLE.COM", "no@example.com"]);
  assert.deepEqual([...found.keys()], ["bo@example.com"]);
});

test("CR-10 what is deleted is gone with its tags and timeline, and what led to it stays", async () => {
  await using world = await openWorld();
  const acme = await world.add("company", { name: "Acme" });
  const bo = await world.add("contact", { firstName: "Bo", companyId: acme.id }, ["VIP"]);
  const deal = await world.add("deal", { name: "Rollout", contactId: bo.id, companyId: acme.id });
  await world.store.write(contacts(world.store).remove(world.change, bo));
  assert.equal(await contacts(world.store).find(1, bo.id), undefined);
  assert.deepEqual(await tags(world.store).of(1, bo.id), []);
  assert.deepEqual(await timeline(world, bo.id), []);
  await world.store.write(companies(world.store).remove(world.change, acme));
  const left = await deals(world.store).get(1, deal.id);
  assert.deepEqual([left.contact_id, left.company_id], [null, null]);
  await assert.rejects(world.store.write(contacts(world.store).remove(world.change, bo)), {
    code: "stale",
  });
});

test("CR-11 pages go newest first, by key, through what the filters leave, each row once", async () => {
  await using world = await openWorld();
  const firm = await world.add("company", { name: "Éclair" });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 1, max: 4 }),
      async (count, limit) => {
        const status = `batch ${Math.random()}`;
        const made: string[] = [];
        for (let n = 0; n < count; n += 1) {
          const values = { firstName: `P${n}`, status, companyId: n % 2 === 0 ? firm.id : null };
          made.push((await world.add("contact", values, n % 3 === 0 ? ["Third"] : [])).id);
        }
        const walk = async (filter: object): Promise<readonly string[]> => {
          const ids: string[] = [];
          let after: string | undefined;
          do {
            const query = { ws: 1, limit, after, status, ...filter };
            const { rows, next } = await contacts(world.store).page(query);
            assert.ok(rows.length <= limit);
            ids.push(...rows.map(({ id }) => id));
            after = next ?? undefined;
          } while (after !== undefined);
          return ids;
        };
        const every = (n: number): readonly string[] =>
          made.filter((_, at) => at % n === 0).toReversed();
        assert.deepEqual(await walk({}), made.toReversed());
        assert.deepEqual(await walk({ tag: "third" }), every(3));
        assert.deepEqual(await walk({ companyId: firm.id }), every(2));
        assert.deepEqual(await walk({ search: "ÉCL" }), every(2));
        assert.deepEqual(await walk({ search: "p0" }), made.slice(0, 1));
      },
    ),
    { numRuns: 15 },
  );
});

test("CR-12 the flags of a contact start false; being written to moves lastContactedAt forward only", async () => {
  await using world = await openWorld();
  const bo = await world.add("contact", { firstName: "Bo" });
  const flags = ({
    replied,
    opened_email,
    interested,
    opted_out,
  }: typeof bo): readonly number[] => [replied, opened_email, interested, opted_out];
  assert.deepEqual(flags(bo), [0, 0, 0, 0]);
  const repository = contacts(world.store);
  await world.store.write([
    ...repository.setFlag(world.change, bo.id, "replied"),
    ...repository.contacted({ ...world.change, at: NOW + 5 }, bo.id),
    ...repository.contacted(world.change, bo.id),
  ]);
  const now = await repository.get(1, bo.id);
  assert.deepEqual(flags(now), [1, 0, 0, 0]);
  assert.equal(now.last_contacted_at, NOW + 5);
  const update = await repository.update(world.change, bo, { values: { status: "Lead" } });
  await world.store.write(update.writes);
});

test("CR-14 a thousand contacts change in one write, within seconds", async () => {
  await using world = await openWorld();
  const rows = [];
  for (let n = 0; n < 1000; n += 1) rows.push(await world.add("contact", { firstName: `P${n}` }));
  const began = performance.now();
  const writes = [];
  for (const row of rows) {
    const input = { values: { status: "Qualified" } };
    writes.push(
      ...(await entities(world.store, "contact").update(world.change, row, input)).writes,
    );
  }
  await world.store.write(writes);
  const ms = performance.now() - began;
  assert.ok(ms < 5000, `took ${ms.toFixed(0)} ms`); // 3.11-5; a shared machine is no stopwatch for more
  const { rows: page } = await contacts(world.store).page({ ws: 1, limit: 1, status: "qualified" });
  assert.equal(page.length, 1);
});
