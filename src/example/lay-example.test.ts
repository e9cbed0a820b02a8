import assert from "node:assert/strict";
import { test } from "node:test";

import { companies } from "#crm/companies.ts";
import { contacts } from "#crm/contacts.ts";
import { deals } from "#crm/deals.ts";
import { isEmailAddress } from "#crm/email-address.ts";
import { search } from "#crm/search.ts";
import { walkPlan } from "#domain/plan.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";
import { openTestWorkspaces, type TestWorkspaces } from "#workspace/testing.ts";

import { EXAMPLE_AGENTS, EXAMPLE_TEMPLATES } from "./agents.ts";
import { EXAMPLE_CONTACTS } from "./contacts.ts";
import { layExample } from "./lay-example.ts";

async function lay(world: TestWorkspaces): Promise<number> {
  const { store, clock, entered } = world;
  await layExample({ store, clock, entered, services: world });
  return entered.workspace.no;
}

test("EX-1 the example has people, firms, deals, templates and agents, and laying it again adds nothing", async () => {
  await using world = await openTestWorkspaces();
  await lay(world);
  const ws = await lay(world);
  const page = { ws, limit: 200 };
  assert.equal((await contacts(world.store).page(page)).rows.length, 40);
  assert.equal((await companies(world.store).page(page)).rows.length, 12);
  assert.equal((await deals(world.store).page(page)).rows.length, 15);
  const { items: templates } = await world.templates.list(ws, { limit: 50 });
  assert.deepEqual(
    templates.map(({ name }) => name).toSorted(),
    EXAMPLE_TEMPLATES.map(({ name }) => name).toSorted(),
  );
  const { items: agents } = await world.agents.list(ws, { limit: 50 });
  assert.equal(agents.length, EXAMPLE_AGENTS.length);
});

test("EX-2 nobody in the example can be reached: every address is reserved for examples", () => {
  const addresses = EXAMPLE_CONTACTS.flatMap(({ email }) => email ?? []);
  assert.equal(new Set(addresses).size, 38);
  for (const address of addresses) {
    assert.ok(isEmailAddress(address), address);
    assert.match(address, /[@.]example\.(com|org|net)$/);
  }
});

test("EX-3 each of the example's agents finds something to work on", async () => {
  await using world = await openTestWorkspaces();
  const ws = await lay(world);
  const found = async (entity: "contact" | "company" | "deal", condition: object) => {
    const query = {
      ws,
      entity,
      condition: condition as never,
      now: world.clock.now(),
      zone: "UTC",
    };
    const { ids, warnings } = await search(world.store, query);
    assert.deepEqual(warnings, []);
    return ids.length;
  };
  const isLead = { field: "status", operator: "==", value: "Lead" };
  assert.equal(await found("contact", isLead), 18);
  assert.equal(
    await found("contact", { all: [isLead, { not: { field: "email", operator: "exists" } }] }),
    0,
  );
  assert.equal(
    await found("contact", { field: "tags", operator: "contains", value: "webinar" }),
    8,
  );
  const quiet = [
    { field: "status", operator: "==", value: "Customer" },
    { field: "lastContactedAt", operator: "<", value: "-P30D" },
  ];
  assert.equal(await found("contact", { all: quiet }), 7);
  const big = [
    { field: "stage", operator: "==", value: "Negotiation" },
    { field: "value", operator: ">", value: 20_000 },
  ];
  assert.equal(await found("deal", { all: big }), 4);
  const grown = [
    { field: "industry", operator: "==", value: "SaaS" },
    { field: "employees", operator: ">", value: 50 },
  ];
  assert.equal(await found("company", { all: grown }), 2);
});

test("EX-4 the example's instructions are understood, and one of its agents names a template that is missing", () => {
  const names = new Set(EXAMPLE_TEMPLATES.map(({ name }) => name));
  const missing = EXAMPLE_AGENTS.flatMap(({ name, instructions }) => {
    const parsed = parseOffline(instructions);
    assert.ok("plan" in parsed, `${name}: ${JSON.stringify(parsed)}`);
    return [...walkPlan(parsed.plan)].flatMap(({ planStep }) => {
      const template = planStep.type === "send_email" ? planStep.params.template : undefined;
      return template === undefined || names.has(template) ? [] : [`${name}: ${template}`];
    });
  });
  assert.deepEqual(missing, ["Win back quiet customers: Winter offer"]);
});
