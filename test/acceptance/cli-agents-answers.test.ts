/** Agents that ask, and people who answer at a terminal. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { idIn, machineWithAgent, run, shown } from "./agents.ts";
import { begin, beginAtTerminal, noTerminal } from "./processes.ts";

suite("agents that ask, at a terminal", () => {
  test("CL-140 exec --ask waits until somebody answers from elsewhere, and says how; answer lets it, or does not, and names what is open", async () => {
    await using machine = await machineWithAgent();
    const acts = "ask npm test\nask rm -rf build\nsay Done.";
    await using exec = begin(["exec", "--ask", "claude", acts], machine);
    await exec.until(
      /It waits for an answer to Bash: npm test: `stint answer \S+ allow --request=\S+`, or deny/,
    );
    const id = idIn(exec.said());
    const told = await run(machine, "show", id);
    assert.match(told.out, /is waiting for an answer: Waits for an answer: Bash: npm test, since/);
    const other = await run(machine, "answer", id, "allow", "--request", "other");
    assert.deepEqual([other.code, other.err], [4, `stint: ${id} waits for no such answer now\n`]);
    const allowed = await run(machine, "answer", id.slice(-8), "allow");
    assert.deepEqual([allowed.code, allowed.out], [0, "Bash: npm test was allowed\n"]);
    await exec.until(/It waits for an answer to Bash: rm -rf build/);
    const denied = await run(machine, "answer", id, "deny", "--why", "Use make clean", "--json");
    assert.equal(JSON.parse(denied.out).why, "Use make clean");
    const { code, out, err } = await exec.ended;
    assert.deepEqual([code, out], [0, "Done.\n"]);
    assert.match(err, /⊘ (?:Bash|a tool) was denied: Use make clean/);
    const late = await run(machine, "answer", id, "allow");
    assert.match(late.err, /waits for no such answer now/);
  });

  test("CL-140 what cannot ask is refused, and --json tells a question as a line", async () => {
    await using machine = await machineWithAgent();
    const refused = await run(machine, "exec", "--ask", "codex", "Go");
    assert.deepEqual(
      [refused.code, refused.err],
      [2, 'stint: asks: is for those that can ask people: "claude", and any agent by "acp:"\n'],
    );
    await using exec = begin(["exec", "--ask", "--json", "claude", "ask npm test"], machine);
    await exec.until(/"type":"question"/);
    const id = idIn(exec.said());
    assert.equal((await run(machine, "answer", id, "allow")).code, 0);
    assert.equal((await exec.ended).code, 0);
  });

  test(
    "CL-141 exec --ask at a terminal asks whoever sits there: y lets it, n does not, Ctrl-C ends it",
    { skip: noTerminal },
    async () => {
      await using machine = await machineWithAgent();
      const acts = "ask npm test\nask rm -rf build\nask make\nsay Done.";
      await using exec = beginAtTerminal(["exec", "--ask", "claude", acts], machine);
      for (const [words, key] of [
        ["npm test", "y"],
        ["rm -rf build", "n"],
        ["make", "\u0003"],
      ] as const) {
        await exec.until(new RegExp(`It waits for an answer to Bash: ${words}: y allows it`));
        await pause(600); // what is typed sooner is no answer
        exec.type(key);
      }
      const ended = await exec.ended;
      assert.equal(ended.code, 130);
      const id = idIn(ended);
      const { outcome, roundList } = await shown(machine, id);
      assert.equal(outcome, "canceled");
      assert.deepEqual(
        roundList[0]?.answers.map(({ words, decision }) => [words, decision]),
        [
          ["Bash: npm test", "allow"],
          ["Bash: rm -rf build", "deny"],
        ],
      );
    },
  );
});
