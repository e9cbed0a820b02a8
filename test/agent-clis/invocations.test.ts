/** The real Agent CLIs as executions that the API starts: `npm run agent-clis`. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";

import { leftOf } from "#agent-cli/supervisor/testing.ts";

import { ended, follow, goOn, invoke } from "../acceptance/invoking.ts";
import { type Answer, openStint, type Stint } from "../acceptance/server.ts";
import { areCounted } from "./counting.ts";
import { machineWith } from "./machine.ts";
import { CLAUDE, GEMINI, orderOf, REAL, type Real, skip } from "./real.ts";
import { ANSWER, MADE } from "./scenario.ts";

type Body = Answer["body"];

const REFUSED = [
  ["err401", "auth", "Its provider does not let it in."],
  ["err429", "rate_limit", "Its provider let no more requests through."],
  ["err500", "api_error", "Its provider failed."],
] as const;

async function untilRunsTool(stint: Stint, id: string): Promise<void> {
  for await (const { data } of follow(stint, id)) if (data.type === "tool_started") return;
  throw new Error("it ended without a tool");
}

/** An answer that came as it was ended may not have been taken any more. */
function answersTaken({ tokens }: Body, real: Real, answered: number): number {
  const taken = tokens.input / real.once.input;
  assert.ok(taken >= 1 && taken <= answered, `${taken} of ${answered}`);
  return taken;
}

suite("real Agent CLIs through the API", () => {
  for (const real of REAL) {
    const { name } = real.adapter;

    test(
      `C-10 ${name} that the API starts answers, and a message goes on in its session, where it runs a tool`,
      { skip },
      async () => {
        await using there = await machineWith(real, "text");
        await using stint = await openStint();
        const id = await invoke(stint, there, "- What is the answer?", orderOf(real));
        const first = await ended(stint, id);
        assert.deepEqual([first.outcome, first.roundList[0].text], ["succeeded", ANSWER]);
        const one = there.answered();
        there.turn("tool");
        await goOn(stint, id, "--and again");
        const { outcome, session, roundList } = await ended(stint, id);
        assert.deepEqual([outcome, session], ["succeeded", first.session]);
        for (const said of ["- What is the answer?", ANSWER, "--and again"])
          assert.ok(there.heard().includes(said), "the model was told what was said before");
        assert.equal(await readFile(join(there.folder, MADE.tool), "utf8"), "hi\n");
        const { tools, toolErrors, text } = roundList[1];
        assert.deepEqual([Object.values(tools), toolErrors, text], [[1], 0, ANSWER]);
        const { body } = await stint.ask("GET", `invocations/${id}/rounds/2/output`);
        const told = body.items as Body[];
        const began = told.find(({ type }) => type === "tool_started");
        assert.match(began.input.command, new RegExp(MADE.tool));
        const after = told.filter(
          ({ type, id: tool }) => type === "tool_ended" && tool === began.id,
        );
        assert.deepEqual(
          after.map(({ ok }) => ok),
          [true],
        );
        await areCounted(stint, id, real, [one, there.answered() - one]);
        assert.deepEqual(leftOf(id), []);
      },
    );

    for (const [scenario, code, message] of REFUSED)
      test(
        `C-10 ${name} that gives up where its model only answers with ${scenario} has failed by ${code}`,
        { skip },
        async () => {
          await using there = await machineWith(real, scenario);
          await using stint = await openStint();
          const id = await invoke(stint, there, "Go", orderOf(real));
          const { outcome, error, roundList } = await ended(stint, id);
          assert.deepEqual([outcome, error.code, error.message], ["failed", code, message]);
          assert.equal(roundList[0].reason, code);
          assert.match(roundList[0].message, /as asked|401|429|high demand/, "what it said of it");
          const { body } = await stint.ask("GET", `executions/${id}`);
          assert.deepEqual([body.phase, body.error.code], ["failed", code]);
          for (const { cost, costUnknown } of [roundList[0], body])
            assert.ok(
              cost === "0.00" || (cost === null && costUnknown === 1),
              "nothing is made up",
            );
          assert.deepEqual(leftOf(id), []);
        },
      );

    test(
      `C-10 ${name} is canceled through the API in the middle of a tool, and no process is left`,
      { skip },
      async () => {
        await using there = await machineWith(real, "longtool");
        await using stint = await openStint();
        const id = await invoke(stint, there, "Go", orderOf(real));
        await untilRunsTool(stint, id);
        await there.untilMade(MADE.longtool);
        assert.ok(leftOf(id).length > 1, "the tool has processes of its own");
        const answer = await stint.ask("POST", `invocations/${id}/cancel`);
        assert.equal(answer.status, 202);
        const { outcome, error, roundList } = await ended(stint, id);
        const [round] = roundList;
        assert.deepEqual(
          [outcome, error, round.outcome, round.message],
          ["canceled", null, "canceled", null],
        );
        assert.deepEqual(Object.values(round.tools), [1]);
        if (round.tokens === null) assert.deepEqual([round.cost, round.costUnknown], [null, 1]);
        else await areCounted(stint, id, real, [answersTaken(round, real, there.answered())]);
        assert.deepEqual(leftOf(id), []);
      },
    );
  }

  test(
    "C-10 gemini that speaks the Agent Client Protocol works with its model as an invocation, and its tool is told",
    { skip },
    async () => {
      await using there = await machineWith(GEMINI, "tool");
      await using stint = await openStint();
      const order = { ...orderOf(GEMINI), cli: "acp:gemini --acp" };
      const id = await invoke(stint, there, "Go", order);
      const { outcome, roundList } = await ended(stint, id);
      const { text, tools, toolErrors } = roundList[0];
      assert.deepEqual(
        [outcome, text, tools, toolErrors],
        ["succeeded", ANSWER, { execute: 1 }, 0],
      );
      assert.equal(await readFile(join(there.folder, MADE.tool), "utf8"), "hi\n");
      const { body } = await stint.ask("GET", `invocations/${id}/rounds/1/output`);
      const used = body.items.find(({ type }: Body) => type === "usage");
      assert.equal(used.model, GEMINI.model);
      assert.deepEqual(leftOf(id), []);
    },
  );

  test(
    "C-10 claude that goes on trying is ended by its limit, which is told",
    { skip },
    async () => {
      await using there = await machineWith(CLAUDE, "err500", { retries: undefined });
      await using stint = await openStint();
      const limits = { stallMs: 1000 };
      const id = await invoke(stint, there, "Go", { ...orderOf(CLAUDE), limits });
      const { outcome, error } = await ended(stint, id);
      assert.deepEqual(
        [outcome, error.code, error.message],
        ["failed", "limit", "It was stopped: its provider failed for longer than 1 s."],
      );
      assert.deepEqual(leftOf(id), []);
    },
  );
});
