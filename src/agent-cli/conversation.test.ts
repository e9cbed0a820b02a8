/** With a process that speaks the Agent Client Protocol: `test/fixtures/acp-agent.mjs`. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { type Clock, systemClock } from "#domain/clock.ts";

import type { AgentTask } from "./adapter.ts";
import { acpAdapter } from "./adapters/acp.ts";
import { type Asking, openAsking } from "./asking.ts";
import { agentEnvironment } from "./environment.ts";
import type { Asked } from "./events.ts";
import { followRound, type RoundEnd } from "./follow-round.ts";
import { isPermitted } from "./permission.ts";
import { machineProcesses as processes } from "./supervisor/machine.ts";
import type { QuestionRecord } from "./supervisor/questions.ts";
import { adopt, start, type Supervised } from "./supervisor/supervise.ts";
import { leftOf, says } from "./supervisor/testing.ts";
import { askingOf } from "./testing.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-talks-"));
const begun: Supervised[] = [];
after(async () => {
  await Promise.all(begun.map((run) => run.end("memory")));
  await rm(scratch, { recursive: true, force: true });
});

const watching = { processes, clock: systemClock };
const AGENT = join(import.meta.dirname, "../../test/fixtures/acp-agent.mjs");
let count = 0;
const ALLOW = { decision: "allow", why: null, by: "somebody", key: null } as const;

async function scene(acts: readonly string[], permission: AgentTask["permission"] = "edit") {
  const id = `inv_talk_${process.pid}_${++count}`;
  const [folder, cwd] = [join(scratch, id), join(scratch, `${id}-work`)];
  await mkdir(cwd);
  const log = join(scratch, `${id}.log`);
  const adapter = acpAdapter(process.execPath, [AGENT, log]);
  const task: AgentTask = { prompt: acts.join("\n"), permission, folder: cwd };
  const env = agentEnvironment(process.env);
  const launching = { executionId: id, cwd, env, folder, isSpokenTo: true };

  function follow(supervised: Supervised, asking?: Asking): Promise<RoundEnd> {
    begun.push(supervised);
    const { dialogue } = adapter.start(task);
    assert.ok(dialogue !== null);
    const talk = { dialogue, task, asking };
    return followRound({ supervised, folder, adapter, clock: systemClock, talk });
  }
  const { program, args } = adapter.start(task);
  return {
    id,
    folder,
    task,
    follow,
    launching: { ...launching, command: program, args },
    begin: (clock = systemClock) =>
      start({ processes, clock }, { ...launching, command: program, args }),
    heard: async () => (await readFile(log, "utf8")).split("\n").slice(0, -1),
  };
}

const methodsOf = (heard: readonly string[]) =>
  heard.map((line) => (line === "END" ? line : (JSON.parse(line).method ?? "answer")));

/** A clock that goes as the real one, and that the test sets forward. */
function setForward() {
  let ahead = 0;
  const clock: Clock = {
    now: () => Date.now() + ahead,
    at: (at, then) => systemClock.at(at - ahead, then),
  };
  return { clock, goOn: (ms: number) => void (ahead += ms) };
}

