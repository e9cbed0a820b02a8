import assert from "node:assert/strict";
import { test } from "node:test";

import { Fault } from "#domain/fault.ts";

import { program } from "./program.ts";
import { openWorld } from "./testing.ts";

test("EN-1 a step that is done never runs again: a replay answers with what it answered", async () => {
  let runs = 0;
  const twice = program("twice", async (run) => {
    const first = await run.step("first", () => ({ number: ++runs }));
    await run.sleep("a while", 1_000);
    return [first, await run.step("second", () => ({ number: ++runs }))];
  });
  await using world = await openWorld([twice]);
  const { id } = await world.engine.start(twice, undefined);
  await world.settle();
  await world.restart();
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.deepEqual(await result, [{ number: 1 }, { number: 2 }]);
  assert.equal(runs, 2);
});

test("EN-2 a step's answer and the input are what a replay will read: they have been through JSON", async () => {
  const seen: unknown[] = [];
  const dated = program("dated", async (run, input: { at: Date }) => {
    seen.push(input.at);
    const answer = await run.step("now", () => ({ at: new Date(0), gone: undefined }));
    seen.push(answer);
    await run.sleep("a while", 1_000);
    return answer;
  });
  await using world = await openWorld([dated]);
  const { id } = await world.engine.start(dated, { at: new Date(0) });
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.deepEqual(await result, { at: "1970-01-01T00:00:00.000Z" });
  const once = ["1970-01-01T00:00:00.000Z", { at: "1970-01-01T00:00:00.000Z" }];
  assert.deepEqual(seen, [...once, ...once]);
});

test("EN-3 a name used twice in one lane fails with step_name_reused, which says what to do", async () => {
  const same = program("same", async (run) => {
    await run.step("a", () => 1);
    await run.step("a", () => 2);
  });
  await using world = await openWorld([same]);
  const { id } = await world.engine.start(same, undefined);
  await assert.rejects(world.engine.result(id), (error: Fault) => {
    assert.equal(error.facts["code"], "step_name_reused");
    assert.match(error.suggestion ?? "", /own name/);
    return true;
  });
});

test("EN-4 branches that run side by side are each remembered", async () => {
  const ran: string[] = [];
  const side = program("side", async (run) => {
    const branch = async (name: string, ms: number): Promise<string> => {
      await run.step([name, "before"], () => ran.push(`${name} before`));
      await run.sleep([name, "wait"], ms);
      return await run.step([name, "after"], () => {
        ran.push(`${name} after`);
        return name;
      });
    };
    return await Promise.all([branch("slow", 2_000), branch("fast", 1_000)]);
  });
  await using world = await openWorld([side]);
  const { id } = await world.engine.start(side, undefined);
  await world.pass(1_000);
  await world.restart();
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.deepEqual(await result, ["slow", "fast"]);
  assert.deepEqual(ran, ["slow before", "fast before", "fast after", "slow after"]);
});

test("EN-5 a failing step is tried again after a growing wait, out of memory, through restarts", async () => {
  const attempts: number[] = [];
  const flaky = program("flaky", async (run) =>
    run.step(
      "try",
      ({ number }) => {
        attempts.push(number);
        if (number < 4) throw new Fault("unavailable", "Busy.");
        return number;
      },
      { retry: { attempts: 4, firstMs: 1_000, factor: 2, longestMs: 10_000 } },
    ),
  );
  await using world = await openWorld([flaky]);
  const { id } = await world.engine.start(flaky, undefined);
  await world.settle();
  const dues = async (): Promise<readonly (number | undefined)[]> =>
    (await world.factsOf(id, "stepFailed")).map(({ retryAt }) =>
      retryAt === undefined ? undefined : retryAt - world.clock.now(),
    );
  assert.deepEqual(await dues(), [750]);
  assert.equal(world.engine.running(), 0);
  await world.pass(749);
  assert.deepEqual(attempts, [1]);
  await world.pass(1);
  assert.deepEqual(attempts, [1, 2]);
  await world.restart();
  await world.pass(1_500);
  assert.deepEqual(attempts, [1, 2, 3]);
  const result = world.engine.result(id);
  await world.pass(3_000);
  assert.equal(await result, 4);
  assert.deepEqual(attempts, [1, 2, 3, 4]);
});

