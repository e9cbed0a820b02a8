/** The real Claude Code, Codex and Gemini CLI, with a fake model: `npm run agent-clis`. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";

import type { AgentTask } from "#agent-cli/adapter.ts";
import { acpAdapter } from "#agent-cli/adapters/acp.ts";
import { NO_COUNTERS, type Counters } from "#agent-cli/counters.ts";
import { agentEnvironment } from "#agent-cli/environment.ts";
import { followRound, type RoundEnd } from "#agent-cli/follow-round.ts";
import { genaiPrices } from "#agent-cli/price-tables/genai-prices.ts";
import type { Round } from "#agent-cli/round.ts";
import { readClaudeSessions } from "#agent-cli/sessions/claude-sessions.ts";
import { machineProcesses as processes } from "#agent-cli/supervisor/machine.ts";
import type { Bounds } from "#agent-cli/supervisor/standing.ts";
import { start, type Supervised } from "#agent-cli/supervisor/supervise.ts";
import { leftOf } from "#agent-cli/supervisor/testing.ts";
import { askingOf, type Decide } from "#agent-cli/testing.ts";
import { systemClock as clock } from "#domain/clock.ts";

import { openFakeModel } from "./fake-model.ts";
import { BIN, CLAUDE, countedBy, furnish, GEMINI, REAL, type Real, skip } from "./real.ts";
import { ANSWER, MADE, type Scenario } from "./scenario.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-agent-clis-"));
const home = join(scratch, "home");
const model = await openFakeModel();
after(async () => {
  await model[Symbol.asyncDispose]();
  await rm(scratch, { recursive: true, force: true });
});

interface Asked {
  readonly id: string;
  readonly ended: Promise<RoundEnd>;
  readonly supervised: Supervised;
}

interface Asking {
  readonly task?: Partial<AgentTask>;
  readonly counters?: Counters;
  readonly bounds?: Bounds;
  readonly stallMs?: number;
  readonly decide?: Decide;
}

async function ask(real: Real, scenario: Scenario, asking: Asking = {}): Promise<Asked> {
  const id = randomUUID();
  const [folder, project] = [join(scratch, id), join(scratch, "project")];
  await mkdir(project, { recursive: true });
  const url = model.urlFor(scenario, id);
  const { adapter, model: name } = real;
  const task: AgentTask = {
    prompt: "- What is the answer?",
    permission: "all",
    folder: project,
    model: name,
    ...asking.task,
  };
  const { program, args, env, dialogue } = adapter.start(task);
  await furnish(home, url);
  const all = {
    ...agentEnvironment(process.env, env),
    ...real.env(url),
    HOME: home,
    TMPDIR: scratch,
  };
  const launch = {
    executionId: id,
    command: join(BIN, program),
    args,
    cwd: project,
    env: all,
    folder,
    isSpokenTo: dialogue !== null,
  };
  const supervised = start({ processes, clock }, launch, { totalMs: 60_000, ...asking.bounds });
  const reading = { prices: genaiPrices, model: name, counters: asking.counters ?? NO_COUNTERS };
  const { stallMs } = asking;
  const bounds = stallMs === undefined ? {} : { stallMs };
  const { decide } = asking;
  const asked = decide === undefined ? undefined : askingOf(supervised, decide);
  const talk = dialogue === null ? undefined : { dialogue, task, asking: asked };
  const ended = followRound({ supervised, folder, adapter, clock, reading, bounds, talk });
  return { id, ended, supervised };
}

function isCounted({ round }: RoundEnd, real: Real, answers: number): void {
  const { tokens, nano } = round;
  const { input, cacheRead, cacheWrite, output } = tokens;
  assert.deepEqual({ input, cacheRead, cacheWrite, output, nano }, countedBy(real, answers));
}

const gistOf = ({ nano, tokens, tools, text }: Round) => {
  const { input, cacheRead, cacheWrite, output } = tokens;
  return { nano, input, cacheRead, cacheWrite, output, tools, text };
};

suite("real Agent CLIs", () => {
  for (const real of REAL) {
    const { name, namesSessions } = real.adapter;

    test(
      `C-10 ${name} answers and goes on in the same session, each round counted as the model counts it`,
      { skip },
      async () => {
        const session = namesSessions ? { id: randomUUID(), how: "start" as const } : undefined;
        const first = await ask(real, "text", session === undefined ? {} : { task: { session } });
        const one = await first.ended;
        assert.deepEqual([one.verdict.outcome, one.round.text], ["succeeded", ANSWER]);
        isCounted(one, real, model.answered(first.id));
        const { session: id } = one.round;
        assert.ok(id !== null && (session === undefined || id === session.id));
        const task = { prompt: "--and again", session: { id, how: "resume" as const } };
        const second = await ask(real, "text", { task, counters: one.counters });
        const two = await second.ended;
        assert.deepEqual([two.verdict.outcome, two.round.session], ["succeeded", id]);
        isCounted(two, real, model.answered(second.id));
      },
    );

    test(`C-10 ${name} runs a tool`, { skip }, async () => {
      const { id, ended } = await ask(real, "tool");
      const end = await ended;
      assert.equal(end.verdict.outcome, "succeeded");
      assert.deepEqual([Object.values(end.round.tools), end.round.toolErrors], [[1], 0]);
      isCounted(end, real, model.answered(id));
    });

    for (const scenario of ["err429", "err500"] as const) {
      test(
        `C-10 ${name} fails where its model only answers with ${scenario}, and is not waited for`,
        { skip },
        async () => {
          const patience = { bounds: { idleMs: 8_000 }, stallMs: 4_000 };
          const { id, ended } = await ask(real, scenario, patience);
          const { verdict, round } = await ended;
          assert.equal(verdict.outcome, "failed");
          assert.ok(["rate_limit", "api_error", "limit"].includes(verdict.reason ?? ""));
          assert.equal(round.nano ?? 0n, 0n);
          assert.deepEqual(leftOf(id), []);
        },
      );
    }

    test(
      `C-10 ${name} is canceled in the middle of a tool, and no process is left`,
      { skip },
      async () => {
        const { id, ended, supervised } = await ask(real, "longtool");
        for await (const chunk of supervised.output(0)) if (chunk.includes(MADE.longtool)) break;
        // The tool itself is there, and not only the word of it.
        while (!leftOf(id).some(({ pid }) => pid !== supervised.leader?.pid))
          await new Promise(setImmediate);
        await supervised.end("canceled");
        const { verdict, round } = await ended;
        assert.equal(verdict.outcome, "canceled");
        assert.equal(Object.values(round.tools)[0], 1);
        assert.deepEqual(leftOf(id), []);
      },
    );

    test(`C-10 ${name} names a session that is not there`, { skip }, async () => {
      const session = { id: randomUUID(), how: "resume" as const };
      const { verdict } = await (await ask(real, "text", { task: { session } })).ended;
      assert.deepEqual([verdict.outcome, verdict.reason], ["failed", "bad_session"]);
    });
  }

  const asks = { permission: "edit", asks: true } as const;

  for (const permission of ["read", "edit"] as const) {
    const name = `C-10 claude that may ${permission} asks before it acts, and does what it is let do`;
    test(name, { skip }, async () => {
      const asked: string[] = [];
      const { id, ended } = await ask(CLAUDE, "asktool", {
        task: { ...asks, permission },
        decide: ({ tool }) => {
          asked.push(tool);
          return "allow";
        },
      });
      const end = await ended;
      assert.deepEqual([end.verdict.outcome, asked, end.exit.code], ["succeeded", ["Bash"], 0]);
      assert.deepEqual([end.round.toolErrors, end.round.denials, end.exit.told], [0, 0, null]);
      isCounted(end, CLAUDE, model.answered(id));
      assert.deepEqual(leftOf(id), []);
    });
  }

  test("C-10 claude is denied what nobody may decide, and that is shown", { skip }, async () => {
    const { verdict, round } = await (await ask(CLAUDE, "asktool", { task: asks })).ended;
    assert.deepEqual([verdict.outcome, verdict.reason], ["failed", "denied"]);
    assert.deepEqual([round.denials, round.toolErrors, round.tools], [1, 1, { Bash: 1 }]);
  });

  test(
    "C-10 claude that is spoken to is canceled by a message, and says so",
    { skip },
    async () => {
      const task = { permission: "all", asks: true } as const;
      const { id, ended, supervised } = await ask(CLAUDE, "longtool", { task });
      for await (const chunk of supervised.output(0)) if (chunk.includes(MADE.longtool)) break;
      await supervised.end("canceled");
      const { verdict, round } = await ended;
      assert.deepEqual([verdict.outcome, round.end?.claim], ["canceled", "interrupted"]);
      assert.deepEqual(leftOf(id), []);
    },
  );

  test(
    "C-10 gemini speaks the Agent Client Protocol: it answers, runs a tool, and is canceled",
    { skip },
    async () => {
      const adapter = acpAdapter("gemini", ["--acp"]);
      const spoken: Real = { ...GEMINI, adapter };
      const task = { permission: "all" } as const;
      const text = await (await ask(spoken, "text", { task })).ended;
      assert.deepEqual([text.verdict.outcome, text.round.text], ["succeeded", ANSWER]);
      const tool = await ask(spoken, "tool", { task });
      const ran = await tool.ended;
      assert.deepEqual(
        [ran.verdict.outcome, ran.round.tools, ran.round.toolErrors, leftOf(tool.id)],
        ["succeeded", { execute: 1 }, 0, []],
      );
      const long = await ask(spoken, "longtool", { task });
      for await (const chunk of long.supervised.output(0)) if (chunk.includes(MADE.longtool)) break;
      await long.supervised.end("canceled");
      assert.deepEqual([(await long.ended).verdict.outcome, leftOf(long.id)], ["canceled", []]);
    },
  );

  test(
    "C-10 what claude has kept of a session comes to the rounds that were followed",
    { skip },
    async () => {
      const session = { id: randomUUID(), how: "start" as const };
      const first = await (await ask(CLAUDE, "tool", { task: { session } })).ended;
      const task = { prompt: "Go on", session: { ...session, how: "resume" as const } };
      const second = await (await ask(CLAUDE, "text", { task, counters: first.counters })).ended;
      const folder = join(home, ".claude", "projects");
      const now = Date.now() + 86_400_000;
      for await (const kept of readClaudeSessions({ folder, prices: genaiPrices, now })) {
        if (kept.id !== session.id) continue;
        const told = kept.rounds.map(({ round }) => gistOf(round));
        const followed = [first, second].map(({ round }) => gistOf(round));
        assert.deepEqual(told, followed);
        assert.deepEqual(
          kept.rounds.map(({ prompt }) => prompt),
          ["- What is the answer?", "Go on"],
        );
        return;
      }
      assert.fail("the session was not found");
    },
  );
});
