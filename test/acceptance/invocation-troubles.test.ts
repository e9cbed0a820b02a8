/** Invocations whose files cannot be written, or are deleted under them. */
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { leftOf } from "#agent-cli/supervisor/testing.ts";
import { systemClock } from "#domain/clock.ts";

import { fakeAgents } from "./fake-agents.ts";
import { command, ended, invoke, shown, untilAsked, untilSays } from "./invoking.ts";
import { isOver, live, until } from "./lives.ts";
import { freshFolder } from "./processes.ts";
import { type Answer, openStint, type Stint } from "./server.ts";

test("IV-70 one whose files cannot be written is not started, and says what to do", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const folder = join(stint.data, "invocations");
  await rm(folder, { recursive: true, force: true });
  await writeFile(folder, "a file, where a folder is wanted");
  const id = await invoke(stint, agents, "say one");
  const { outcome, error, startedAt, roundList } = await ended(stint, id);
  assert.deepEqual([outcome, error.code, startedAt], ["failed", "not_started", null]);
  assert.match(roundList[0].message, /cannot be kept in .*\(ENOTDIR\)\. See that this folder/);
});

test("IV-71 one whose files were deleted while it ran is watched to its end, and nothing else is lost", async () => {
  await using agents = await fakeAgents();
  const gate = agents.gate();
  await using stint = await openStint();
  const script = `echo ready; ${gate.script}; echo last; exit 3`;
  const id = await command(stint, agents, script);
  await untilSays(stint, id, "ready\n");
  const folder = join(stint.data, "invocations");
  await rm(join(folder, id), { recursive: true });
  await rm(folder, { recursive: true });
  await mkdir(folder);
  gate.open();
  const { outcome, roundList } = await ended(stint, id);
  const [{ exitCode, text }] = roundList;
  assert.deepEqual([outcome, exitCode, text], ["failed", 3, "ready\nlast\n"]);
  assert.equal((await shown(stint, id)).status, "completed");
});

const isReady = ({ roundList }: Answer["body"]): boolean => roundList[0].text.includes("ready");

test("IV-72 one whose files were deleted and whose Stint was killed is interrupted: what still ran of it is ended, and the round names it", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  await using first = await live(data.path);
  const id = await command(first, agents, "echo ready; sleep 600");
  const { process: running } = await until(first, id, isReady);
  await rm(join(data.path, "invocations", id), { recursive: true });
  await first.kill();
  process.kill(running.pid, 0); // it is there
  await using second = await live(data.path);
  const { outcome, roundList } = await until(second, id, isOver);
  assert.equal(outcome, "interrupted");
  assert.match(
    roundList[0].message,
    new RegExp(`still ran of it was ended: .*${running.pid} \\(sh\\)`),
  );
  assert.deepEqual(leftOf(id), []);
});

test("IV-73 a time of its end that is only about stands among the round's warnings", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  await using first = await live(data.path);
  const id = await command(first, agents, "echo ready; sleep 600");
  const { process: running } = await until(first, id, isReady);
  await first.kill();
  process.kill(-running.pid, "SIGKILL");
  const saidAt = Math.round(statSync(join(data.path, "invocations", id, "1", "output")).mtimeMs);
  await using second = await live(data.path);
  const { completedAt, roundList } = await until(second, id, isOver);
  const [{ warnings }] = roundList;
  assert.match(warnings.join("\n"), /^When it ended is not known/);
  const endedAt = Date.parse(completedAt);
  assert.ok(endedAt >= saidAt && endedAt < saidAt + 10_000, `${endedAt - saidAt}`);
});

test("IV-74 a command that a limit stops, and that tidies up and exits 0, has failed by that limit", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const script = "trap 'exit 0' INT TERM; while :; do sleep 0.05; done";
  const id = await command(stint, agents, script, { limits: { totalMs: 1000 } });
  const { outcome, error, roundList } = await ended(stint, id);
  const [{ reason, exitCode }] = roundList;
  assert.deepEqual([outcome, error.code, reason, exitCode], ["failed", "limit", "limit", 0]);
});

const HOUR = 3_600_000;

/** An agent whose files are deleted while it asks, and that is told to end by then. */
async function endedWhileItAsks(limits: object, tell: (stint: Stint, id: string) => Promise<void>) {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "ask npm test\nsay Done.", { asks: true, limits });
  await untilAsked(stint, id);
  assert.ok(leftOf(id).length > 0);
  await rm(join(stint.data, "invocations", id), { recursive: true });
  await tell(stint, id);
  const { questions, roundList } = await ended(stint, id);
  assert.deepEqual([leftOf(id), questions], [[], []]);
  return roundList[0];
}

test("IV-105 an agent whose files were deleted while it asks, and that is canceled, is ended, and none of it is left", async () => {
  const { outcome, message } = await endedWhileItAsks({}, async (stint, id) => {
    const { status } = await stint.ask("POST", `executions/${id}/cancel`, { body: {} });
    assert.equal(status, 202);
  });
  assert.equal(outcome, "canceled", message);
});

test("IV-106 an agent whose files were deleted while it asks, and that takes more than it may, is ended, has failed by that limit, and none of it is left", async (t) => {
  const { outcome, reason, message } = await endedWhileItAsks({ totalMs: HOUR }, async () => {
    const later = (): number => performance.timeOrigin + performance.now() + HOUR;
    t.mock.method(Date, "now", later);
    t.mock.method(systemClock, "now", later);
  });
  assert.deepEqual([outcome, reason], ["failed", "limit"], message);
});
