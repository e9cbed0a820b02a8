import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { type Answer, openStint, type Stint, until, untilEnded } from "./server.ts";
import { addAgent, addContacts, assertProblem, run, WELCOME } from "./steps.ts";

async function letGo({ ask }: Stint): Promise<void> {
  const items = [{ kind: "automation", days: 0, archive: true }];
  await ask("PUT", "retention", { body: { items } });
  await ask("POST", "retention/apply");
}

async function archiveFile({ data }: Stint): Promise<Buffer> {
  const folder = join(data, "archive", "1");
  const [name = ""] = await readdir(folder);
  return readFile(join(folder, name));
}

/** What the steps of an execution say that they came to, as text. */
const resultsOf = ({ body }: Answer): string =>
  JSON.stringify(body.steps.map(({ result }: { result: unknown }) => result));

test("RT-20 who is erased is gone from the contacts, the ledger and the outbox; the others stay", async () => {
  await using stint = await openStint();
  const [ada = "", ben = ""] = await addContacts(stint.ask, 2);
  const { id } = await run(stint, await addAgent(stint.ask));
  const path = `executions/${id}`;
  assert.match(resultsOf(await stint.ask("GET", path)), /n1@acme\.test.*n2@acme\.test/);
  const found = async (): Promise<unknown[]> =>
    (await stint.ask("GET", "executions?search=n1@acme.test")).body.items;
  assert.equal((await found()).length, 1);
  const member = await stint.as("member");
  assertProblem(await member("POST", `contacts/${ada}/erase`), 403, "forbidden");
  const { status, body } = await stint.ask("POST", `contacts/${ada}/erase`);
  assert.equal(status, 200, JSON.stringify(body));
  assert.ok(body.payloads > 0);
  assert.equal(body.messages, 1);
  assert.deepEqual(await found(), []);
  assertProblem(await stint.ask("GET", `contacts/${ada}`), 404, "not_found");
  assert.equal((await stint.ask("GET", `contacts/${ben}`)).status, 200);
  const shown = await stint.ask("GET", path);
  assert.equal(shown.body.status, "completed");
  assert.doesNotMatch(JSON.stringify(shown.body), /n1@acme\.test/);
  assert.match(resultsOf(shown), /n2@acme\.test/);
  const outbox = (await stint.ask("GET", "outbox")).body.items as Record<string, string>[];
  assert.deepEqual(outbox.map(({ to }) => to).toSorted(), ["", "n2@acme.test"]);
  const { items } = (await stint.ask("GET", "audit")).body;
  assert.equal(items[0].action, "contact.erased");
  assert.deepEqual(items[0].target, { type: "contact", id: ada, name: null });
  assertProblem(await stint.ask("POST", `contacts/${ada}/erase`), 404, "not_found");
});

test("RT-21 archives hold nothing readable of who was erased, although no file is written again", async () => {
  await using stint = await openStint();
  const [ada = ""] = await addContacts(stint.ask, 2);
  const { id } = await run(stint, await addAgent(stint.ask));
  await letGo(stint);
  const before = await archiveFile(stint);
  assert.match(resultsOf(await stint.ask("GET", `executions/${id}`)), /n1@acme\.test/);
  assert.equal((await stint.ask("DELETE", `contacts/${ada}`)).status, 204);
  const erased = await stint.ask("POST", `contacts/${ada}/erase`);
  assert.equal(erased.status, 200, "also one that was deleted before");
  assert.deepEqual([erased.body.payloads, erased.body.archived], [0, true]);
  const shown = await stint.ask("GET", `executions/${id}`);
  assert.equal(shown.body.archived, true);
  assert.doesNotMatch(resultsOf(shown), /n1@acme\.test/);
  assert.match(resultsOf(shown), /n2@acme\.test/);
  assert.deepEqual(await archiveFile(stint), before);
  assert.deepEqual((await stint.ask("POST", "archive/verify")).body.damaged, []);
});

const WAITING = `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`;

test("RT-22 an open journey of who was erased ends as canceled, and its execution goes on", async () => {
  await using stint = await openStint();
  const [ada = ""] = await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, WAITING);
  const id = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  await until(stint, id, ({ status }) => status === "waiting");
  const { body } = await stint.ask("POST", `contacts/${ada}/erase`);
  assert.equal(body.journeys, 1);
  await stint.ask("POST", `executions/${id}/skip-wait`);
  const ended = await untilEnded(stint, id);
  assert.equal(ended.status, "completed");
  const journeys = (await stint.ask("GET", `executions/${id}/journeys`)).body.items;
  assert.deepEqual(
    journeys.map(({ state }: { state: string }) => state),
    ["canceled", "completed"],
  );
});

test("RT-22 also where the process died right after: no replay asks for what is gone", async () => {
  await using first = await openStint();
  const [ada = ""] = await addContacts(first.ask, 2);
  const agent = await addAgent(first.ask, WAITING);
  const id = (await first.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  await until(first, id, ({ status }) => status === "waiting");
  await first.app.close();
  const ledger = await openSqliteLedger(join(first.data, "stint.db"));
  const outcome = await ledger.append({
    op: "erase",
    ws: 1,
    subject: ada,
    agents: [1],
    by: "system",
    reason: "The contact was erased.",
    at: Date.now(),
  });
  assert.ok(outcome.ok);
  assert.equal(outcome.lanes.length, 1);
  await ledger.close();
  await using second = await openStint({ data: first.data });
  await second.ask("POST", `executions/${id}/skip-wait`);
  const ended = await untilEnded(second, id);
  assert.equal(ended.status, "completed");
  assert.equal(ended.blocked, null);
});
