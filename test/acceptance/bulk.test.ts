import assert from "node:assert/strict";
import { test } from "node:test";

import { bulk, type BulkInput } from "#api/executions/bulk.ts";
import { Fault } from "#domain/fault.ts";
import { openWorld } from "#engine/testing.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { type Answer, openStint, type Stint, until, untilEnded } from "./server.ts";
import { addAgent, addContacts, assertProblem, run } from "./steps.ts";

const LATER = "Find contacts with status Lead.\nWait 5 days.\nAdd tag 'Late'.";

async function startWaiting(stint: Stint, count: number): Promise<readonly string[]> {
  const agent = await addAgent(stint.ask, LATER, { reenrolment: "always" });
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { body } = await stint.ask("POST", `agents/${agent}/trigger`);
    const id = body.executionId as string;
    await until(stint, id, ({ status }) => status === "waiting");
    ids.push(id);
  }
  return ids;
}

test("AP-40 a bulk action tells the number first, and is done for who agrees to it; more than was told is refused", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const ids = await startWaiting(stint, 3);
  const cancel = (body: object): Promise<Answer> =>
    stint.ask("POST", "executions/bulk/cancel", { body });
  const told = await cancel({ filter: { status: "waiting" } });
  assert.deepEqual([told.status, told.body.count, told.body.executionId], [200, 3, null]);
  const two = Buffer.from(`${2 ** 40}.2.1`).toString("base64url");
  assertProblem(await cancel({ filter: { status: "waiting" }, token: two }), 409, "conflict");
  assertProblem(await cancel({ filter: {}, token: "x" }), 422, "invalid");
  const [late = ""] = await startWaiting(stint, 1);
  const { token } = told.body as { token: string };
  const began = await cancel({ filter: { status: "waiting" }, token, reason: "Spring clean" });
  const again = await cancel({ filter: { status: "waiting" }, token, reason: "Spring clean" });
  assert.equal(began.body.executionId, again.body.executionId, "a repeat begins nothing");
  const ended = await untilEnded(stint, began.body.executionId as string);
  assert.deepEqual([ended.status, ended.label], ["completed", "Cancel 3 executions"]);
  for (const id of ids) assert.equal((await untilEnded(stint, id)).status, "canceled");
  const facts = (await stint.ask("GET", `executions/${ended.id as string}/facts`)).body.items;
  assert.equal(facts[0].type, "created");
  assert.equal("input" in facts[0].data, false, "who asked stands apart from the facts");
  const audit = (await stint.ask("GET", "audit")).body.items as {
    action: string;
    changes: object;
  }[];
  const one = audit.find(({ action }) => action === "executions.canceled");
  assert.deepEqual(one?.changes, { count: 3 });
  const { body } = await stint.ask("GET", `executions/${late}`);
  assert.equal(body.status, "waiting", "what began after the number was told is not meant");
  const viewer = await stint.as("viewer");
  assertProblem(await viewer("POST", "executions/bulk/cancel", { body: {} }), 403, "forbidden");
});

test("AP-41 retries over a filter wait for their agent's turn, and each is a retry of its own", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(
    stint.ask,
    "Find contacts with status Lead.\nSend the 'xyz' email.",
    { reenrolment: "always" },
  );
  const failed = [await run(stint, agent), await run(stint, agent)].map(({ id }) => id as string);
  await stint.ask("POST", "templates", { body: { name: "xyz", subject: "S", body: "B" } });
  const retry = (token?: string): Promise<Answer> =>
    stint.ask("POST", "executions/bulk/retry", { body: { from: "failed", token } });
  const { body: told } = await retry();
  assert.equal(told.count, 2);
  const { body } = await retry(told.token as string);
  const ended = await untilEnded(stint, body.executionId as string);
  assert.deepEqual([ended.status, ended.warnings], ["completed", 0]);
  for (const id of failed) {
    const { retries } = (await stint.ask("GET", `executions/${id}`)).body as { retries: string[] };
    assert.equal(retries.length, 1);
    assert.equal((await untilEnded(stint, retries[0] ?? "")).status, "completed");
  }
});

test("AP-42 a bulk action goes on after a restart, and tells what was refused and why", async () => {
  const tried: string[] = [];
  const acting = {
    cancel: async () => {
      throw new Fault("internal");
    },
    retry: async (_entered: Entered, id: string, _how: object, key?: string) => {
      tried.push(`${id} ${key?.split(" ")[1]}`);
      if (id === "busy" && tried.filter((one) => one.startsWith("busy")).length < 3)
        throw new Fault("already_running");
      if (id === "gone") throw new Fault("conflict", "Its agent was deleted");
      return { executionId: "run_1" as never, warning: null };
    },
  };
  const many = bulk(Promise.resolve(acting));
  await using world = await openWorld([many]);
  const input = {
    asked: { act: "retry", how: { version: "original" } },
    entered: {},
    ids: ["first", "busy", "gone"],
  } as unknown as BulkInput;
  const { id } = await world.engine.start(many, input);
  await world.pass(2_000);
  await world.restart();
  await world.pass(4_000);
  assert.deepEqual(await world.engine.result(id), { done: 2, conflict: 1 });
  assert.deepEqual(tried, ["first 0", "busy 1", "busy 1", "busy 1", "gone 2"]);
});
