/** Executions of agents that are tried again: from where they failed, from a step, for some of their contacts. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { type Executions, openExecutions } from "#api/executions/executions.ts";
import type { Retried } from "#api/executions/retry.ts";
import { openRuns, type Runs } from "#api/executions/runs.ts";
import type { Execution } from "#contract/shapes/executions.ts";
import { entities } from "#crm/entities.ts";
import { tags } from "#crm/tags.ts";
import type { TemplateId } from "#domain/id.ts";
import { DAY, openWorld, type World } from "#drivers/automation/testing.ts";
import type { Agent } from "#workspace/agent.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
} as const;
const SEND = { type: "send_email", params: { template: "Welcome" } } as const;
const WAIT = { type: "wait", params: { duration: "P1D" } } as const;
const tag = (name: string): object => ({ type: "add_tag", params: { tags: [name] } });

type How = Partial<Parameters<Runs["retry"]>[2]>;

interface Place {
  readonly executions: Executions;
  readonly runs: Runs;
  readonly see: (id: string) => Promise<Execution>;
  /** Tries it again, to its end. */
  readonly retry: (id: string, how?: How) => Promise<Retried & { readonly seen: Execution }>;
}

function placeIn({ ledger, services, needs, node, entered, runOut }: World): Place {
  const { engine, begin, beginAgain } = node();
  const search = { find: async () => ({ nos: [], goOnFrom: null, behindSince: null }) };
  const keyNames = async () => new Map<string, string>();
  const { inLine } = engine;
  const executions = openExecutions({
    ...services,
    ledger,
    search,
    keyNames,
    inLine,
    versionOf: () => "1",
  });
  const runs = openRuns({ ...services, store: needs.store, engine, executions, begin, beginAgain });
  const see = (id: string): Promise<Execution> => executions.detail(entered.workspace.no, id);
  return {
    executions,
    runs,
    see,
    retry: async (id, how = {}) => {
      const retried = await runs.retry(entered, id, { version: "original", ...how });
      await runOut(retried.executionId, DAY / 2);
      return { ...retried, seen: await see(retried.executionId) };
    },
  };
}

const statuses = ({ steps }: Execution): readonly string[] => steps.map(({ status }) => status);

async function tagsOf({ needs, entered }: World, id: string): Promise<readonly string[]> {
  return (await tags(needs.store).ofAll(entered.workspace.no, [id])).get(id) ?? [];
}

async function giveEmail(world: World, id: string, email: string): Promise<void> {
  const { store } = world.needs;
  const contacts = entities(store, "contact");
  const row = await contacts.get(world.entered.workspace.no, id);
  await store.write((await contacts.update(world.change(), row, { values: { email } })).writes);
}

/** Three leads; their run fails at its email, after a day, since the template is gone. */
async function failAtEmail(world: World): Promise<{ readonly id: string; readonly agent: Agent }> {
  await world.leads(3);
  const template = (await world.template("Welcome")) as TemplateId;
  const agent = await world.agent({ steps: [FIND, tag("A"), WAIT, SEND, tag("B")] });
  const id = await world.run(agent);
  await world.services.templates.remove(world.entered, template);
  await world.pass(DAY);
  assert.equal(await world.state(id), "failed");
  return { id, agent };
}

test("3.14-7 a retry from the failed step keeps selection and what was done, and goes on from there", async () => {
  await using world = await openWorld();
  const { id } = await failAtEmail(world);
  await world.template("Welcome");
  await world.add("contact", { firstName: "Late", email: "late@acme.test", status: "Lead" });
  const { seen, warning } = await placeIn(world).retry(id, { from: "failed" });
  assert.deepEqual([seen.status, seen.retryOf, warning], ["completed", id, null]);
  assert.deepEqual(
    statuses(seen),
    Array.from({ length: 5 }, () => "completed"),
  );
  assert.deepEqual(await world.mailed(), ["n1@acme.test", "n2@acme.test", "n3@acme.test"]);
  const { contactsProcessed, emailsSent, tagsAdded } = seen.figures;
  assert.deepEqual(
    [contactsProcessed, emailsSent, tagsAdded],
    [3, 3, 3],
    "only what it did itself",
  );
  assert.deepEqual(world.warnings, []);
});

