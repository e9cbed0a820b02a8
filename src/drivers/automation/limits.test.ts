import assert from "node:assert/strict";
import { test } from "node:test";

import { Fault } from "#domain/fault.ts";

import { requestKey } from "./request-key.ts";
import { DAY, openWorld } from "./testing.ts";

const EMAIL = "Find contacts with status Lead.\nSend the 'Welcome' email.";
const NOTE = 'Notify @user.creator: "Hello"';

const isFault = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

test("3.2-5 of two starts at the same instant one runs, and the other is told which", async () => {
  await using world = await openWorld();
  await world.leads(3);
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 100 });
  const agent = await world.agent(EMAIL);
  const both = await Promise.allSettled([world.begin(agent), world.begin(agent)]);
  const started = both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const refused = both.flatMap((one) => (one.status === "rejected" ? [one.reason as Fault] : []));
  assert.equal(started.length, 1);
  assert.equal(
    refused[0]?.message,
    "Agent is already running. Wait for current execution to complete.",
  );
  assert.equal(refused[0]?.facts["executionId"], started[0]);
  await world.runOut(started[0] ?? "", 50);
  assert.equal((await world.outbox()).length, 3);
});

test("3.2-5 while it only waits another run may begin", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const agent = await world.agent("Find contacts with status Lead.\nWait 5 days.\nAdd tag 'A'.");
  const first = await world.run(agent);
  assert.equal(await world.state(first), "waiting");
  const second = await world.run(agent);
  assert.equal(await world.state(second), "completed");
});

for (const latencyMs of [0, 100]) {
  test(`3.2-8 the limit of emails a day is reached exactly by 50 journeys at once (${latencyMs} ms a mail)`, async () => {
    await using world = await openWorld();
    await world.leads(50);
    await world.template("Welcome");
    world.mail.configure(1, { latencyMs });
    const agent = await world.agent(`${EMAIL}\nAdd tag 'A'.`, {
      restrictions: { maxEmailsPerDay: 12 },
    });
    const id = await world.run(agent);
    await world.runOut(id, 50);
    assert.equal((await world.outbox()).length, 12);
    const { state, figures } = await world.ended(id);
    assert.deepEqual([state, figures], ["failed", { contactsFound: 50, emailsSent: 12 }]);
  });
}

test("3.2-8 executions a minute: the eleventh waits for its turn, and the limit asked for is the agent's own", async () => {
  await using world = await openWorld();
  const agent = await world.agent(NOTE);
  for (let n = 0; n < 10; n += 1) await world.run(agent);
  const eleventh = await world.run(agent);
  assert.equal(await world.state(eleventh), "queued");
  await assert.rejects(world.begin(agent), isFault("already_running"));
  const slow = await world.agent(NOTE, {
    name: "Slow",
    restrictions: { maxExecutionsPerMinute: 1 },
  });
  await world.run(slow);
  assert.equal(await world.state(await world.run(slow)), "queued");
  await world.pass(59_000);
  assert.equal(await world.state(eleventh), "queued");
  await world.pass(3_000);
  assert.equal(await world.state(eleventh), "completed");
});

test("3.4-7 what is queued when its agent is paused stays queued until that is resumed, or until a person discards it", async () => {
  await using world = await openWorld();
  const limited = { restrictions: { maxExecutionsPerMinute: 1 } };
  const [agent, other] = [await world.agent(NOTE, limited), await world.agent(NOTE, limited)];
  for (const one of [agent, other]) await world.run(one);
  const [kept, discarded] = [await world.run(agent), await world.run(other)];
  for (const { id } of [agent, other]) await world.services.agents.pause(world.entered, id);
  await world.pass(600_000);
  assert.deepEqual([await world.state(kept), await world.state(discarded)], ["queued", "queued"]);
  await world.node().engine.cancel(discarded, "olga");
  await world.settle();
  assert.equal(await world.state(discarded), "canceled");
  await world.services.agents.resume(world.entered, agent.id);
  await world.pass(1_000);
  assert.equal(await world.state(kept), "completed");
});

