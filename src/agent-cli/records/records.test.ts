import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import fc from "fast-check";

import { NOT_SAID } from "../tokens.ts";
import { recordFile } from "./folder.ts";
import type { Launcher } from "./launcher.ts";
import { withLock } from "./lock.ts";
import { readAgentRecord, type AgentProcess, type AgentRecord } from "./record.ts";
import { openRecords } from "./records.ts";

async function setup() {
  const project = await mkdtemp(join(tmpdir(), "stint-record-"));
  const living = new Set<number>();
  /** A program with this process number; agents are numbers, too. */
  const program = (pid: number) => {
    living.add(pid);
    const launcher: Launcher = {
      launch: async () => {
        living.add(100);
        return { process: { pid: 100, startTime: "t" } };
      },
      isAlive: (one: AgentProcess) => living.has(one.pid),
      self: () => ({ pid, startTime: "t" }),
    };
    return openRecords({ project, launcher });
  };
  return {
    project,
    living,
    program,
    [Symbol.asyncDispose]: () => rm(project, { recursive: true, force: true }),
  };
}

const ORDER = { specId: "login", phase: "impl", command: "agent", args: ["-p", "Do it"] };

test("RE-3 no name leads out of the project's folder", () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.constantFrom("..", "../x", "a/../../b", ".hidden", "a\0b", "a\\b", ""),
      ),
      (name) => {
        let path;
        try {
          path = recordFile("/project", "login", name);
        } catch (error) {
          assert.equal((error as { code?: unknown }).code, "invalid");
          return;
        }
        assert.equal(path, `/project/.stint/agents/login/${name}.json`);
        assert.ok(!/[/\\\0]/.test(name) && !name.startsWith("."));
      },
    ),
  ));

test("RE-4 what another program wrote into a record survives an update", async () => {
  await using world = await setup();
  const { recordService } = world.program(1);
  const record = {
    agentId: "one",
    specId: "login",
    phase: "impl",
    status: "running" as const,
    theirs: { deep: [1] },
    executions: [{ startedAt: "2026-01-05T09:00:00.000Z", prompt: "Do it", theirs: true }],
  };
  await recordService.writeRecord(record);
  const updated = await recordService.updateRecord("login", "one", { status: "completed" });
  assert.deepEqual(updated, { ...record, status: "completed" });
  assert.deepEqual(await recordService.readRecord("login", "one"), updated);
  await assert.rejects(recordService.updateRecord("login", "two", {}), { code: "not_found" });
});

test("RE-4 what cannot be read of a record is not lost by an update", async () => {
  await using world = await setup();
  const { recordService } = world.program(1);
  const base = { agentId: "one", specId: "login", phase: "impl", status: "running" as const };
  await recordService.writeRecord(base);
  const file = recordFile(world.project, "login", "one");
  const executions = [{ prompt: "no start" }];
  await writeFile(file, JSON.stringify({ ...base, executions }));
  await recordService.updateRecord("login", "one", { status: "completed" });
  const kept = JSON.parse(await readFile(file, "utf8"));
  assert.deepEqual(kept, { ...base, executions, status: "completed" });
});

test("RE-5 of several programs one watches over an agent whose launcher is gone", async () => {
  await using world = await setup();
  const first = world.program(1).specManagerService;
  const { agentId } = await first.startAgent(ORDER);
  const [second, third] = [2, 3].map((pid) => world.program(pid).specManagerService);
  assert.deepEqual(await second?.recoverAgents(), { found: [], ended: [], interrupted: [] });
  world.living.delete(1);
  const recovered = await Promise.all([second?.recoverAgents(), third?.recoverAgents()]);
  const found = recovered.flatMap((each) => each?.found ?? []);
  assert.deepEqual(
    found.map((info) => [info.agentId, info.pid]),
    [[agentId, 100]],
  );
});

test("RE-5 an agent that is just being started by a living program is left to it", async () => {
  await using world = await setup();
  const { recordService } = world.program(1);
  const launcher = { pid: 1, startTime: "t" };
  const base = { specId: "login", phase: "impl", status: "running" as const, process: null };
  await recordService.writeRecord({ ...base, agentId: "starting", launcher });
  const manager = world.program(2).specManagerService;
  assert.deepEqual(await manager.recoverAgents(), { found: [], ended: [], interrupted: [] });
  await assert.rejects(
    manager.resumeAgent({ agentId: "starting", prompt: "x", command: "agent", args: [] }),
    { code: "conflict" },
  );
  world.living.delete(1);
  assert.equal((await manager.recoverAgents()).interrupted.length, 1);
});

test("a lock is given on when the work under it fails", async () => {
  await using world = await setup();
  await assert.rejects(
    withLock(world.project, () => Promise.reject(new Error("no"))),
    /no/,
  );
  assert.equal(await withLock(world.project, async () => 1), 1);
});

test("whatever a file holds, reading it is no error", () =>
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      readAgentRecord(text);
    }),
  ));

test("a record keeps what is known of its tokens", async () => {
  await using world = await setup();
  const { recordService, specManagerService } = world.program(1);
  const { agentId } = await specManagerService.startAgent(ORDER);
  const spent = { tokens: { ...NOT_SAID, input: 5 }, nano: 7n };
  await specManagerService.handleAgentExit(agentId, { code: 0, spent });
  const record: AgentRecord | null = await recordService.findRecord(agentId);
  const tokens = { input: 5, cacheRead: null, cacheWrite: null, output: null };
  const startedAt = record?.executions?.[0]?.startedAt;
  assert.deepEqual(record?.spent, [{ startedAt, tokens, nano: "7", costSource: null }]);
  const file = recordFile(world.project, "login", "other");
  await writeFile(file, await readFile(recordFile(world.project, "login", agentId), "utf8"));
  assert.equal((await recordService.listRecords()).length, 2);
});
