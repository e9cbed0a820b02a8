import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { testClock } from "#domain/test-clock.ts";

import { openRecords, type AgentExit, type Launcher } from "../records/records.ts";
import { NOT_SAID } from "../tokens.ts";
import { openRecordSessions } from "./past-records.ts";
import type { PastSession } from "./past.ts";

const LAUNCHER: Launcher = {
  launch: async () => ({ process: { pid: 1_000_000, startTime: "never" } }),
  isAlive: () => false,
  self: () => ({ pid: process.pid, startTime: "test" }),
};

async function setup() {
  const project = await mkdtemp(join(tmpdir(), "stint-past-"));
  const clock = testClock();
  const { specManagerService } = openRecords({ project, clock, launcher: LAUNCHER });
  const order = { specId: "login", phase: "impl", command: "claude", args: ["-p", "Do it"] };
  const sessions = openRecordSessions(project);
  return {
    project,
    specManagerService,
    begin: async (): Promise<string> => {
      clock.advance(1_000);
      return (await specManagerService.startAgent(order)).agentId;
    },
    goOn: (agentId: string) =>
      specManagerService.resumeAgent({ agentId, prompt: "On", command: "claude", args: [] }),
    news: async (): Promise<readonly PastSession[]> => {
      const all: PastSession[] = [];
      for await (const session of sessions.news()) all.push(session);
      return all;
    },
    [Symbol.asyncDispose]: () => rm(project, { recursive: true, force: true }),
  };
}

const roundsOf = (sessions: readonly PastSession[]) =>
  sessions.map(({ id, rounds }) => [id.split("#")[1], rounds.length]);

test("RE-44 who follows records hears of those alone of which an execution has ended since", async () => {
  await using world = await setup();
  const [one, two] = [await world.begin(), await world.begin()];
  assert.deepEqual(await world.news(), []);
  await world.specManagerService.handleAgentExit(two, 0);
  await world.specManagerService.handleAgentExit(one, 0);
  assert.deepEqual(roundsOf(await world.news()), [
    [one, 1],
    [two, 1],
  ]);
  assert.deepEqual(await world.news(), []);
  await world.goOn(two);
  assert.deepEqual(await world.news(), []);
  await world.specManagerService.handleAgentExit(two, 1);
  assert.deepEqual(roundsOf(await world.news()), [[two, 2]]);
  assert.deepEqual(await world.news(), []);
});

test("RE-44 of an output of any length its end is read alone, whole lines", async () => {
  await using world = await setup();
  const agentId = await world.begin();
  await world.specManagerService.handleAgentExit(agentId, 0);
  const folder = join(world.project, ".stint/runs", agentId, "1");
  await mkdir(folder, { recursive: true });
  const output = join(folder, "output");
  await writeFile(output, "first\n");
  await truncate(output, 3 * 1024 ** 3); // more than can be read at once; it takes no room on the disk
  const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n} ${"ä".repeat(40)}\n`);
  await appendFile(output, `\n${lines.join("")}half a li`);
  const [session] = await world.news();
  const kept = session?.rounds[0]?.output ?? "";
  assert.ok(lines.join("").endsWith(kept) && kept.startsWith("line "));
  assert.ok(Buffer.byteLength(kept) > 255 * 1024 && Buffer.byteLength(kept) <= 256 * 1024);
});

test("RE-45 a cost comes in with who told it; of older records nobody knows", async () => {
  await using world = await setup();
  const tokens = { ...NOT_SAID, input: 300 };
  const spent: readonly AgentExit["spent"][] = [
    { tokens, nano: 2n, costSource: "reported" },
    { tokens, nano: 2n, costSource: "price_table" },
    { tokens, nano: null, costSource: "unknown" },
    { tokens, nano: 2n },
  ];
  for (const one of spent) {
    const agentId = await world.begin();
    await world.specManagerService.handleAgentExit(agentId, {
      code: 0,
      ...(one && { spent: one }),
    });
  }
  assert.deepEqual(
    (await world.news()).map(({ rounds }) => rounds[0]?.costSource),
    ["reported", "price_table", "unknown", null],
  );
});
