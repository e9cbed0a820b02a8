/** Invocations whose Stint is killed, stopped, or killed together with them; as processes of their own. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { machineProcesses } from "#agent-cli/supervisor/machine.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { fakeAgents } from "./fake-agents.ts";
import { command, goOn, invoke, isAnswer, untilAsked } from "./invoking.ts";
import { isOver, live, lookAgain, sumsAreRight, until } from "./lives.ts";
import { freshFolder } from "./processes.ts";
import type { Answer } from "./server.ts";

type Body = Answer["body"];

const says = (words: string) => (one: Body) => one.roundList.at(-1).text === words;

test("IV-14 kill -9 of Stint during a round: the agent goes on, is adopted at the next start, and its end is recorded as if nothing had been", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  const gate = agents.gate();
  await using first = await live(data.path);
  const id = await invoke(first, agents, "say one");
  const before = await until(first, id, isOver);
  await goOn(first, id, gate.prompt);
  const running = await until(first, id, says("Waiting."));
  const { pid } = running.process;
  await first.kill();
  process.kill(pid, 0); // it is there
  await using second = await live(data.path);
  const adopted = await until(second, id, says("Waiting."));
  assert.deepEqual([adopted.status, adopted.process.pid], ["running", pid]);
  assert.equal(adopted.roundList[1].startedAt, running.roundList[1].startedAt);
  gate.open();
  const over = await until(second, id, isOver);
  const [, round] = over.roundList;
  assert.deepEqual(
    [over.outcome, round.text, round.cost, round.exitCode, over.cost, over.costUnknown],
    ["succeeded", "It came.", "0.00204", 0, "0.00408", 0],
  );
  assert.equal(over.startedAt, before.startedAt);
  assert.equal(agents.heard().length, 2, "nothing was started twice");
  await second.stop();
  await sumsAreRight(data.path);
});

test("IV-15 one that ended while Stint was down is recorded with the time of its end; one that died with it is interrupted", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  const [gate, other] = [agents.gate(), agents.gate()];
  await using first = await live(data.path);
  const ends = await command(first, agents, `${gate.script}; exit 3`);
  const dies = await invoke(first, agents, other.prompt);
  await until(first, ends, ({ status }) => status === "running");
  const { process: now } = await until(first, dies, says("Waiting."));
  await first.kill();
  process.kill(-now.pid, "SIGKILL");
  gate.open();
  const status = join(data.path, "invocations", ends, "1", "status");
  while (!existsSync(status)) await lookAgain();
  const endedAt = Math.round(statSync(status).mtimeMs);
  await using second = await live(data.path);
  const ended = await until(second, ends, isOver);
  assert.deepEqual([ended.outcome, ended.roundList[0].exitCode], ["failed", 3]);
  assert.equal(Date.parse(ended.completedAt), endedAt, "when it ended, and not when it was seen");
  const execution = (await second.ask("GET", `executions/${ends}`)).body;
  assert.equal(execution.completedAt, ended.completedAt);
  const died = await until(second, dies, isOver);
  assert.deepEqual(
    [died.outcome, died.error.code, died.roundList[0].text, died.costUnknown],
    ["interrupted", "interrupted", "Waiting.", 1],
  );
  await goOn(second, dies, "say again");
  assert.equal((await until(second, dies, isOver)).outcome, "failed", "its session was never kept");
  await second.stop();
  await sumsAreRight(data.path);
});

test("IV-16 a stop of Stint leaves agents alone, also one that waits for its turn; both go on with the next start", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  const gate = agents.gate();
  await using first = await live(data.path);
  const works = await invoke(first, agents, gate.prompt);
  await until(first, works, says("Waiting."));
  const waits = await invoke(first, agents, "say second");
  await until(first, waits, (one) => one.process !== null);
  const stopping = Date.now();
  await first.stop();
  assert.ok(Date.now() - stopping < 4000, "nobody waits for what goes on anyway");
  gate.open();
  await using second = await live(data.path);
  const [one, other] = [await until(second, works, isOver), await until(second, waits, isOver)];
  assert.deepEqual([one.outcome, other.outcome], ["succeeded", "succeeded"]);
  assert.deepEqual([one.roundList[0].text, other.roundList[0].text], ["It came.", "second"]);
  assert.equal(agents.heard().length, 2);
});

test("IV-17 a cancel that comes while nobody watches an agent ends it all the same, and what it had used is recorded", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  const gate = agents.gate();
  await using first = await live(data.path);
  const id = await invoke(first, agents, gate.prompt);
  const { process: now } = await until(first, id, says("Waiting."));
  await first.kill();
  const ledger = await openSqliteLedger(join(data.path, "stint.db"));
  const said = { op: "signal", id, lane: 0, kind: "cancel", at: Date.now() } as const;
  await ledger.append({ ...said, body: JSON.stringify({ by: "system" }) });
  await ledger.close();
  await using second = await live(data.path);
  const over = await until(second, id, isOver);
  assert.deepEqual(
    [over.outcome, over.roundList[0].outcome, over.roundList[0].cost],
    ["canceled", "canceled", "0.00204"],
  );
  const left = machineProcesses.look().find(({ pid, isZombie }) => pid === now.pid && !isZombie);
  assert.equal(left, undefined, "its process is gone");
  await second.stop();
  await sumsAreRight(data.path);
});

test("AC-35 an agent of the Agent Client Protocol is run as any other; kill -9 of Stint in the middle of its talk loses and doubles nothing", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  const gate = agents.gate();
  const { cli, log } = agents.acp();
  const prompt = ["say ready", `await ${gate.path}`, "ask edit made.txt", "say done"].join("\n");
  await using first = await live(data.path);
  const id = await invoke(first, agents, prompt, { cli });
  await until(first, id, says("ready"));
  await first.kill();
  await using second = await live(data.path);
  gate.open();
  const over = await until(second, id, isOver);
  const [round] = over.roundList;
  assert.deepEqual(
    [over.outcome, round.text, round.denials, round.exitCode, over.session, round.tokens.input],
    ["succeeded", "allowed done", 0, 0, "s1", 300],
  );
  const heard = readFileSync(log, "utf8").trim().split("\n");
  const methods = heard.map((line) => (line === "END" ? line : JSON.parse(line).method));
  assert.deepEqual(methods, [
    "initialize",
    "session/new",
    "session/prompt",
    undefined, // the permission
    "END",
  ]);
  await second.stop();
});

/** Watched at least once by then. */
const wasSeenAt =
  (time: number) =>
  ({ series }: Body): boolean =>
    Date.parse(series.at(-1).at) >= time;

