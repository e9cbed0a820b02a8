import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";
import { command, ended, invoke } from "./invoking.ts";
import { type Answer, type Ask, openStint } from "./server.ts";
import { addAgent, addContacts, assertProblem, run } from "./steps.ts";

type Body = Answer["body"];

async function states(ask: Ask, query = ""): Promise<readonly unknown[]> {
  const { items } = (await ask("GET", `executions/errors${query}`)).body;
  return items.map(({ code, state, seenAgain, count }: Body) => [code, state, seenAgain, count]);
}

const idsOf = ({ body }: Answer): readonly string[] => body.items.map(({ id }: Body) => id);

test("L-19 an execution keeps its error, and those that are alike are resolved, seen again, muted and taken back", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { ask } = stint;
  const fail = async (): Promise<string> => {
    const id = await command(stint, agents, "echo broken >&2; exit 1");
    await ended(stint, id);
    return id;
  };
  const first = await fail();
  const other = await invoke(stint, agents, "refused");
  await ended(stint, other);
  const { error } = (await ask("GET", `executions/${first}`)).body;
  assert.equal(typeof error.code, "string");
  const code = error.code as string;
  const { items, totals } = (await ask("GET", "executions/errors")).body;
  assert.deepEqual(totals, { open: 2, resolved: 0, muted: 0 });
  const group: Body = items.find((one: Body) => one.code === code);
  assert.equal(group.counts.length, 30);
  assert.equal(group.counts.at(-1), 1);
  assert.deepEqual(group.agents, []);
  const one = `executions/errors/${group.id}`;

  const resolved = await ask("POST", `${one}/resolve`);
  assert.equal(resolved.status, 200);
  assert.deepEqual([resolved.body.state, resolved.body.mark.by.name], ["resolved", "owner"]);
  assert.deepEqual((await ask("POST", `${one}/resolve`)).body, resolved.body);
  assert.deepEqual(await states(ask, "?state=open"), [["rate_limit", "open", false, 1]]);
  assert.deepEqual(await states(ask, "?state=resolved"), [[code, "resolved", false, 1]]);

  const second = await fail();
  assert.deepEqual(await states(ask, "?state=resolved"), []);
  assert.deepEqual(await states(ask, "?state=open"), [
    [code, "open", true, 2],
    ["rate_limit", "open", false, 1],
  ]);
  assert.deepEqual(idsOf(await ask("GET", `executions?error=${group.id}`)), [second, first]);
  assert.deepEqual(idsOf(await ask("GET", `executions?error=${group.id}&kind=automation`)), []);

  assert.equal((await ask("POST", `${one}/mute`)).body.state, "muted");
  await fail();
  assert.deepEqual(await states(ask, "?state=muted"), [[code, "muted", false, 3]]);
  assert.deepEqual((await ask("GET", "executions/errors?state=open")).body.totals, {
    open: 1,
    resolved: 0,
    muted: 1,
  });
  assert.deepEqual((await ask("POST", `${one}/reopen`)).body.mark, null);
  assert.equal((await ask("POST", `${one}/reopen`)).status, 200);
  assert.deepEqual((await states(ask, "?state=open"))[0], [code, "open", false, 3]);
  const audit = (await ask("GET", "audit")).body.items.filter(
    ({ target }: Body) => target.type === "errors",
  );
  assert.deepEqual(
    audit.map(({ action, target }: Body) => [action, target.id, target.name]),
    ["errors.reopened", "errors.muted", "errors.resolved"].map((action) => [
      action,
      group.id,
      group.message,
    ]),
  );
});

test("AP-84 Members speak of errors and Viewers look; one that nobody knows answers 404, a state that there is not 422", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  await ended(stint, await command(stint, agents, "exit 1"));
  const [viewer, member] = [await stint.as("viewer"), await stint.as("member")];
  const { id } = (await viewer("GET", "executions/errors")).body.items[0];
  for (const act of ["resolve", "mute", "reopen"]) {
    assertProblem(await viewer("POST", `executions/errors/${id}/${act}`), 403, "forbidden");
    assert.equal((await member("POST", `executions/errors/${id}/${act}`)).status, 200);
    for (const unknown of ["err_000000000000000000000000", "nonsense"])
      assertProblem(await member("POST", `executions/errors/${unknown}/${act}`), 404, "not_found");
  }
  assertProblem(await member("POST", `executions/errors/${id}/ignore`), 404, "not_found");
  const refused = await viewer("GET", "executions/errors?state=solved");
  assertProblem(refused, 422, "invalid");
  assert.equal(refused.body.errors[0].path, "state");
  const unknown = "executions?error=err_000000000000000000000000";
  assertProblem(await viewer("GET", unknown), 404, "not_found");
  assertProblem(await viewer("GET", "executions?error=crash"), 422, "invalid");
});

test("AP-85 an error names the agents that met it, and what failed of it is exported and retried alone", async () => {
  await using stint = await openStint();
  const { ask } = stint;
  await addContacts(ask, 1);
  const agent = await addAgent(ask);
  const { items: templates } = (await ask("GET", "templates")).body;
  await run(stint, agent);
  await ask("DELETE", `templates/${templates[0].id}`);
  const failed = await run(stint, agent);
  assert.equal(failed.status, "failed");
  const [group] = (await ask("GET", "executions/errors?dateRange=24h")).body.items;
  assert.deepEqual(group.agents, [{ id: agent, name: "Welcome", deleted: false }]);
  assert.equal(group.counts.length, 24);
  const file = (await ask("GET", `executions/export?format=csv&error=${group.id}`)).body as string;
  assert.deepEqual([file.trim().split("\r\n").length, file.includes(failed.id)], [2, true]);
  const asked = await ask("POST", "executions/bulk/retry", {
    body: { filter: { error: group.id } },
  });
  assert.equal(asked.body.count, 1);
  await ask("DELETE", `agents/${agent}`);
  const [after] = (await ask("GET", "executions/errors")).body.items;
  assert.deepEqual(after.agents, [{ id: agent, name: "Welcome", deleted: true }]);
});
