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

  test("RE-43 a lifecycle that nobody began is not said to be under way", async () => {
    await using world = await setup();
    const [start, end] = ["2026-01-05T09:00:00Z", "2026-01-05T09:00:05Z"];
    await world.metricsService.recordHumanSession({ specId: "login", start, end, ms: 5_000 });
    const lifecycle = async (): Promise<string> => {
      const { out } = await stint(["metrics", "login", "--project", world.project]);
      return /lifecycle +(.*)/.exec(out)?.[1] ?? out;
    };
    assert.equal(await lifecycle(), "not begun");
    await world.metricsService.startSpecLifecycle("login");
    assert.equal(await lifecycle(), "under way");
    world.clock.advance(3_000);
    await world.metricsService.completeSpecLifecycle("login");
    assert.equal(await lifecycle(), "3.0 s");
  });

  test("RE-43 a folder that is not there is not found, and the answer says what to do", async () => {
    await using world = await setup();
    const missing = join(world.project, "nowhere");
    for (const words of [[], ["login"], ["--json"]]) {
      const { code, out, err } = await stint(["metrics", ...words, "--project", missing]);
      assert.deepEqual([code, out], [3, ""]);
      assert.match(err, /There is no folder .*nowhere\.\s+Name the folder of the project/);
    }
  });
});
