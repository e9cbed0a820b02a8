import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { idIn, machineWithAgent, run } from "./agents.ts";
import { fakeAgents } from "./fake-agents.ts";
import { command, ended, invoke } from "./invoking.ts";
import { type Answer, openStint, type Stint } from "./server.ts";
import { assertProblem } from "./steps.ts";

async function release({ ask }: Stint, archive: boolean): Promise<void> {
  const items = [{ kind: "invocation", days: 0, archive }];
  assert.equal((await ask("PUT", "retention", { body: { items } })).status, 200);
  assert.equal((await ask("POST", "retention/apply")).status, 200);
}

const filesIn = (data: string): readonly string[] =>
  readdirSync(join(data, "invocations")).filter((name) => name.startsWith("inv_"));

test("IV-22 what an invocation wrote is deleted once retention has let go of it, archived or not, and answers 404 from then on", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { ask } = stint;
  const open = await command(stint, agents, "sleep 60", { shared: true });
  for (const archive of [true, false]) {
    const id = await command(stint, agents, "echo out; echo err >&2", { shared: true });
    await ended(stint, id);
    await release(stint, archive);
    assert.deepEqual(filesIn(stint.data), [open]);
    const at = `invocations/${id}/rounds/1`;
    for (const path of ["output", "output?of=errors", "raw", "raw?of=errors"])
      assertProblem(await ask("GET", `${at}/${path}`), 404, "not_found");
    assert.equal((await ask("GET", `invocations/${id}`)).status, archive ? 200 : 404);
  }
  await ask("POST", `invocations/${open}/cancel`);
  await ended(stint, open);
});

test("IV-23 the command line deletes what is let go of without a server, too", async () => {
  await using machine = await machineWithAgent();
  const id = idIn(await run(machine, "exec", "--", "echo", "kept"));
  assert.deepEqual(filesIn(machine.own), [id]);
  const days = ["retention", "set", "invocation", "--days", "0", "--no-archive"];
  const set = await run(machine, ...days, "--data", machine.own);
  assert.equal(set.code, 0, set.err);
  const applied = await run(machine, "retention", "apply", "--data", machine.own);
  assert.equal(applied.code, 0, applied.err);
  assert.deepEqual(filesIn(machine.own), []);
});

test("IV-24 a message or a retry to an archived invocation says that it was archived, and what to do", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { ask } = stint;
  const id = await invoke(stint, agents, "say one");
  const { session } = await ended(stint, id);
  await release(stint, true);
  const more = { body: { prompt: "say two" } };
  const message = await ask("POST", `invocations/${id}/messages`, more);
  assertProblem(message, 409, "conflict");
  assert.match(message.body.detail, /was archived/);
  assert.match(message.body.suggestion, /Start another .* with its `session`/);
  const retried = await ask("POST", `executions/${id}/retry`);
  assertProblem(retried, 409, "conflict");
  assert.match(retried.body.detail, /was archived/);
  assert.match(retried.body.suggestion, /Start another with its prompt/);
  const next = await ended(stint, await invoke(stint, agents, "say two", { session }));
  assert.deepEqual([next.outcome, next.session], ["succeeded", session]);
  await release(stint, false);
  assertProblem(await ask("POST", `invocations/${next.id}/messages`, more), 404, "not_found");
});

test("IV-25 a work node tells which of its invocations are kept, and how many are not any more", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { ask } = stint;
  const { id: nodeId } = (await ask("POST", "nodes", { body: { title: "Build it" } })).body;
  const at = `nodes/${nodeId}/invocations`;
  const told = async () => {
    const { items, letGo, nextCursor } = (await ask("GET", `${at}?limit=1`)).body;
    const indexes = items.map(({ executionIndex }: Answer["body"]) => executionIndex);
    return [indexes, letGo, nextCursor];
  };
  assert.deepEqual(await told(), [[], 0, null]);
  assert.match((await ask("GET", `${at}/latest`)).body.detail, /^Nothing was started for nod_/);
  const of = { nodeId, shared: true };
  await ended(stint, await command(stint, agents, "true", of));
  const open = await command(stint, agents, "sleep 60", of);
  await ended(stint, await command(stint, agents, "true", of));
  await release(stint, true);
  assert.deepEqual(await told(), [[2], 2, null]);
  assert.equal((await ask("GET", `${at}/latest`)).body.id, open);
  await ask("POST", `invocations/${open}/cancel`);
  await ended(stint, open);
  await release(stint, false);
  assert.deepEqual(await told(), [[], 3, null]);
  const latest = await ask("GET", `${at}/latest`);
  assertProblem(latest, 404, "not_found");
  assert.match(latest.body.detail, /^The 3 invocations of nod_\S+ are not kept any more/);
  assert.match(latest.body.suggestion, /archive/);
  await command(stint, agents, "true", of);
  assert.deepEqual(await told(), [[4], 3, null]);
});

test("IV-26 who applies retention has files deleted, too, that a former life has left behind", async () => {
  await using machine = await machineWithAgent();
  const id = idIn(await run(machine, "exec", "--", "echo", "kept"));
  mkdirSync(join(machine.own, "invocations", `${id.slice(0, -1)}x`, "1"), { recursive: true });
  const applied = await run(machine, "retention", "apply", "--data", machine.own);
  assert.equal(applied.code, 0, applied.err);
  assert.deepEqual(filesIn(machine.own), [id]);
});
