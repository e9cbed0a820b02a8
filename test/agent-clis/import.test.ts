/** What the real Claude Code keeps of its sessions, imported: `npm run agent-clis`. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { suite, test } from "node:test";

import { claude } from "#agent-cli/adapters/claude.ts";
import { decimalDollars } from "#domain/money.ts";

import { run } from "../acceptance/agents.ts";
import { ended, invoke, shown } from "../acceptance/invoking.ts";
import { openStint } from "../acceptance/server.ts";
import { areCounted } from "./counting.ts";
import { machineWith, type RealMachine } from "./machine.ts";
import { BIN, CLAUDE, countedBy, orderOf, skip } from "./real.ts";
import { ANSWER } from "./scenario.ts";

const SESSION = "3c0f2a54-7d0e-4f19-8a44-0f6a2b1c9d10";

/** As a person starts it, without Stint. */
async function runWithout(there: RealMachine, prompt: string, how: "start" | "resume") {
  const task = { prompt, permission: "all", model: CLAUDE.model, folder: there.folder } as const;
  const { program, args } = claude.start({ ...task, session: { id: SESSION, how } });
  const { cwd, env } = there;
  const child = spawn(join(BIN, program), args, { cwd, env, stdio: "ignore" });
  assert.deepEqual(await once(child, "exit"), [0, null]);
}

suite("sessions of the real Claude Code", () => {
  test(
    "C-10 what claude has kept comes in once, counted as its model has counted it; what Stint began does not come in",
    { skip },
    async () => {
      await using there = await machineWith(CLAUDE, "tool");
      await runWithout(there, "- What is the answer?", "start");
      const one = there.answered();
      there.turn("text");
      await runWithout(there, "Go on", "resume");
      const two = there.answered() - one;
      await using stint = await openStint();
      const bring = async () => {
        const { out, err, code } = await run(
          there,
          "import",
          "claude",
          "--data",
          stint.data,
          "--json",
        );
        assert.equal(code, 0, err);
        return JSON.parse(out);
      };
      const cost = `$${decimalDollars(countedBy(CLAUDE, one + two).nano)}`;
      assert.deepEqual(await bring(), {
        sessions: 1,
        rounds: 2,
        known: 0,
        failed: 0,
        cost,
        costUnknown: 0,
      });
      const known = { sessions: 0, rounds: 0, known: 1, failed: 0, cost: null, costUnknown: 0 };
      assert.deepEqual(await bring(), known);
      const { items } = (await stint.ask("GET", "invocations")).body;
      const { id, session, outcome } = items[0];
      assert.deepEqual([items.length, session, outcome], [1, SESSION, "succeeded"]);
      const { roundList } = await shown(stint, id);
      const { prompt, text, tools } = roundList[0];
      assert.deepEqual([prompt, text, tools], ["- What is the answer?", ANSWER, { Bash: 1 }]);
      await areCounted(stint, id, CLAUDE, [one, two]);
      const own = await ended(stint, await invoke(stint, there, "Own", orderOf(CLAUDE)));
      assert.equal(own.outcome, "succeeded");
      assert.deepEqual(await bring(), { ...known, known: 2 });
    },
  );
});
