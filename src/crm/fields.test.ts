import assert from "node:assert/strict";
import { test } from "node:test";

import { resolveText } from "#domain/variables.ts";

import { contacts } from "./contacts.ts";
import { customFields } from "./custom-fields.ts";
import { deals } from "./deals.ts";
import { NOW, openWorld } from "./fixtures.ts";
import { lookFor } from "./look.ts";
import { setField } from "./set-field.ts";
import { subjects } from "./subjects.ts";

const HOUR = 3_600_000;

const READS: readonly (readonly [field: string, given: unknown, kept: unknown])[] = [
  ["status", "  Qualified ", "Qualified"],
  ["title", 5, "5"],
  ["phone", "", null],
  ["linkedinUrl", "linkedin.com/in/bo", "https://linkedin.com/in/bo"],
  ["score", "1,250.5", 1250.5],
  ["score", "$50k", 50_000],
  ["score", -3, -3],
  ["beta", "Yes", true],
  ["beta", false, false],
  ["since", "2026-03-01", "2026-03-01"],
  ["since", "2026-03-01T10:00:00+02:00", "2026-03-01T08:00:00.000Z"],
  ["since", "-P1D", "2026-03-14T12:00:00.000Z"],
  ["tier", "gold", "Gold"],
  ["tier", null, null],
];

const REFUSALS: readonly (readonly [field: string, given: unknown, message: RegExp])[] = [
  ["email", "not an address", /^Invalid email address: not an address$/],
  ["linkedinUrl", "javascript:alert(1)", /is not a web address/],
  ["score", "many", /^score takes a number; "many" is none$/],
  ["score", true, /takes a number/],
  ["score", 1e16, /up to 10\^15/],
  ["beta", "perhaps", /^beta is true or false; "perhaps" is neither$/],
  ["since", "2026-02-30", /^since takes a date such as 2026-03-31; "2026-02-30" is none$/],
  ["since", "soon", /takes a date/],
  ["tier", "Iron", /^tier is one of Gold, Silver; "Iron" is not$/],
  ["status", { a: 1 }, /takes one value/],
  ["status", "x".repeat(5001), /at most 5000 characters/],
  ["status", "a\u0007b", /no text has/],
  ["createdAt", 5, /^Field 'createdAt' cannot be changed$/],
  ["company.name", "Acme", /cannot be changed/],
];

test("CR-6 a value is read by the type of its field, or refused in words", async () => {
  await using world = await openWorld();
  await world.define("contact", "score", "number");
  await world.define("contact", "beta", "boolean");
  await world.define("contact", "since", "date");
  await world.define("contact", "tier", "select", ["Gold", "Silver"]);
  for (const [field, given, kept] of READS) {
    const { id } = await world.add("contact", { firstName: "Bo", [field]: given });
    const look = lookFor(await subjects(world.store).load(1, "contact", id));
    const looked = look(field);
    assert.deepEqual(looked.known && looked.value, kept, `${field} ${String(given)}`);
  }
  for (const [field, given, message] of REFUSALS) {
    const adding = world.add("contact", { firstName: "Bo", [field]: given });
    await assert.rejects(adding, { code: "invalid", scope: "contact", message }, field);
  }
});

test("CR-7 a field that nobody has defined fails the step, a value that does not fit the contact", async () => {
  await using world = await openWorld();
  const { store, change } = world;
  const bo = await world.add("contact", { firstName: "Bo" });
  const set = {
    entity: "contact",
    id: bo.id,
    field: "leadScore",
    value: "A",
    custom: true,
  } as const;
  await assert.rejects(setField(store, change, set, "UTC"), {
    code: "invalid",
    scope: "step",
    message: "Custom field 'leadScore' not found. Create field first.",
  });
  await world.define("contact", "leadScore", "number");
  await assert.rejects(setField(store, change, set, "UTC"), { code: "invalid", scope: "contact" });
  await store.write((await setField(store, change, { ...set, value: "90" }, "UTC")).writes);
  const look = lookFor(await subjects(store).load(1, "contact", bo.id));
  assert.deepEqual(look("contact.leadScore"), { known: true, value: 90, type: "number" });
  assert.deepEqual(look("contact.custom.leadScore"), look("lead_score"));
  assert.deepEqual(look("contact.customField99"), { known: false });
});