test("3.14-7 a retry that fails again tells so, and can be tried again itself", async () => {
  await using world = await openWorld();
  const { id } = await failAtEmail(world);
  const place = placeIn(world);
  const second = await place.retry(id, { from: "failed" });
  assert.deepEqual([second.seen.status, second.seen.error?.step], ["failed", "4"]);
  assert.deepEqual(second.seen.figures, {}, "its plan is checked before any effect");
  assert.equal((await world.told()).length, 2);
  await world.template("Welcome");
  const third = await place.retry(second.executionId, { from: "failed" });
  assert.equal(third.seen.status, "completed");
  assert.deepEqual(
    third.seen.figures["tagsAdded"],
    3,
    "what the first had done is known to the third",
  );
  assert.equal((await world.mailed()).length, 3);
  assert.deepEqual((await place.see(second.executionId)).retries, [third.executionId]);
});

/** Two leads get through, a third has no address. */
async function failOne(world: World): Promise<{ readonly id: string; readonly bad: string }> {
  await world.leads(2);
  const bad = (await world.add("contact", { firstName: "Bad", status: "Lead" })).id;
  await world.template("Welcome");
  const id = await world.run(await world.agent({ steps: [FIND, SEND, tag("A")] }));
  assert.equal(await world.state(id), "completed");
  await giveEmail(world, bad, "bad@acme.test");
  return { id, bad };
}

test("3.5-7 failed contacts only: they alone are tried again, and the others are not touched", async () => {
  await using world = await openWorld();
  const { id, bad } = await failOne(world);
  const place = placeIn(world);
  const { seen } = await place.retry(id, { only: "failed" });
  assert.deepEqual(seen.figures, {
    contactsFound: 1,
    contactsProcessed: 1,
    emailsSent: 1,
    tagsAdded: 1,
  });
  assert.deepEqual(seen.steps[1]?.progress?.total, 1);
  assert.deepEqual(await world.mailed(), ["bad@acme.test", "n1@acme.test", "n2@acme.test"]);
  assert.deepEqual(await tagsOf(world, bad), ["A"]);
  await assert.rejects(place.retry(seen.id, { only: "failed" }), { code: "conflict" });
});

test("DR-20 from the failed step the journeys that got through end as they did, and count for nothing", async () => {
  await using world = await openWorld();
  const { id } = await failOne(world);
  const { seen } = await placeIn(world).retry(id, { from: "failed" });
  assert.deepEqual([seen.status, seen.warnings], ["completed", 0]);
  assert.equal(seen.figures["emailsSent"], 1);
  assert.deepEqual(seen.steps[1]?.progress, {
    total: 1,
    done: 1,
    failed: 0,
    skipped: 0,
    waiting: 0,
  });
  assert.equal((await world.mailed()).length, 3);
});

test("3.7-8 a retry from a step mails nobody twice; one from the start warns whom it may mail again", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.template("Welcome");
  const id = await world.run(await world.agent({ steps: [FIND, SEND, tag("A")] }));
  const place = placeIn(world);
  for (const from of ["1", "2", "3"]) {
    const { seen } = await place.retry(id, { from });
    assert.equal(seen.status, "completed");
    assert.deepEqual(seen.figures, { contactsFound: 2, contactsProcessed: 2, tagsAdded: 2 });
  }
  assert.equal((await world.mailed()).length, 2);
  const again = await place.retry(id);
  assert.match(again.warning ?? "", /had mailed 2 people/);
  assert.equal((await world.mailed()).length, 4);
  await assert.rejects(place.retry(id, { from: "7" }), { code: "invalid" });
});

