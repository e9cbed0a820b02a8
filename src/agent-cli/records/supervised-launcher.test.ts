import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import type { Adapter } from "../adapter.ts";
import { claude } from "../adapters/claude.ts";
import { codex } from "../adapters/codex.ts";
import { machineProcesses } from "../supervisor/machine.ts";
import { readMetricLines } from "./metric-lines.ts";
import { isStillAlive } from "./processes.ts";
import type { AgentProcess } from "./record.ts";
import { openRecords, type AgentRecord } from "./records.ts";
import { supervisedLauncher } from "./supervised-launcher.ts";

const RECORDS = new URL("records.ts", import.meta.url).href;
const LAUNCHER = new URL("supervised-launcher.ts", import.meta.url).href;
const RECORDING = join(
  import.meta.dirname,
  "../../../test/fixtures/agent-cli/claude-code-2.1.329-text.jsonl",
);

const TURNS = RECORDING.replace(/claude-code.*$/, "codex-0.169.0-resume-turn?.jsonl");

/** Says what Claude Code was recorded to say, once the file is there; nobody makes it whose folder is gone. */
const SCRIPT = `
  const { existsSync, readFileSync } = require("node:fs");
  const { dirname } = require("node:path");
  const wait = setInterval(() => {
    if (!existsSync(dirname(process.argv[2]))) process.exit(1);
    if (!existsSync(process.argv[2])) return;
    clearInterval(wait);
    process.stdout.write(readFileSync(process.argv[1]));
  }, 10);`;

type World = Awaited<ReturnType<typeof setup>>;

async function setup() {
  const project = await mkdtemp(join(tmpdir(), "stint-launched-"));
  const go = join(project, "go");
  const args = ["-e", SCRIPT, RECORDING, go];
  const order = { specId: "login", phase: "impl", command: process.execPath, args, prompt: "Hi" };
  const open = (adapter: Adapter = claude) =>
    openRecords({ project, launcher: supervisedLauncher({ adapterOf: () => adapter }) });
  return {
    project,
    go,
    order,
    open,
    /** Its record once that and its metrics say that it has ended. */
    ended: async (agentId: string): Promise<AgentRecord> => {
      for (;;) {
        const record = await open().recordService.readRecord("login", agentId);
        const lines = await readMetricLines(project, "login");
        const isOver = record?.status !== "running" && lines.length === record?.executions?.length;
        if (record !== null && isOver) return record;
        await pause(5);
      }
    },
    [Symbol.asyncDispose]: () => rm(project, { recursive: true, force: true }),
  };
}

test("RE-7 an agent that was launched under supervision has its end, tokens and cost recorded by itself, round by round", async () => {
  await using world = await setup();
  const { specManagerService } = world.open();
  const { agentId } = await specManagerService.startAgent(world.order);
  await writeFile(world.go, "");
  const first = await world.ended(agentId);
  assert.equal(first.status, "completed");
  const { command, args } = world.order;
  await specManagerService.resumeAgent({ agentId, prompt: "Again", command, args });
  const record = await world.ended(agentId);
  assert.deepEqual(
    record.executions?.map(({ prompt, endedAt }) => [prompt, endedAt !== undefined]),
    [
      ["Hi", true],
      ["Again", true],
    ],
  );
  assert.deepEqual(
    record.spent?.map(({ nano, costSource, tokens }) => [nano, costSource, tokens.input]),
    [
      ["2040000", "reported", 300],
      ["2040000", "reported", 300],
    ],
  );
});

test("RE-8 running totals of a session are counted once over its executions, also by another program", async () => {
  await using world = await setup();
  await writeFile(world.go, "");
  const args = (turn: number) => ["-e", SCRIPT, TURNS.replace("?", String(turn)), world.go];
  const order = { ...world.order, args: args(1) };
  const { agentId } = await world.open(codex).specManagerService.startAgent(order);
  await world.ended(agentId);
  const { command } = order;
  const { specManagerService } = world.open(codex);
  await specManagerService.resumeAgent({ agentId, prompt: "Again", command, args: args(2) });
  const record = await world.ended(agentId);
  assert.deepEqual(
    record.spent?.map(({ costSource, tokens }) => [costSource, tokens.input, tokens.output]),
    [
      ["unknown", 400, 35],
      ["unknown", 400, 35],
    ],
  );
});