test("3.2-8 executions a day: the breaker pauses the agent, tells its creator, and a repeat of a start trips nothing", async () => {
  await using world = await openWorld();
  const agent = await world.agent(NOTE, { restrictions: { maxExecutionsPerDay: 2 } });
  const first = await world.begin(agent, {}, { key: requestKey(["a"]) });
  await world.settle();
  await world.run(agent);
  assert.equal(await world.begin(agent, {}, { key: requestKey(["a"]) }), first);
  assert.equal((await world.services.agents.byNo(agent.no))?.status, "draft");
  await assert.rejects(world.begin(agent), isFault("limit_reached"));
  const tripped = await world.services.agents.byNo(agent.no);
  assert.deepEqual([tripped?.status, tripped?.pausedReason], ["paused", "breaker"]);
  const [last] = (await world.told()).slice(-1);
  assert.deepEqual(
    [last?.kind, last?.message],
    ["agent_paused", "Agent paused: execution limit reached"],
  );
});

test("3.3-6 a breaker that tripped blocks every start, and tells it once, until a person resumes the agent on a day with room", async () => {
  await using world = await openWorld();
  const agent = await world.agent(NOTE, { restrictions: { maxExecutionsPerDay: 1 } });
  await world.run(agent);
  const blocked = async () => {
    for (let n = 0; n < 2; n += 1)
      await assert.rejects(world.begin(agent), isFault("limit_reached"));
    await Promise.allSettled([world.begin(agent), world.begin(agent)]);
    assert.equal((await world.services.agents.byNo(agent.no))?.pausedReason, "breaker");
    return (await world.told()).filter(({ kind }) => kind === "agent_paused").length;
  };
  assert.equal(await blocked(), 1);
  await world.services.agents.resume(world.entered, agent.id);
  assert.equal(await blocked(), 2, "it trips again, since the day still has no room");
  await world.pass(DAY);
  assert.equal(await blocked(), 2, "a new day resumes nothing by itself");
  await world.services.agents.resume(world.entered, agent.id);
  assert.equal(await world.state(await world.run(agent)), "completed");
  assert.equal(await blocked(), 3);
});

test("3.7-4 over its emails of the day the execution fails, the agent pauses, its creator is told; the next day has room", async () => {
  await using world = await openWorld();
  await world.leads(5);
  await world.template("Welcome");
  const agent = await world.agent(EMAIL, { restrictions: { maxEmailsPerDay: 3 } });
  const { state, fault } = await world.ended(await world.run(agent));
  assert.deepEqual(
    [state, fault?.message, fault?.step],
    ["failed", "Email limit reached (3/day)", "2"],
  );
  const paused = await world.services.agents.byNo(agent.no);
  assert.deepEqual([paused?.status, paused?.pausedReason], ["paused", "emailLimit"]);
  assert.deepEqual(
    (await world.told()).map(({ title }) => title),
    ["Agent failed: Agent"],
  );
  await world.pass(DAY);
  await world.services.agents.resume(world.entered, agent.id);
  await world.run(agent);
  assert.equal((await world.outbox()).length, 6);
});

test("3.7-4 the limit in force is the agent's at that moment, not the one it started with", async () => {
  await using world = await openWorld();
  await world.leads(3);
  await world.template("Welcome");
  const agent = await world.agent(`${EMAIL}\nWait 1 hour.\nSend the 'Welcome' email.`, {
    restrictions: { maxEmailsPerDay: 3 },
  });
  const id = await world.run(agent);
  await world.services.agents.save(world.entered, agent.id, {
    restrictions: { maxEmailsPerDay: 6 },
  });
  await world.pass(3_600_000);
  assert.equal((await world.ended(id)).figures["emailsSent"], 6);
});
