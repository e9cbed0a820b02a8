import assert from "node:assert/strict";
import { test } from "node:test";

import { type FakeAgents, fakeAgents } from "./fake-agents.ts";
import { type Answer, openStint, type Stint, until, untilEnded } from "./server.ts";

async function invoke(
  { ask }: Pick<Stint, "ask">,
  agents: FakeAgents,
  prompt: string,
  more: object = {},
): Promise<string> {
  const { folder, env } = agents;
  const body = { cli: "claude", prompt, folder, env, ...more };
  const answer = await ask("POST", "invocations", { body });
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  return answer.body.executionId as string;
}

async function shown({ ask }: Pick<Stint, "ask">, id: string): Promise<Answer["body"]> {
  return (await ask("GET", `invocations/${id}`)).body;
}

async function ended(stint: Stint, id: string): Promise<Answer["body"]> {
  await untilEnded(stint, id);
  return shown(stint, id);
}

test("C-1 and C-4 an invocation is idle, running while its process is, and completed with its outcome beside it", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const id = await invoke(stint, agents, `wait ${gate.path}`);
  const running = await until(stint, id, ({ status }) => status === "running");
  assert.equal(running.phase, "active");
  gate.open();
  const invocation = await ended(stint, id);
  assert.deepEqual(
    [invocation.status, invocation.outcome, invocation.rounds, invocation.error],
    ["completed", "succeeded", 1, null],
  );
  const [round] = invocation.roundList;
  assert.deepEqual([round.text, round.outcome, round.exitCode], ["It came.", "succeeded", 0]);
  assert.equal(invocation.startedAt, round.startedAt);
  assert.equal(invocation.completedAt, round.completedAt);
  const times = [invocation.createdAt, invocation.startedAt, invocation.completedAt];
  assert.deepEqual(times, times.toSorted());
});
