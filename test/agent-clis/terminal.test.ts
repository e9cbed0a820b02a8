/** The real Agent CLIs by `stint exec` and `stint resume`, without a server: `npm run agent-clis`. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";

import { leftOf } from "#agent-cli/supervisor/testing.ts";
import { decimalDollars } from "#domain/money.ts";

import { idIn, run, shown } from "../acceptance/agents.ts";
import { begin } from "../acceptance/processes.ts";
import { isCounted } from "./counting.ts";
import { machineWith } from "./machine.ts";
import { CLAUDE, countedBy, orderOf, REAL, type Real, skip } from "./real.ts";
import { ANSWER, GO, MADE } from "./scenario.ts";

function wordsFor(real: Real, prompt: string): readonly string[] {
  const { cli, model, permission } = orderOf(real);
  return ["exec", "--model", model, "--permission", permission, cli, "--", prompt];
}

/** As the last line says it. */
const dollars = (real: Real, answers: number): string =>
  `$${decimalDollars(countedBy(real, answers).nano)}`;

suite("real Agent CLIs at a terminal", () => {
  for (const real of REAL) {
    const { name } = real.adapter;

    test(
      `C-10 stint exec runs ${name} and prints its answer; stint resume goes on, and shows its tool`,
      { skip },
      async () => {
        await using there = await machineWith(real, "text");
        const first = await run(there, ...wordsFor(real, "- What is the answer?"));
        assert.deepEqual([first.code, first.out], [0, `${ANSWER}\n`], first.err);
        const one = there.answered();
        const end = first.err.trimEnd().split("\n").at(-1) ?? "";
        assert.ok(
          end.startsWith("✓ succeeded · ") && end.includes(` · ${dollars(real, one)} · `),
          end,
        );
        const id = idIn(first);
        there.turn("tool");
        const second = await run(there, "resume", id, "Go on");
        assert.deepEqual([second.code, second.out], [0, `${ANSWER}\n`], second.err);
        assert.match(second.err, new RegExp(`^● .*${MADE.tool}`, "m"));
        assert.equal(await readFile(join(there.folder, MADE.tool), "utf8"), "hi\n");
        const two = there.answered() - one;
        const { outcome, session, roundList, ...all } = await shown(there, id);
        assert.deepEqual([outcome, session], ["succeeded", roundList[0]?.session]);
        assert.ok(
          second.err.includes(`2 rounds in all: `) && second.err.includes(dollars(real, one + two)),
        );
        for (const [index, round] of roundList.entries())
          isCounted(round, real, [one, two][index] ?? 0);
        isCounted(all, real, one + two);
        assert.deepEqual(leftOf(id), []);
      },
    );

    test(
      `C-10 Ctrl-C ends ${name} in the middle of a tool, and a failing model is an exit code`,
      { skip },
      async () => {
        await using there = await machineWith(real, "longtool");
        await using canceled = begin(wordsFor(real, "Go"), there);
        await canceled.until(/^● /m);
        await there.untilMade(MADE.longtool);
        canceled.child.kill("SIGINT");
        const { code, err } = await canceled.ended;
        assert.equal(code, 130, err);
        assert.match(err, /\n■ canceled · /);
        assert.deepEqual(leftOf(idIn({ out: "", err })), []);
        there.turn("err429");
        const failed = await run(there, ...wordsFor(real, "Go"));
        assert.notEqual(failed.code, 0);
        assert.match(failed.err, /\n✗ failed \(rate_limit\)/);
        assert.deepEqual(leftOf(idIn(failed)), []);
      },
    );
  }

  test(
    "C-10 claude outlives the command that started it when that is killed, and the next one adopts and counts it",
    { skip },
    async () => {
      await using there = await machineWith(CLAUDE, "longtool");
      await using killed = begin(wordsFor(CLAUDE, "Go"), there);
      await killed.until(/^● /m);
      await there.untilMade(MADE.longtool);
      killed.child.kill("SIGKILL");
      const id = idIn(await killed.ended);
      assert.ok(leftOf(id).length > 0, "it goes on");
      await using following = begin(["follow", id], there);
      await following.until(/^● /m);
      await there.make(GO);
      const { code, out, err } = await following.ended;
      assert.deepEqual([code, out], [0, `${ANSWER}\n`], err);
      const { outcome, roundList, ...all } = await shown(there, id);
      assert.deepEqual([outcome, roundList.length], ["succeeded", 1]);
      isCounted(all, CLAUDE, there.answered());
      assert.deepEqual(leftOf(id), []);
    },
  );
});