test("IV-45 kill -9 of Stint while a question is open, and once more as soon as it is answered: it is open again, one answer arrives, and stays on record", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  await using first = await live(data.path);
  const prompt = "ask npm test\nask rm -rf build\nsay Done.";
  const idleMs = 1000;
  const id = await invoke(first, agents, prompt, { asks: true, limits: { idleMs } });
  const before = await untilAsked(first, id);
  await until(first, id, wasSeenAt(Date.parse(before.since) + idleMs));
  await first.kill();
  await using second = await live(data.path);
  assert.deepEqual(await untilAsked(second, id), before);
  const path = `invocations/${id}/answers`;
  const body = { round: 1, request: before.request, decision: "allow" };
  const given = await second.ask("POST", path, { body });
  await second.kill();
  assert.equal(given.status, 200);
  await using third = await live(data.path);
  const next = await untilAsked(third, id, "Bash: rm -rf build");
  const late = await third.ask("POST", path, { body });
  assert.deepEqual([late.status, late.body.by], [409, given.body.by]);
  await third.ask("POST", path, { body: { ...body, request: next.request, decision: "deny" } });
  const over = await until(third, id, isOver);
  const [round] = over.roundList;
  assert.deepEqual([over.outcome, round.text, round.denials], ["succeeded", "Done.", 1]);
  assert.deepEqual(round.answers[0], given.body);
  assert.deepEqual(
    agents.heard().map(isAnswer),
    [false, true, true],
    "started once, and each answer heard once",
  );
  await third.stop();
  await sumsAreRight(data.path);
});
