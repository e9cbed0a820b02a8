import assert from "node:assert/strict";
import { test } from "node:test";

import { type Answer, asker, openStint, signIn, until, untilEnded } from "./server.ts";
import { addAgent, addContacts, assertProblem, run, WELCOME } from "./steps.ts";

test("3.13-4 a canceled execution says when and by whom, and cannot be canceled again", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`);
  const id = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  await until(stint, id, ({ status }) => status === "waiting");
  assert.equal(
    (await stint.ask("POST", `executions/${id}/cancel`, { body: { reason: "test" } })).status,
    202,
  );
  const canceled = await untilEnded(stint, id);
  assert.equal(canceled.status, "canceled");
  assert.equal(canceled.canceledBy.type, "key");
  assert.notEqual(canceled.canceledAt, null);
  assertProblem(await stint.ask("POST", `executions/${id}/cancel`), 409, "conflict");
});

test("3.14-7 a retry is an execution of its own, linked with the one that it repeats", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const first = await run(
    stint,
    await addAgent(stint.ask, "Find contacts with status Lead.\nSend the 'xyz' email."),
  );
  const retried = await stint.ask("POST", `executions/${first.id}/retry`);
  assert.equal(retried.status, 202, JSON.stringify(retried.body));
  const second = await untilEnded(stint, retried.body.executionId as string);
  assert.equal(second.retryOf, first.id);
  assert.equal(second.trigger.type, "retry");
  assert.deepEqual((await stint.ask("GET", `executions/${first.id}`)).body.retries, [second.id]);
});

test("3.14-7 a retry says from where on; what it does not know is refused", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const first = await run(stint, await addAgent(stint.ask));
  const retry = (body: object): Promise<Answer> =>
    stint.ask("POST", `executions/${first.id}/retry`, { body });
  const retried = await retry({ from: "3" });
  assert.deepEqual(
    [retried.status, retried.body.warning],
    [202, null],
    JSON.stringify(retried.body),
  );
  const second = await untilEnded(stint, retried.body.executionId as string);
  assert.equal(second.summary, "Processed 2 contacts, added 2 tags");
  for (const body of [{ from: "4.sometime.1" }, { version: "next" }, { only: "completed" }])
    assertProblem(await retry(body), 422, "invalid");
  assertProblem(await retry({ from: "9" }), 422, "invalid");
  assertProblem(await retry({ only: "failed" }), 409, "conflict");
  assertProblem(
    await stint.ask("POST", `executions/${first.id}/journeys/1/retry`),
    409,
    "conflict",
  );
  assertProblem(
    await stint.ask("POST", `executions/${first.id}/journeys/9/retry`),
    404,
    "not_found",
  );
  assertProblem(await stint.ask("POST", `executions/${first.id}/try-again`), 409, "conflict");
  assert.deepEqual((await stint.ask("GET", "executions?blocked=true")).body.items, []);
  const again = await retry({});
  assert.match(again.body.warning as string, /had mailed 2 people/);
});

test("3.14-9 executions are listed newest first, page by page, and narrowed by status, agent and time", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const good = await addAgent(stint.ask, "Find contacts with status Lead.\nAdd tag 'A'.", {
    reenrolment: "always",
  });
  const bad = await addAgent(stint.ask, "Hop on one leg.");
  const ran: string[] = [];
  for (const agent of [good, bad, good, bad, good])
    ran.unshift((await run(stint, agent)).id as string);
  const idsOf = ({ body }: Answer): string[] => body.items.map(({ id }: { id: string }) => id);
  assert.deepEqual(idsOf(await stint.ask("GET", "executions")), ran);
  assert.deepEqual(idsOf(await stint.ask("GET", "executions?sort=oldest")), ran.toReversed());
  const first = await stint.ask("GET", "executions?limit=2");
  const second = await stint.ask("GET", `executions?limit=2&cursor=${first.body.nextCursor}`);
  const third = await stint.ask("GET", `executions?limit=2&cursor=${second.body.nextCursor}`);
  assert.deepEqual([first, second, third].flatMap(idsOf), ran);
  assert.equal(third.body.nextCursor, null);
  assert.equal(idsOf(await stint.ask("GET", "executions?status=failed")).length, 2);
  assert.equal(
    idsOf(await stint.ask("GET", "executions?status=failed,completed&limit=3")).length,
    3,
  );
  assert.equal(idsOf(await stint.ask("GET", `executions?agentId=${good}&dateRange=24h`)).length, 3);
  assert.equal(idsOf(await stint.ask("GET", `agents/${bad}/executions?phase=failed`)).length, 2);
  assert.equal(idsOf(await stint.ask("GET", "executions?to=2020-01-01T00:00:00Z")).length, 0);
  assert.deepEqual(idsOf(await stint.ask("GET", `executions?search=${ran[1]}`)), [ran[1]]);
  assertProblem(await stint.ask("GET", "executions?status=nonsense"), 422, "invalid");
});

test("3.14-3 a search through results and steps finds an address, and goes together with filters and pages", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, WELCOME, { reenrolment: "always" });
  const ran = [await run(stint, agent), await run(stint, agent), await run(stint, agent)]
    .map(({ id }) => id as string)
    .toReversed();
  const bad = await run(stint, await addAgent(stint.ask, "Hop on one leg."));
  const found = async (query: string): Promise<readonly string[]> => {
    const { body } = await stint.ask("GET", `executions?${query}`);
    assert.equal(body.searchLagMs, 0);
    return body.items.map(({ id }: { id: string }) => id);
  };
  assert.deepEqual(await found("search=N1%40acme.test"), ran);
  assert.deepEqual(await found("search=n1%40ac&sort=oldest"), ran.toReversed());
  assert.deepEqual(await found(`search=acme.test&status=failed`), []);
  assert.deepEqual(await found(`search=acme.test+completed&agentId=${agent}&dateRange=24h`), ran);
  assert.deepEqual(await found("search=hop+leg"), [bad.id]);
  assert.deepEqual(await found("search=n77%40acme.test"), []);
  const first = await stint.ask("GET", "executions?search=acme.test&limit=2");
  assert.deepEqual(await found(`search=acme.test&limit=2&cursor=${first.body.nextCursor}`), [
    ran[2],
  ]);
});

test("SE-5 members and viewers find executions by what they see, not by people's addresses", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const { id } = await run(stint, await addAgent(stint.ask));
  for (const role of ["member", "viewer", "admin"] as const) {
    const ask = await stint.as(role);
    const found = async (search: string): Promise<boolean> =>
      (await ask("GET", `executions?search=${search}`)).body.items.length === 1;
    assert.equal(await found("n1%40acme.test"), role === "admin", role);
    assert.ok(await found(id), role);
    assert.ok(await found("completed"), role);
  }
});

test("L-9 executions are narrowed by what they are, when they were, how long they took and what they cost", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const { id, trigger } = await run(stint, agent);
  const found = async (query: string): Promise<number> =>
    (await stint.ask("GET", `executions?${query}`)).body.items.length;
  const all = `agentId=${agent}&kind=automation&status=completed&phase=succeeded&dateRange=24h`;
  assert.equal(await found(`${all}&trigger=${trigger.type}&minDurationMs=0&search=${id}`), 1);
  assert.equal(await found(`${all}&trigger=event`), 0);
  assert.equal(await found(`${all}&maxDurationMs=0`), 0);
  assert.equal(await found("minCost=0"), 0); // nothing is known of its cost, which is not 0
  assert.equal(await found("kind=workflow&phase=failed"), 0);
  assertProblem(await stint.ask("GET", "executions?minCost=-1"), 422, "invalid");
  const { body } = await stint.ask("GET", `executions/${id}`);
  assert.deepEqual([body.cost, body.costUnknown, body.tokens], [null, 0, null]);
});

test("3.14-8 executions and an agent's are downloaded as files, by whoever may see the list", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const { id } = await run(stint, agent);
  const json = await stint.ask("GET", "executions/export?format=json&status=completed");
  assert.match(json.headers.get("content-disposition") ?? "", /^attachment; filename="executions-/);
  assert.deepEqual(
    json.body.map((one: { id: string; agent: { id: string } }) => [one.id, one.agent.id]),
    [[id, agent]],
  );
  const viewer = await stint.as("viewer");
  const csv = await viewer("GET", `agents/${agent}/executions/export?dateRange=24h`);
  assert.match(csv.headers.get("content-type") ?? "", /^text\/csv/);
  assert.match(
    csv.body as string,
    new RegExp(`^ExecutionId,.*\r\n${id},.*,completed,[0-9.]+,1,2\r\n$`),
  );
  assertProblem(await stint.ask("GET", "executions/export?format=xls"), 422, "invalid");
  assert.equal(
    (await asker(stint.url, stint.workspaceId, {})("GET", "executions/export")).status,
    401,
  );
});

test("3.15-1 the dashboards of a workspace and of an agent tell what ended, and what is open", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const good = await addAgent(stint.ask);
  const bad = await addAgent(stint.ask, "Hop on one leg.");
  await run(stint, good);
  await run(stint, bad);
  const all = await stint.ask("GET", "dashboard?dateRange=7d");
  assert.equal(all.status, 200, JSON.stringify(all.body));
  const { totals, before, days, agents, open, zone } = all.body;
  assert.deepEqual([totals.executions, totals.successRate, before.executions], [2, 0.5, 0]);
  assert.deepEqual([days.length, days[6].executions, open.executions], [7, 2, 0]);
  assert.deepEqual(totals.byState, { completed: 1, failed: 1 });
  assert.equal(totals.figures.contactsProcessed, 1);
  assert.equal(totals.cost, null);
  assert.equal(typeof zone, "string");
  assert.deepEqual(
    agents.map(({ agent }: { agent: { id: string } }) => agent.id).toSorted(),
    [good, bad].toSorted(),
  );
  const one = await stint.ask("GET", `agents/${bad}/dashboard`);
  assert.deepEqual([one.body.totals.executions, one.body.totals.successRate], [1, 0]);
  assertProblem(await stint.ask("GET", "dashboard?dateRange=5d"), 422, "invalid");
});

test("3.13-7 a deleted agent's executions stay and name it as deleted", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const { id } = await run(stint, agent);
  assert.equal((await stint.ask("DELETE", `agents/${agent}`)).status, 204);
  assertProblem(await stint.ask("GET", `agents/${agent}`), 404, "not_found");
  const { items } = (await stint.ask("GET", `agents/${agent}/executions`)).body;
  assert.equal(items[0].id, id);
  assert.deepEqual(items[0].agent, { id: agent, name: "Welcome", deleted: true });
});

test("3.13-6 members and viewers see that steps ran, without params, results and addresses", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const { id } = await run(stint, await addAgent(stint.ask));
  for (const role of ["member", "viewer"] as const) {
    const ask = await stint.as(role);
    const seen = (await ask("GET", `executions/${id}`)).body;
    assert.equal(seen.payloads, "redacted");
    assert.deepEqual(
      seen.steps.map(({ status }: { status: string }) => status),
      ["completed", "completed", "completed"],
    );
    const facts = (await ask("GET", `executions/${id}/facts?limit=200`)).body;
    const journeys = (await ask("GET", `executions/${id}/journeys`)).body;
    assert.equal(journeys.items.length, 2);
    assert.ok(!JSON.stringify([seen, facts, journeys]).includes("@acme.test"));
    assertProblem(await ask("GET", "outbox"), 403, "forbidden");
  }
  assert.ok(
    JSON.stringify((await stint.ask("GET", `executions/${id}`)).body.steps).includes(
      "n1@acme.test",
    ),
  );
});

test("3.13-8 another workspace's ids are not found, whatever they name", async () => {
  await using stint = await openStint();
  const [contact] = await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const { id } = await run(stint, agent);
  const cookie = await signIn(stint.url);
  const person = asker(stint.url, "", { cookie, origin: stint.url });
  const other = (await person("POST", "/api/workspaces", { body: { name: "Other" } })).body
    .id as string;
  const there = asker(stint.url, other, { cookie, origin: stint.url });
  for (const path of [
    `agents/${agent}`,
    `agents/${agent}/executions`,
    `executions/${id}`,
    `executions/${id}/facts`,
    `contacts/${contact}`,
  ]) {
    assertProblem(await there("GET", path), 404, "not_found");
  }
  for (const path of [
    `agents/${agent}/trigger`,
    `executions/${id}/cancel`,
    `executions/${id}/retry`,
  ]) {
    assertProblem(await there("POST", path), 404, "not_found");
  }
  assertProblem(await stint.ask("GET", `/api/workspaces/${other}/agents`), 404, "not_found");
});
