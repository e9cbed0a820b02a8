import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";
import { ended, goOn, invoke } from "./invoking.ts";
import { type Answer, openStint } from "./server.ts";
import { assertProblem } from "./steps.ts";

/** Each of its rounds costs $0.00204, told at the end of it. */
test("IV-80 what it may cost is for all rounds together: a message to one that has used it up is refused, and goes on with a higher limit given with it", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const limits = { cost: "0.003" };
  const id = await invoke(stint, agents, "say one", { limits });
  await ended(stint, id);
  const say = (body: object, key?: string): Promise<Answer> =>
    stint.ask("POST", `invocations/${id}/messages`, {
      body,
      ...(key !== undefined && { headers: { "idempotency-key": key } }),
    });
  assert.equal((await say({ prompt: "say two" }, "two")).body.round, 2);
  const after = await ended(stint, id);
  assert.deepEqual([after.cost, after.limits], ["0.00408", limits]);
  for (const body of [
    { prompt: "say three" },
    { prompt: "say three", limits: { cost: "0.004" } },
  ]) {
    const refused = await say(body);
    assertProblem(refused, 409, "limit_reached");
    assert.match(refused.body.detail, /has cost \$0\.00408 and may cost \$0\.00[34]/);
    assert.match(refused.body.suggestion, /`limits\.cost`.*`--limit-cost`/);
  }
  assert.equal((await say({ prompt: "say two" }, "two")).body.round, 2);
  assert.equal((await ended(stint, id)).rounds, 2);
  assert.equal((await say({ prompt: "say three", limits: { cost: "0.01" } })).status, 202);
  const third = await ended(stint, id);
  assert.deepEqual(
    [third.outcome, third.cost, third.limits.cost],
    ["succeeded", "0.00612", "0.01"],
  );
  await goOn(stint, id, "say four"); // the higher limit stays
  assert.equal((await ended(stint, id)).rounds, 4);
  assert.deepEqual(
    agents.heard().filter((line) => line.startsWith("budget ")),
    ["0.003", "0.00096", "0.00592", "0.00388"].map((dollars) => `budget ${dollars}`),
  );
});

test("IV-81 a round that ends by itself beyond what it may cost says so in a warning", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "say one", { limits: { cost: "0.003" } });
  assert.deepEqual((await ended(stint, id)).roundList[0].warnings, []);
  await goOn(stint, id, "say two");
  const { outcome, roundList } = await ended(stint, id);
  assert.deepEqual(
    [outcome, roundList[1].warnings],
    [
      "succeeded",
      ["It has cost $0.00408 by now, and may cost $0.003: that was told when the round was over."],
    ],
  );
});
