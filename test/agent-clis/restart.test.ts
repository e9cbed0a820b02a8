/** Real Agent CLIs whose Stint is killed while they work: `npm run agent-clis`. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { leftOf } from "#agent-cli/supervisor/testing.ts";

import { goOn, invoke } from "../acceptance/invoking.ts";
import { isOver, live, sumsAreRight, until } from "../acceptance/lives.ts";
import { freshFolder } from "../acceptance/processes.ts";
import { areCounted } from "./counting.ts";
import { machineWith } from "./machine.ts";
import { orderOf, REAL, skip } from "./real.ts";
import { ANSWER, GO, MADE } from "./scenario.ts";

suite("real Agent CLIs over a restart of Stint", () => {
  for (const real of REAL)
    test(
      `C-10 ${real.adapter.name} goes on when Stint is killed in the middle of its second round, is adopted, and is counted as if nothing had been`,
      { skip },
      async () => {
        await using there = await machineWith(real, "text");
        await using data = await freshFolder();
        await using first = await live(data.path);
        const id = await invoke(first, there, "Begin", orderOf(real));
        await until(first, id, isOver);
        const one = there.answered();
        there.turn("longtool");
        await goOn(first, id, "Go on");
        await there.untilMade(MADE.longtool);
        const running = await until(first, id, ({ process }) => typeof process?.pid === "number");
        await first.kill();
        assert.ok(leftOf(id).some(({ pid }) => pid === running.process.pid));
        await using second = await live(data.path);
        const adopted = await until(second, id, ({ process }) => process !== null);
        assert.equal(adopted.process.pid, running.process.pid);
        await there.make(GO);
        const { outcome, session, roundList } = await until(second, id, isOver);
        assert.deepEqual([outcome, session], ["succeeded", roundList[0].session]);
        const { text, tools, toolErrors, startedAt, exitCode } = roundList[1];
        assert.deepEqual([text, Object.values(tools), toolErrors, exitCode], [ANSWER, [1], 0, 0]);
        assert.equal(startedAt, running.roundList[1].startedAt);
        await areCounted(second, id, real, [one, there.answered() - one]);
        assert.deepEqual(leftOf(id), []);
        await second.stop();
        await sumsAreRight(data.path);
      },
    );
});