/** Starts an agent in a program that is killed as soon as it has, or in the moment of its start. */
async function startedByOneThatIsKilled(
  { project, order }: Pick<World, "project" | "order">,
  when: "after" | "in" = "after",
): Promise<string> {
  const program = `
    const { openRecords } = await import(${JSON.stringify(RECORDS)});
    const { supervisedLauncher } = await import(${JSON.stringify(LAUNCHER)});
    const say = (id) => process.stdout.write(id, () => process.kill(process.pid, "SIGKILL"));
    const supervised = supervisedLauncher({ adapterOf: () => null });
    const launch = async (order) => {
      const launched = await supervised.launch(order);
      if (${when === "after"}) return launched;
      say(order.agentId);
      return await new Promise(() => {});
    };
    const { specManagerService } = openRecords({
      project: ${JSON.stringify(project)},
      launcher: { ...supervised, launch },
    });
    say((await specManagerService.startAgent(${JSON.stringify(order)})).agentId);`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [agentId] = await Promise.all([text(other.stdout), once(other, "exit")]);
  return agentId;
}

test("RE-7 an agent that outlives a program which was killed is found by the next one, with its end and its cost", async () => {
  await using world = await setup();
  const agentId = await startedByOneThatIsKilled(world);
  const { found } = await world.open().specManagerService.recoverAgents();
  assert.deepEqual(
    found.map((info) => info.agentId),
    [agentId],
  );
  await writeFile(world.go, "");
  const { status, spent, executions } = await world.ended(agentId);
  assert.deepEqual([status, spent?.[0]?.nano], ["completed", "2040000"]);
  const [line] = await readMetricLines(world.project, "login");
  assert.ok(line?.type === "ai");
  assert.equal(line.end, executions?.[0]?.endedAt);
});

test("RE-40 an agent that ended by itself while no program looked has its end, AI time, tokens and cost recorded as of then", async () => {
  await using world = await setup();
  const agentId = await startedByOneThatIsKilled(world);
  const agent = await processOf(world, agentId);
  await writeFile(world.go, "");
  const status = join(world.project, ".stint/runs", agentId, "1/status");
  while (!existsSync(status)) await pause(5);
  await gone(agent);
  await utimes(status, LATER, LATER);
  const { found, ended, interrupted } = await world.open().specManagerService.recoverAgents();
  assert.deepEqual([found, ended.map((info) => info.agentId), interrupted], [[], [agentId], []]);
  const record = await world.ended(agentId);
  const [execution] = record.executions ?? [];
  assert.deepEqual(
    [record.status, execution?.endedAt, record.spent?.map(({ nano }) => nano)],
    ["completed", LATER.toISOString(), ["2040000"]],
  );
  const [line, ...more] = await readMetricLines(world.project, "login");
  assert.ok(line?.type === "ai" && more.length === 0);
  assert.equal(line.ms, LATER.getTime() - Date.parse(execution?.startedAt ?? ""));
  const again = await world.open().specManagerService.recoverAgents();
  assert.deepEqual(again, { found: [], ended: [], interrupted: [] });
});

test("RE-40 one that was killed with all that could have told is interrupted", async () => {
  await using world = await setup();
  const agentId = await startedByOneThatIsKilled(world);
  const agent = await processOf(world, agentId);
  process.kill(-agent.pid, "SIGKILL");
  await gone(agent);
  const { ended, interrupted } = await world.open().specManagerService.recoverAgents();
  assert.deepEqual([ended, interrupted.map((info) => info.agentId)], [[], [agentId]]);
  const record = await world.open().recordService.readRecord("login", agentId);
  assert.equal(record?.executions?.[0]?.endedAt, undefined);
  assert.deepEqual(await readMetricLines(world.project, "login"), []);
});

test("RE-40 one whose program was killed in the moment of its start is found, with its process", async () => {
  await using world = await setup();
  const agentId = await startedByOneThatIsKilled(world, "in");
  const before = await world.open().recordService.readRecord("login", agentId);
  assert.equal(before?.process, null);
  const { found } = await world.open().specManagerService.recoverAgents();
  assert.deepEqual(
    found.map((info) => [info.agentId, info.pid !== null]),
    [[agentId, true]],
  );
  await writeFile(world.go, "");
  assert.equal((await world.ended(agentId)).status, "completed");
});

/** Whole seconds: what any file system keeps. */
const LATER = new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000);

async function processOf(world: World, agentId: string): Promise<AgentProcess> {
  const record = await world.open().recordService.readRecord("login", agentId);
  return record?.process ?? assert.fail();
}

/** It is nobody's child here: nobody is told when it ends. */
async function gone(agent: AgentProcess): Promise<void> {
  while (isStillAlive(machineProcesses, agent)) await pause(5);
}
