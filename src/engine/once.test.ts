import assert from "node:assert/strict";
import { test } from "node:test";

import { Fault } from "#domain/fault.ts";

import { program } from "./program.ts";
import { openWorld } from "./testing.ts";

/** A mail provider: it counts what it did by key, and can lose an answer or go down before it acts. */
function outside(...fates: readonly ("answers" | "loses the answer" | "does nothing" | "hangs")[]) {
  const done = new Map<string, number>();
  const calls: string[] = [];
  let call = 0;
  return {
    done,
    calls,
    send: async (key: string): Promise<string> => {
      const fate = fates[call++] ?? "answers";
      calls.push(fate);
      if (fate !== "does nothing" && fate !== "hangs") done.set(key, (done.get(key) ?? 0) + 1);
      if (fate === "hangs") await new Promise(() => undefined);
      if (fate !== "answers") throw new Fault("unavailable", "No answer.");
      return `sent ${key.split("/").at(-1)}`;
    },
    find: async (key: string) =>
      done.has(key) ? { found: `sent ${key.split("/").at(-1)}` } : undefined,
  };
}

function mailing(mail: ReturnType<typeof outside>, authoritative: boolean) {
  return program("mailing", async (run) =>
    run.step("mail", ({ key }) => mail.send(key), {
      once: { find: mail.find, authoritative, deadlineMs: 1_000 },
    }),
  );
}

test("EN-31 a once step puts its intent on disk before the effect", async () => {
  let known: unknown;
  const intending = program("intending", async (run) =>
    run.step("mail", async () => (known = await world.factsOf(run.id, "stepIntended")), {
      once: { find: async () => undefined, authoritative: true },
    }),
  );
  await using world = await openWorld([intending]);
  const { id } = await world.engine.start(intending, undefined);
  await world.engine.result(id);
  assert.deepEqual(known, [
    {
      t: "stepIntended",
      path: "mail",
      key: `${id}/mail`,
      sendBy: world.clock.now() + 30_000,
    },
  ]);
});

test("EN-32 an effect whose answer was lost is found, not repeated", async () => {
  const mail = outside("loses the answer");
  const sending = mailing(mail, false);
  await using world = await openWorld([sending]);
  const { id } = await world.engine.start(sending, undefined);
  assert.equal(await world.engine.result(id), "sent mail");
  assert.deepEqual([...mail.done.values()], [1]);
});

test("EN-33 not found means not done where the other side is sure: it is tried again, after the deadline", async () => {
  const mail = outside("does nothing");
  const sending = mailing(mail, true);
  await using world = await openWorld([sending]);
  const { id } = await world.engine.start(sending, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.deepEqual(mail.calls, ["does nothing"]);
  await world.pass(1);
  assert.equal(await result, "sent mail");
  assert.deepEqual([...mail.done.values()], [1]);
});

test("EN-34 not found where the other side is not sure leaves the step uncertain, never repeated", async () => {
  const mail = outside("does nothing");
  const sending = mailing(mail, false);
  await using world = await openWorld([sending]);
  const { id } = await world.engine.start(sending, undefined);
  const result = assert.rejects(world.engine.result(id), (error: Fault) => {
    assert.match(error.message, /not known whether/);
    return true;
  });
  await world.pass(1_001);
  await result;
  assert.equal((await world.factsOf(id, "stepUncertain")).length, 1);
  assert.deepEqual(mail.calls, ["does nothing"]);
});

test("EN-35 a process that died between intent and answer asks first, in its next life", async () => {
  for (const [fate, calls] of [
    ["hangs", ["hangs", "answers"]],
    ["answers", ["answers"]],
  ] as const) {
    const mail = outside(fate);
    const sending = mailing(mail, true);
    await using world = await openWorld([sending]);
    const { id } = await world.engine.start(sending, undefined);
    while (mail.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await world.restart();
    const result = world.engine.result(id);
    await world.pass(1_001);
    assert.equal(await result, "sent mail");
    assert.deepEqual([...mail.done.values()], [1]);
    assert.deepEqual(mail.calls, calls);
  }
});

test("EN-36 a failure that says nothing happened is retried by itself, without asking", async () => {
  let asked = 0;
  let calls = 0;
  const sending = program("sending", async (run) =>
    run.step(
      "mail",
      () => {
        calls += 1;
        if (calls === 1) throw new Fault("rate_limited", "Later.", { happened: "no" });
        return calls;
      },
      {
        once: {
          authoritative: false,
          find: async () => {
            asked += 1;
            return undefined;
          },
        },
      },
    ),
  );
  await using world = await openWorld([sending]);
  const { id } = await world.engine.start(sending, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.equal(await result, 2);
  assert.equal(asked, 0);
});

test("EN-37 an effect that never comes about is given up after its attempts, through waits and restarts", async () => {
  const mail = outside(...Array.from({ length: 9 }, () => "does nothing" as const));
  const sending = mailing(mail, true);
  await using world = await openWorld([sending]);
  const { id } = await world.engine.start(sending, undefined);
  const result = () => assert.rejects(world.engine.result(id), { message: "No answer." });
  await world.pass(1_001);
  await world.restart();
  await world.pass(1_001);
  const last = result();
  await world.pass(1_001);
  await last;
  assert.equal(mail.calls.length, 3);
});

test("EN-38 an attempt hears of its deadline by its signal", async () => {
  const reasons: unknown[] = [];
  const slow = program("slow", async (run) =>
    run.step(
      "mail",
      async ({ signal, number }) => {
        if (number > 1) return "second";
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        reasons.push((signal.reason as Fault).code);
        throw signal.reason;
      },
      { once: { find: async () => undefined, authoritative: true, deadlineMs: 1_000 } },
    ),
  );
  await using world = await openWorld([slow]);
  const { id } = await world.engine.start(slow, undefined);
  await world.pass(1_000);
  const result = world.engine.result(id);
  await world.pass(1);
  assert.equal(await result, "second");
  assert.deepEqual(reasons, ["unavailable"]);
});
