/** Agent records and metrics in files, by real processes. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";

import { metricsService } from "#agent-cli/records/metrics-service.ts";
import { sumPhases } from "#agent-cli/records/phases.ts";
import { openRecords, type AgentRecord, type Launcher } from "#agent-cli/records/records.ts";
import { NOT_SAID } from "#agent-cli/tokens.ts";

import { AGENT, ORDER, setup } from "./recording.ts";

suite("agent records in files", () => {
  test("F-1, F-2 an agent's record begins with its first execution: start and prompt, and no start of its own", async () => {
    await using world = await setup();
    const info = await world.specManagerService.startAgent(ORDER);
    const record = await world.record(info);
    const startedAt = "2026-01-05T09:00:00.000Z";
    assert.deepEqual(record.executions, [{ startedAt, prompt: "Do it" }]);
    assert.equal("startedAt" in record, false);
    assert.deepEqual(info.executions, record.executions);
    assert.equal(record.status, "running");
    assert.equal(info.pid, record.process?.pid);
  });

  test("F-2 the record is on disk before the process is", async () => {
    await using world = await setup();
    const seen: (AgentRecord | null)[] = [];
    const { recordService } = world;
    const records = openRecords({
      project: world.project,
      launcher: {
        ...world.agents.launcher,
        launch: async ({ specId, agentId }) => {
          seen.push(await recordService.readRecord(specId, agentId));
          throw new Error("no such program");
        },
      },
    });
    await assert.rejects(records.specManagerService.startAgent(ORDER), /no such program/);
    assert.equal(seen[0]?.executions?.[0]?.prompt, "Do it");
    const [record] = await recordService.listRecords();
    assert.deepEqual([record?.status, record?.exitReason], ["failed", "no such program"]);
    assert.deepEqual(await world.lines(), []);
  });

  test("F-3 an end sets endedAt and adds one line of metrics; a second call writes nothing", async () => {
    await using world = await setup();
    const info = await world.specManagerService.startAgent(ORDER);
    world.clock.advance(90_500);
    await world.agents.end(info.agentId);
    await world.specManagerService.handleAgentExit(info.agentId, 0);
    const [start, end] = ["2026-01-05T09:00:00.000Z", "2026-01-05T09:01:30.500Z"];
    const record = await world.record(info);
    assert.deepEqual(record.executions, [{ startedAt: start, prompt: "Do it", endedAt: end }]);
    assert.equal(record.status, "completed");
    const line = { type: "ai", spec: "login", phase: "impl", start, end, ms: 90_500 };
    assert.deepEqual(await world.lines(), [line]);
    world.clock.advance(1_000);
    await world.specManagerService.handleAgentExit(info.agentId, 1);
    assert.deepEqual(await world.record(info), record);
    assert.deepEqual(await world.lines(), [line]);
  });

  test("F-3 an end that the launcher hears of is recorded by itself", async () => {
    await using world = await setup();
    const exits = Promise.withResolvers<{ code: number }>();
    const launch: Launcher["launch"] = async (order) => ({
      ...(await world.agents.launcher.launch(order)),
      ended: exits.promise,
    });
    const launcher = { ...world.agents.launcher, launch };
    const records = openRecords({ project: world.project, clock: world.clock, launcher });
    const info = await records.specManagerService.startAgent(ORDER);
    await world.agents.end(info.agentId);
    exits.resolve({ code: 3 });
    while ((await world.lines()).length === 0) await new Promise(setImmediate);
    assert.equal((await world.record(info)).status, "failed");
  });

  test("F-4 without an execution that has a start nothing is recorded, and a warning is logged", async () => {
    await using world = await setup();
    const { recordService, specManagerService } = world;
    const base = { specId: "login", phase: "impl", status: "running" as const };
    await recordService.writeRecord({ ...base, agentId: "none" });
    await recordService.writeRecord({ ...base, agentId: "empty", executions: [] });
    const broken = { ...base, agentId: "broken", executions: [{ prompt: "no start" }] };
    await writeFile(join(world.project, ".stint/agents/login/broken.json"), JSON.stringify(broken));
    for (const agentId of ["none", "empty", "broken"]) {
      await specManagerService.handleAgentExit(agentId, 0);
    }
    assert.deepEqual(await world.lines(), []);
    assert.equal(world.warnings.length, 3);
    assert.match(world.warnings[0] ?? "", /none has no execution with a start/);
  });

  test("F-5 a resumed agent has one more execution, with its own prompt and its own line", async () => {
    await using world = await setup();
    const { specManagerService } = world;
    const { agentId } = await specManagerService.startAgent(ORDER);
    await assert.rejects(specManagerService.resumeAgent({ agentId, prompt: "x", ...AGENT }), {
      code: "conflict",
    });
    world.clock.advance(1_000);
    await world.agents.end(agentId);
    await specManagerService.handleAgentExit(agentId, 0);
    world.clock.advance(1_000);
    const info = await specManagerService.resumeAgent({ agentId, prompt: "Go on", ...AGENT });
    assert.deepEqual(
      info.executions.map(({ prompt, endedAt }) => [prompt, endedAt]),
      [
        ["Do it", "2026-01-05T09:00:01.000Z"],
        ["Go on", undefined],
      ],
    );
    world.clock.advance(2_000);
    await world.agents.end(agentId);
    await specManagerService.handleAgentExit(agentId, 0);
    const [first, second] = (await world.lines()) as { ms: number }[];
    assert.deepEqual([first?.ms, second?.ms], [1_000, 2_000]);
  });

  test("F-6 metrics are read and summed from files alone; people and lifecycles are kept there, too", async () => {
    await using world = await setup();
    const { metricsService: metrics } = world;
    for (const gone of [
      "startAiSession",
      "endAiSession",
      "getActiveAiSession",
      "getAllActiveAiSessions",
      "activeAiSessions",
    ]) {
      assert.equal(gone in metrics, false);
    }
    await metrics.startSpecLifecycle("login");
    await metrics.recordHumanSession({
      specId: "login",
      start: "2026-01-05T09:00:00.000Z",
      end: "2026-01-05T09:00:20.000Z",
      ms: 20_000,
    });
    const info = await world.specManagerService.startAgent({ ...ORDER, phase: "design" });
    world.clock.advance(5_000);
    await world.agents.end(info.agentId);
    await world.specManagerService.handleAgentExit(info.agentId, 0);
    world.clock.advance(55_000);
    // A lifecycle that began before a restart is completed after it.
    await world.restart().metricsService.completeSpecLifecycle("login");
    await metrics.completeSpecLifecycle("login");
    assert.equal(world.warnings.length, 1);
    const pending = { aiTimeMs: 0, humanTimeMs: 0, status: "pending" };
    assert.deepEqual(await metrics.getMetricsForSpec("login"), {
      specId: "login",
      totalAiTimeMs: 5_000,
      totalHumanTimeMs: 20_000,
      totalElapsedMs: 60_000,
      phaseMetrics: {
        requirements: pending,
        design: { aiTimeMs: 5_000, humanTimeMs: 0, status: "completed" },
        tasks: pending,
        impl: pending,
      },
      status: "completed",
    });
    await metrics.startSpecLifecycle("search");
    assert.deepEqual(await metrics.getProjectMetrics(), {
      totalAiTimeMs: 5_000,
      totalHumanTimeMs: 20_000,
      completedSpecCount: 1,
      inProgressSpecCount: 1,
    });
    metrics.setProjectPath(join(world.project, "elsewhere"));
    assert.equal((await metrics.getProjectMetrics()).totalAiTimeMs, 0);
  });

  test("F-8 an agent that outlives its program is found again, and its end is recorded", async () => {
    await using world = await setup();
    const info = await world.specManagerService.startAgent(ORDER);
    const later = world.restart().specManagerService;
    const { found, interrupted } = await later.recoverAgents();
    assert.deepEqual([found.map(({ agentId }) => agentId), interrupted], [[info.agentId], []]);
    world.clock.advance(3_000);
    await world.agents.end(info.agentId);
    await later.handleAgentExit(info.agentId, { code: null, status: "completed" });
    assert.equal(((await world.lines()) as { ms: number }[])[0]?.ms, 3_000);
  });

  test("F-8 one that died meanwhile is interrupted, without an end and without a line", async () => {
    await using world = await setup();
    const info = await world.specManagerService.startAgent(ORDER);
    await world.agents.end(info.agentId, "SIGKILL");
    const { found, interrupted } = await world.restart().specManagerService.recoverAgents();
    assert.deepEqual(
      [found.length, interrupted.map(({ agentId }) => agentId)],
      [0, [info.agentId]],
    );
    const record = await world.record(info);
    assert.equal(record.status, "interrupted");
    assert.deepEqual(record.executions, info.executions);
    assert.deepEqual(await world.lines(), []);
  });

  test("F-8 an agent stays in the account of its project when the program goes to another one", async () => {
    await using world = await setup();
    const info = await world.specManagerService.startAgent(ORDER);
    world.setProjectPath(join(world.project, "other"));
    world.clock.advance(2_000);
    await world.agents.end(info.agentId);
    await world.specManagerService.handleAgentExit(info.agentId, 0);
    assert.equal((await world.lines()).length, 1);
    assert.deepEqual(await world.recordService.listRecords(), []);
  });

  test("F-9 records of before there were executions are passed over without an error", async () => {
    await using world = await setup();
    const old = {
      agentId: "old",
      specId: "login",
      phase: "impl",
      status: "completed" as const,
      startedAt: "2025-01-01T00:00:00Z",
    };
    await world.recordService.writeRecord(old);
    await writeFile(join(world.project, ".stint/agents/login/broken.json"), "{half");
    await writeFile(join(world.project, ".stint/agents/login/notes.txt"), "mine");
    const records = await world.recordService.listRecords("login");
    assert.deepEqual(
      records.map(({ agentId }) => agentId),
      ["old"],
    );
    const { found, interrupted } = await world.specManagerService.recoverAgents();
    assert.deepEqual([found, interrupted], [[], []]);
    assert.deepEqual(await world.lines(), []);
    const [phase] = await sumPhases(world.project, "login");
    assert.deepEqual([phase?.aiTimeMs, phase?.executions], [0, 0]);
  });

  test("F-11 lines keep their form, and those that cannot be read are passed over", async () => {
    await using world = await setup();
    const info = await world.specManagerService.startAgent(ORDER);
    await world.agents.end(info.agentId);
    await world.specManagerService.handleAgentExit(info.agentId, 0);
    const file = join(world.project, ".stint/specs/login/metrics.jsonl");
    const text = await readFile(file, "utf8");
    const other =
      '{"type":"human","spec":"login","start":"2026-01-05T08:00:00Z","end":"2026-01-05T08:00:01Z","ms":1000}';
    // Half a line that a crash left: the next one is not spoiled by it.
    await writeFile(file, `${text}{"type":"new","spec":"login"}\n${other}\n{"type":"ai","sp`);
    await world.metricsService.startSpecLifecycle("login");
    const kept = (await readFile(file, "utf8")).split("\n");
    assert.deepEqual(kept.slice(0, 1), [text.trim()]);
    assert.deepEqual(JSON.parse(kept.at(-2) ?? ""), {
      type: "lifecycle",
      spec: "login",
      event: "start",
      timestamp: "2026-01-05T09:00:00.000Z",
    });
    const { totalHumanTimeMs } = await metricsService({ project: world.project }).getMetricsForSpec(
      "login",
    );
    assert.equal(totalHumanTimeMs, 1_000);
  });

  test("RE-1 a metrics line that a crash kept from being written is written when the project is opened", async () => {
    await using world = await setup();
    const info = await world.specManagerService.startAgent(ORDER);
    await world.agents.end(info.agentId);
    await world.specManagerService.handleAgentExit(info.agentId, 0);
    const lines = await world.lines();
    await writeFile(join(world.project, ".stint/specs/login/metrics.jsonl"), "");
    await world.restart().specManagerService.recoverAgents();
    await world.restart().specManagerService.recoverAgents();
    assert.deepEqual(await world.lines(), lines);
  });

  test("RE-2 what an execution used stands in its record, and is summed by phase; what is not known is no 0", async () => {
    await using world = await setup();
    const tokens = { ...NOT_SAID, input: 300, cacheRead: 800, output: 35 };
    for (const spent of [
      { tokens, nano: 2_040_000n },
      { tokens, nano: null },
    ]) {
      const { agentId } = await world.specManagerService.startAgent(ORDER);
      await world.agents.end(agentId);
      await world.specManagerService.handleAgentExit(agentId, { code: 0, spent });
    }
    const [phase] = await sumPhases(world.project, "login");
    assert.deepEqual(phase, {
      phase: "impl",
      aiTimeMs: 0,
      executions: 2,
      tokens: { ...NOT_SAID, input: 600, cacheRead: 1_600, output: 70 },
      nano: 2_040_000n,
      unknownCosts: 1,
    });
  });
});
