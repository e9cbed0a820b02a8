import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";

import { openRecords, type Launcher } from "#agent-cli/records/records.ts";
import { NOT_SAID } from "#agent-cli/tokens.ts";
import { testClock } from "#domain/test-clock.ts";

import { stint } from "./processes.ts";

const LAUNCHER: Launcher = {
  launch: async () => ({ process: { pid: 1_000_000, startTime: "never" } }),
  isAlive: () => false,
  self: () => ({ pid: process.pid, startTime: "test" }),
};

async function setup() {
  const project = await mkdtemp(join(tmpdir(), "stint-metrics-"));
  const clock = testClock();
  const records = openRecords({ project, clock, launcher: LAUNCHER });
  return {
    project,
    clock,
    ...records,
    [Symbol.asyncDispose]: () => rm(project, { recursive: true, force: true }),
  };
}

suite("stint metrics", () => {
  test("RE-6 AI time, human time, lifecycle, tokens and cost are printed by spec and phase", async () => {
    await using world = await setup();
    const { metricsService, specManagerService } = world;
    await metricsService.startSpecLifecycle("login");
    const order = { specId: "login", phase: "impl", command: "agent", args: ["Do it"] };
    for (const nano of [2_040_000n, null]) {
      const { agentId } = await specManagerService.startAgent(order);
      world.clock.advance(75_000);
      const tokens = { ...NOT_SAID, input: 1_300, output: 35 };
      await specManagerService.handleAgentExit(agentId, { code: 0, spent: { tokens, nano } });
    }
    const [start, end] = ["2026-01-05T09:00:00Z", "2026-01-05T09:00:05Z"];
    await metricsService.recordHumanSession({ specId: "login", start, end, ms: 5_000 });
    await metricsService.completeSpecLifecycle("login");
    await metricsService.startSpecLifecycle("search");

    const { code, out } = await stint(["metrics", "--project", world.project]);
    assert.equal(code, 0);
    assert.equal(
      out,
      [
        "login (completed)",
        "  AI time     2 min 30 s",
        "  human time  5.0 s",
        "  lifecycle   2 min 30 s",
        "  PHASE  AI TIME     RUNS  INPUT  CACHE READ  CACHE WRITE  OUTPUT  COST",
        "  impl   2 min 30 s  2     2,600  –           –            70      $0.00204 (1 not known)",
        "",
        "search (in-progress)",
        "  AI time     0.0 s",
        "  human time  0.0 s",
        "  lifecycle   under way",
        "",
      ].join("\n"),
    );
    const json = await stint(["metrics", "login", "--project", world.project, "--json"]);
    const [spec] = JSON.parse(json.out);
    assert.deepEqual([spec.totalAiTimeMs, spec.phases[0].cost], [150_000, "0.00204"]);
    assert.equal(spec.phases[0].tokens.cacheRead, null);
  });

  test("RE-6 a folder without records says so, and a spec without any is not found", async () => {
    await using world = await setup();
    const { code, out } = await stint(["metrics", "--project", world.project]);
    assert.deepEqual([code, out], [0, "Nothing is recorded here yet.\n"]);
    const unknown = await stint(["metrics", "nope", "--project", world.project]);
    assert.equal(unknown.code, 3);
    assert.match(unknown.err, /Nothing is recorded of nope/);
  });
});