test("DR-21 with the agent's current version a retry does what its steps are now, from the first that changed", async () => {
  await using world = await openWorld();
  const { id, agent } = await failAtEmail(world);
  const { agents } = world.services;
  const mail = { type: "send_email", params: { subject: "Hi @contact.firstName", body: "B" } };
  const steps = [FIND, tag("A"), WAIT, mail, tag("C")];
  const instructions = JSON.stringify({ plan: { steps } });
  await agents.save(world.entered, agent.id, { instructions });
  const { seen } = await placeIn(world).retry(id, { from: "failed", version: "current" });
  assert.deepEqual([seen.status, seen.agentVersion], ["completed", 2]);
  assert.deepEqual(
    (await world.outbox()).map(({ subject }) => subject),
    ["Hi N1", "Hi N2", "Hi N3"],
  );
});

test("DR-22 where a step that has mailed somebody is another one now, the current version is refused", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.template("Welcome");
  const agent = await world.agent({ steps: [FIND, SEND, tag("A")] });
  const id = await world.run(agent);
  const { agents } = world.services;
  const place = placeIn(world);
  for (const steps of [
    [FIND, tag("B"), SEND],
    [tag("B"), FIND, SEND],
  ]) {
    await agents.save(world.entered, agent.id, {
      instructions: JSON.stringify({ plan: { steps } }),
    });
    await assert.rejects(place.retry(id, { from: "2", version: "current" }), { code: "conflict" });
  }
});

test("DR-23 what the execution had remembered for its own time its retry remembers, but for what it does again", async () => {
  await using world = await openWorld();
  const remember = (key: string, value: string): object => ({
    type: "remember",
    params: { key, value },
  });
  const mail = {
    type: "send_email",
    params: { subject: "@memory.word @memory.name|none", body: "B" },
  };
  await world.leads(1);
  const steps = [remember("word", "Hi"), FIND, remember("name", "@contact.firstName"), WAIT, mail];
  const id = await world.run(await world.agent({ steps }));
  const place = placeIn(world);
  await place.runs.cancel(world.entered, id, undefined);
  await world.settle();
  await place.retry(id, { from: "failed" });
  await place.retry(id, { from: "4" });
  const subjects = (await world.outbox()).map(({ subject }) => subject);
  assert.deepEqual(subjects, ["Hi N1"], "the second finds the mail of the first");
});

test("DR-24 one journey of an ended execution is tried again, and no other", async () => {
  await using world = await openWorld();
  const { id, bad } = await failOne(world);
  await world.add("contact", { firstName: "Other", status: "Lead" });
  const { runs, see } = placeIn(world);
  const { entered } = world;
  const { executionId } = await runs.retryJourney(entered, id, 3);
  await world.settle();
  assert.deepEqual((await see(executionId)).figures["contactsFound"], 1);
  assert.deepEqual(await tagsOf(world, bad), ["A"]);
  await assert.rejects(runs.retryJourney(entered, id, 1), { code: "conflict" });
  await assert.rejects(runs.retryJourney(entered, id, 9), { code: "not_found" });
});

test("DR-26 a journey that a person stops ends where it is and by whom; what it did counts, and no retry goes on with it", async () => {
  await using world = await openWorld();
  await world.leads(3);
  await world.template("Welcome");
  const id = await world.run(await world.agent({ steps: [FIND, SEND, WAIT, tag("A")] }));
  const { runs, executions, see, retry } = placeIn(world);
  const { entered } = world;
  await runs.stopJourney(entered, id, 2, "Asked us to");
  await world.settle();
  assert.equal((await see(id)).status, "waiting");
  await world.pass(DAY);
  const seen = await see(id);
  assert.deepEqual(
    [seen.status, seen.figures["emailsSent"], seen.figures["tagsAdded"]],
    ["completed", 3, 2],
  );
  const { items } = await executions.journeys(entered.workspace.no, id, { limit: 10 });
  assert.deepEqual(
    items.map(({ state }) => state),
    ["completed", "canceled", "completed"],
  );
  const again = await retry(id, { from: "failed" });
  assert.equal(again.seen.figures["tagsAdded"], undefined);
  await assert.rejects(runs.stopJourney(entered, id, 1, undefined), { code: "conflict" });
  await assert.rejects(runs.retryJourney(entered, id, 2), { code: "conflict" });
});