test("EN-6 Retry-After is honoured where it is longer than the backoff", async () => {
  const limited = program("limited", async (run) =>
    run.step("call", ({ number }) => {
      if (number === 1) throw new Fault("rate_limited", "Later.", { retryAfterMs: 60_000 });
      return number;
    }),
  );
  await using world = await openWorld([limited]);
  const { id } = await world.engine.start(limited, undefined);
  await world.pass(59_999);
  assert.equal((await world.factsOf(id, "stepDone")).length, 0);
  await world.pass(1);
  assert.equal(await world.engine.result(id), 2);
});

test("EN-7 a terminal fault is not tried again; the program may catch it, in every replay alike", async () => {
  let runs = 0;
  const caught: unknown[] = [];
  const terminal = program("terminal", async (run) => {
    try {
      await run.step("call", () => {
        runs += 1;
        throw new Fault("invalid", "No such address.", { suggestion: "Correct it." });
      });
    } catch (error) {
      const { code, message, suggestion, facts } = error as Fault;
      caught.push({ code, message, suggestion, of: facts["code"] });
    }
    await run.sleep("a while", 1_000);
    return "went on";
  });
  await using world = await openWorld([terminal]);
  const { id } = await world.engine.start(terminal, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.equal(await result, "went on");
  assert.equal(runs, 1);
  assert.equal(caught.length, 2);
  assert.deepEqual(caught[0], caught[1]);
});

test("EN-8 the last attempt's failure fails the execution with the step, message and suggestion", async () => {
  const failing = program("failing", async (run) =>
    run.step(
      "call",
      () => {
        throw new Fault("unavailable", "The gateway is down.", { suggestion: "Look at it." });
      },
      { retry: { attempts: 2, firstMs: 100, factor: 2, longestMs: 100 } },
    ),
  );
  await using world = await openWorld([failing]);
  const { id } = await world.engine.start(failing, undefined);
  const result = assert.rejects(world.engine.result(id), {
    message: "The gateway is down.",
    suggestion: "Look at it.",
  });
  await world.pass(100);
  await result;
  assert.equal((await world.ledger.find(id))?.state, "failed");
  assert.equal((await world.factsOf(id, "stepFailed")).length, 2);
});

test("EN-9 an answer over 8 KiB, or one that is about a person, is kept apart from the facts", async () => {
  const large = program("large", async (run) => {
    const text = await run.step("large", () => "x".repeat(10_000));
    const personal = await run.step("personal", () => "ada@example.com", { subject: "con_1" });
    await run.sleep("a while", 1_000);
    return { length: text.length, personal };
  });
  await using world = await openWorld([large]);
  const { id } = await world.engine.start(large, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.deepEqual(await result, { length: 10_000, personal: "ada@example.com" });
  assert.doesNotMatch(JSON.stringify(await world.factsOf(id, "stepDone")), /xxx|ada@/);
  const rows = await world.ledger.store.db.selectFrom("payloads").select("subject").execute();
  assert.deepEqual(rows.map(({ subject }) => subject).toSorted(), ["con_1", null]);
});

test("EN-10 an answer over 1 MiB fails its step for good, so the work is not done again", async () => {
  let runs = 0;
  const huge = program("huge", async (run) => {
    const failed = await run
      .step("huge", () => {
        runs += 1;
        return "x".repeat(1_100_000);
      })
      .catch((error: unknown) => (error as Fault).facts["code"]);
    await run.sleep("a while", 1_000);
    return failed;
  });
  await using world = await openWorld([huge]);
  const { id } = await world.engine.start(huge, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.equal(await result, "too_large");
  assert.equal(runs, 1);
});

test("EN-11 a note is there to be read in the run that made it and in every later one", async () => {
  const seen: unknown[] = [];
  const noting = program("noting", async (run) => {
    run.note("found", { count: 3 });
    seen.push(run.noted("found"));
    await run.sleep("a while", 1_000);
    return run.noted("found");
  });
  await using world = await openWorld([noting]);
  const { id } = await world.engine.start(noting, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.deepEqual(await result, { count: 3 });
  assert.deepEqual(seen, [{ count: 3 }, { count: 3 }]);
  assert.equal((await world.factsOf(id, "noted")).length, 1);
});