suite("talks with agents", () => {
  test("AC-29 an agent is greeted, asked, permitted in its folder, and its input ends when all is said", async () => {
    const { begin, follow, heard, id } = await scene(["ask edit made.txt", "say done"]);
    const { round, verdict, exit } = await follow(begin());
    assert.deepEqual(
      [verdict.outcome, round.text, round.session],
      ["succeeded", "allowed done", "s1"],
    );
    assert.deepEqual([round.denials, round.tokens.input, exit.code, exit.told], [0, 300, 0, null]);
    assert.deepEqual(methodsOf(await heard()), [
      "initialize",
      "session/new",
      "session/prompt",
      "answer",
      "END",
    ]);
    assert.deepEqual(leftOf(id), []);
  });

  test("AC-30 what is not permitted and nobody may decide is denied, and shown", async () => {
    const { begin, follow } = await scene(["ask execute", "say done"]);
    const { round, verdict } = await follow(begin());
    assert.deepEqual([verdict.outcome, verdict.reason], ["failed", "denied"]);
    assert.match(verdict.message ?? "", /nobody to ask/);
    assert.deepEqual([round.denials, round.text], [1, "denied done"]);
  });

  for (const words of ["initialize", "session/new", "session/prompt", '"id":"ask-1"']) {
    test(`AC-31 kill -9 of Stint when it has said ${words}: the talk goes on, nothing is said twice`, async () => {
      const acts = ["ask edit made.txt", "ask execute", "say done"];
      const { launching, folder, follow, heard, task, id } = await scene(acts);
      const url = (name: string) => JSON.stringify(import.meta.resolve(name));
      const program = `
        import { start } from ${url("./supervisor/supervise.ts")};
        import { machineProcesses as processes } from ${url("./supervisor/machine.ts")};
        import { systemClock as clock } from ${url("#domain/clock.ts")};
        import { followRound } from ${url("./follow-round.ts")};
        import { acpAdapter } from ${url("./adapters/acp.ts")};
        const supervised = start({ processes, clock }, ${JSON.stringify(launching)});
        const { say } = supervised.speech;
        const speech = { ...supervised.speech, say: (line) => {
          say(line);
          if (line.includes(${JSON.stringify(words)})) process.kill(process.pid, "SIGKILL");
        } };
        const task = ${JSON.stringify(task)};
        const adapter = acpAdapter("", []);
        const talk = { task, dialogue: adapter.start(task).dialogue };
        const all = { speech, output: (from) => supervised.output(from), ended: supervised.ended, end: supervised.end };
        await followRound({ supervised: all, folder: ${JSON.stringify(folder)}, adapter, clock, talk });`;
      const stint = spawn(process.execPath, ["--input-type=module", "-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await Promise.all([text(stint.stdout), once(stint, "exit")]);
      assert.ok(leftOf(id).length > 0);
      const supervised = adopt(watching, folder);
      assert.ok(supervised !== undefined);
      const { round, verdict, exit } = await follow(supervised);
      assert.deepEqual([round.text, round.denials, exit.code], ["denied done", 1, 0]);
      assert.equal(verdict.reason, "denied");
      assert.deepEqual(methodsOf(await heard()), [
        "initialize",
        "session/new",
        "session/prompt",
        "answer",
        "answer",
        "END",
      ]);
      const again = adopt(watching, folder);
      assert.ok(again !== undefined);
      assert.deepEqual((await follow(again)).round, round);
    });
  }

  test("AC-32 a cancel is said first; who hears it ends by itself and tells how", async () => {
    const { begin, follow, heard } = await scene(["say ready", "stay"]);
    const supervised = begin();
    const ended = follow(supervised);
    await says(supervised, "ready");
    await supervised.end("canceled");
    const { verdict, exit, round } = await ended;
    assert.deepEqual(
      [verdict.outcome, exit.code, round.end?.claim],
      ["canceled", 0, "interrupted"],
    );
    assert.deepEqual(methodsOf(await heard()).slice(-2), ["session/cancel", "END"]);
  });

  test("AC-32 who does not hear a cancel is ended by signals", async () => {
    const { begin, follow, heard, id } = await scene(["deaf"]);
    const { clock, goOn } = setForward();
    const supervised = begin(clock);
    const ended = follow(supervised);
    await says(supervised, "deaf");
    const over = supervised.end("canceled");
    while (methodsOf(await heard()).at(-1) !== "session/cancel") await pause(5);
    goOn(5000);
    await over;
    const { verdict, exit } = await ended;
    assert.deepEqual([verdict.outcome, exit.told, leftOf(id)], ["canceled", "canceled", []]);
    assert.deepEqual([exit.code, methodsOf(await heard()).at(-1)], [0, "session/cancel"]);
  });

  test("AC-33 people are asked what is not permitted, once; their answer is said, and counts again when all is heard again", async () => {
    const { begin, follow, folder, heard } = await scene(["ask execute", "ask fetch", "say done"]);
    const asked: string[] = [];
    const decide = ({ tool }: Asked) => {
      asked.push(tool);
      return asked.length === 1 ? "allow" : "deny";
    };
    const first = begin();
    const { round, verdict } = await follow(first, askingOf(first, decide));
    assert.deepEqual(
      [round.text, round.denials, verdict.outcome, asked.length],
      ["denied done", 1, "succeeded", 2],
    );
    const said = await heard();
    const again = adopt(watching, folder);
    assert.ok(again !== undefined);
    const asking = askingOf(again, decide);
    const second = await follow(again, asking);
    assert.deepEqual([second.round, asked.length, await heard()], [round, 2, said]);
    assert.deepEqual(
      asking.answered().map(({ tool, decision, by }) => [tool, decision, by]),
      [
        ["execute", "allow", "somebody"],
        ["fetch", "deny", "somebody"],
      ],
    );
  });

  test("AC-51 a question stays open until one answer comes, or its agent ends; a second answer finds none", async () => {
    const { begin, follow } = await scene(["ask execute", "ask fetch", "say done"]);
    const run = begin();
    const { questions } = run;
    assert.ok(questions !== undefined);
    const opened = Promise.withResolvers<void>();
    const asking = openAsking(questions, systemClock, () => {
      if (asking.answered().length === 1 && asking.open().length === 1) opened.resolve();
      else if (asking.open().length === 1) asking.answer("ask-1", ALLOW);
    });
    const ended = follow(run, asking);
    await opened.promise;
    assert.equal(asking.answer("ask-1", ALLOW), undefined);
    assert.deepEqual(
      asking.open().map(({ words }) => words),
      ["fetch: fetch something"],
    );
    await run.end("canceled");
    assert.deepEqual([(await ended).verdict.outcome, asking.open()], ["canceled", []]);
    assert.equal(asking.answer("ask-2", ALLOW), undefined);
  });

  for (const words of ["open", "answered"]) {
    test(`AC-52 kill -9 of Stint when it has put on record that a question is ${words}: it is as it was, and said once`, async () => {
      const { launching, folder, follow, heard, task } = await scene(["ask execute", "say done"]);
      const url = (name: string) => JSON.stringify(import.meta.resolve(name));
      const program = `
        import { start } from ${url("./supervisor/supervise.ts")};
        import { machineProcesses as processes } from ${url("./supervisor/machine.ts")};
        import { systemClock as clock } from ${url("#domain/clock.ts")};
        import { followRound } from ${url("./follow-round.ts")};
        import { acpAdapter } from ${url("./adapters/acp.ts")};
        import { openAsking } from ${url("./asking.ts")};
        const supervised = start({ processes, clock }, ${JSON.stringify(launching)});
        const { questions } = supervised;
        const write = (line) => {
          questions.write(line);
          if (line.is === ${JSON.stringify(words)}) process.kill(process.pid, "SIGKILL");
        };
        const answer = ${JSON.stringify(ALLOW)};
        const asking = openAsking({ ...questions, write }, clock, () => {
          for (const { asked } of asking.open()) asking.answer(asked.request, answer);
        });
        const task = ${JSON.stringify(task)};
        const adapter = acpAdapter("", []);
        const talk = { task, dialogue: adapter.start(task).dialogue, asking };
        await followRound({ supervised, folder: ${JSON.stringify(folder)}, adapter, clock, talk });`;
      const stint = spawn(process.execPath, ["--input-type=module", "-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await Promise.all([text(stint.stdout), once(stint, "exit")]);
      const supervised = adopt(watching, folder);
      assert.ok(supervised !== undefined);
      const since = supervised.questions?.since("ask-1");
      const open: (number | undefined)[] = [];
      const asking = openAsking(supervised.questions as QuestionRecord, systemClock, () => {
        for (const question of asking.open()) {
          open.push(question.since);
          asking.answer(question.asked.request, ALLOW);
        }
      });
      const { round } = await follow(supervised, asking);
      assert.deepEqual([round.text, open], ["allowed done", words === "open" ? [since] : []]);
      const answers = (await heard()).filter((line) => line.includes('"outcome"'));
      assert.equal(answers.length, 1);
    });
  }

  test("AC-34 a task permits what lies in its folder, once, and nothing that leads out of it", async () => {
    const folder = join(scratch, "permitted");
    await mkdir(join(folder, "sub"), { recursive: true });
    await symlink(tmpdir(), join(folder, "out"));
    await symlink(join(tmpdir(), "not-there-yet"), join(folder, "dangling"));
    await symlink("sub", join(folder, "in"));
    const about = (
      needs: AgentTask["permission"],
      places: readonly string[],
      kind = "allow_once",
    ): Asked => {
      const options = [{ id: "1", kind }];
      const [title, input] = [null, null];
      const named = { request: 1, toolId: null, tool: "t", title };
      return { type: "asked", ...named, input, needs, places, options };
    };
    const may = (permission: AgentTask["permission"], ...asked: Parameters<typeof about>) =>
      isPermitted({ permission, folder }, about(...asked));
    for (const place of ["a.txt", "sub/b", `${folder}/sub/new/deep.txt`, "in/c", "..almost"]) {
      assert.ok(may("edit", "edit", [place]), place);
      assert.ok(may("read", "read", [place]) && !may("read", "edit", [place]), place);
    }
    for (const place of ["/etc/passwd", "../x", "out/x", "dangling", "in/../../x", folder]) {
      assert.ok(!may("edit", "edit", ["a.txt", place]), place);
      assert.ok(may("all", "all", [place]), place);
    }
    assert.ok(may("read", "read", [folder]));
    assert.ok(!may("edit", "all", ["a.txt"]) && !may("edit", "edit", ["a.txt"], "allow_always"));
    assert.ok(may("all", "edit", ["a.txt"], "allow_always"));
  });
});