test("CR-8 a deal remembers the stage before, and is open until its stage says otherwise", async () => {
  await using world = await openWorld();
  const { id } = await world.add("deal", { name: "Rollout", value: 5000 });
  const move = async (stage: string, hours: number): Promise<readonly unknown[]> => {
    const change = { ...world.change, at: NOW + hours * HOUR };
    const target = { entity: "deal", id, field: "deal.stage", value: stage } as const;
    await world.store.write((await setField(world.store, change, target, "UTC")).writes);
    const row = await deals(world.store).get(1, id);
    return [row.previous_stage, row.stage, row.open, row.closed_at];
  };
  assert.deepEqual(await move("Proposal", 1), ["New", "Proposal", 1, null]);
  assert.deepEqual(await move("Closed Won", 2), ["Proposal", "Closed Won", 0, NOW + 2 * HOUR]);
  assert.deepEqual(await move("Closed Won", 3), ["Proposal", "Closed Won", 0, NOW + 2 * HOUR]);
  assert.deepEqual(await move("Negotiation", 4), ["Closed Won", "Negotiation", 1, null]);
});

test("CR-9 a contact leads to its company and its open deal last changed, a company to its primary or first contact", async () => {
  await using world = await openWorld();
  const acme = await world.add("company", { name: "Acme", industry: "SaaS" });
  const bo = await world.add("contact", {
    firstName: "Bo",
    companyId: acme.id,
    ownerId: "usr_ana",
  });
  const al = await world.add("contact", { firstName: "Al", companyId: acme.id });
  const links = { companyId: acme.id, contactId: bo.id };
  const old = await world.add("deal", { name: "Old", ...links });
  await world.add("deal", { name: "Won", stage: "Closed Won", ...links });
  const young = await world.add("deal", { name: "Young", ...links });
  const people = new Map([["usr_ana", "Ana Ruiz"]]);
  const seen = async (entity: "contact" | "company" | "deal", id: string, text: string) => {
    const look = lookFor(await subjects(world.store).load(1, entity, id), people);
    return resolveText(text, look).text;
  };
  const text = "@contact.firstName of @company.name (@contact.owner), @deal.name";
  assert.equal(await seen("contact", bo.id, text), "Bo of Acme (Ana Ruiz), Young");
  assert.equal((await deals(world.store).openOf(1, bo.id))?.id, young.id);
  const touch = { entity: "deal", id: old.id, field: "value", value: 9 } as const;
  const later = { ...world.change, at: NOW + HOUR };
  await world.store.write((await setField(world.store, later, touch, "UTC")).writes);
  assert.equal(await seen("contact", bo.id, text), "Bo of Acme (Ana Ruiz), Old");
  assert.equal((await deals(world.store).openOf(1, bo.id))?.id, old.id);
  assert.equal(await seen("company", acme.id, text), "Bo of Acme (Ana Ruiz), Old");
  assert.equal(await seen("deal", young.id, text), "Bo of Acme (Ana Ruiz), Young");
  const primary = { entity: "company", id: acme.id, field: "contactId", value: al.id } as const;
  await world.store.write((await setField(world.store, later, primary, "UTC")).writes);
  assert.equal(await seen("company", acme.id, "@contact.firstName"), "Al");
  const alone = lookFor(await subjects(world.store).load(1, "contact", al.id));
  assert.deepEqual(alone("deal.value"), { known: true, value: null, type: "number" });
  assert.equal(await deals(world.store).openOf(1, al.id), undefined);
});

test("CR-13 custom fields have names of their own, and go with their values", async () => {
  await using world = await openWorld();
  const fields = customFields(world.store);
  await world.define("contact", "Lead Score", "number");
  for (const name of ["lead_score", "title", "Job Title", "company"]) {
    await assert.rejects(world.define("contact", name, "text"), { code: "conflict" }, name);
  }
  for (const name of ["", "1st", "a.b", 'a"b', "x".repeat(70)]) {
    await assert.rejects(world.define("contact", name, "text"), { code: "invalid" }, name);
  }
  await assert.rejects(world.define("deal", "plan", "select"), { code: "invalid" });
  await world.define("company", "leadScore", "text");
  const bo = await world.add("contact", { firstName: "Bo", leadScore: 7 });
  const [score] = await fields.all(1);
  await world.store.write(fields.remove(score!, world.change));
  assert.equal((await contacts(world.store).get(1, bo.id)).custom, "{}");
  assert.deepEqual(
    (await fields.all(1)).map(({ entity }) => entity),
    ["company"],
  );
  await assert.rejects(fields.get(1, score!.id), { code: "not_found" });
});
