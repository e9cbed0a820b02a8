/** Processes that write one agent record at the same time, and that are killed while they do. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import type { AgentRecord } from "#agent-cli/records/records.ts";

import { setup, type World } from "./recording.ts";

const RECORDS = import.meta.resolve("#agent-cli/records/records.ts");

function counting(): AgentRecord {
  return { agentId: "one", specId: "login", phase: "impl", status: "running", executions: [] };
}

async function promptsIn({ project }: World): Promise<readonly string[]> {
  const file = join(project, ".stint/agents/login/one.json");
  const record = JSON.parse(await readFile(file, "utf8")) as AgentRecord;
  return (record.executions ?? []).map(({ prompt }) => prompt);
}

/** A process that adds so many executions, one update each. */
function updating(project: string, name: string, times: number) {
  const program = `
    const { openRecords } = await import(${JSON.stringify(RECORDS)});
    const { recordService } = openRecords({ project: ${JSON.stringify(project)} });
    const startedAt = "2026-01-05T09:00:00.000Z";
    for (let n = 0; n < ${times}; n += 1) {
      await recordService.updateRecord("login", "one", ({ executions }) => ({
        executions: [...executions, { startedAt, prompt: ${JSON.stringify(name)} + n }],
      }));
    }`;
  const args = ["--input-type=module", "-e", program];
  return spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
}

async function update(project: string, name: string, times: number): Promise<void> {
  const [code] = await once(updating(project, name, times), "exit");
  assert.equal(code, 0);
}

suite("agent records that several write", () => {
  test("F-7 two processes that update one record 1,000 times each lose no update", async () => {
    await using world = await setup();
    await world.recordService.writeRecord(counting());
    await Promise.all([update(world.project, "a", 1_000), update(world.project, "b", 1_000)]);
    const prompts = await promptsIn(world);
    assert.equal(prompts.length, 2_000);
    for (const name of ["a", "b"]) {
      const own = prompts.filter((prompt) => prompt.startsWith(name));
      assert.deepEqual(
        own,
        Array.from({ length: 1_000 }, (_, n) => `${name}${n}`),
      );
    }
  });

  test("F-7 a writer that is killed leaves the old record or the new one, and its lock to others", async () => {
    await using world = await setup();
    await world.recordService.writeRecord(counting());
    let known = 0;
    for (let life = 0; life < 8; life += 1) {
      const child = updating(world.project, `${life}:`, 100_000);
      while ((await promptsIn(world)).length < known + 3) await pause(5);
      child.kill("SIGKILL");
      await once(child, "exit");
      const prompts = await promptsIn(world);
      assert.ok(prompts.length >= known + 3);
      const own = prompts.filter((prompt) => prompt.startsWith(`${life}:`));
      assert.deepEqual(
        own,
        own.map((_, n) => `${life}:${n}`),
      );
      known = prompts.length;
    }
    await update(world.project, "last", 1);
    assert.equal((await promptsIn(world)).length, known + 1);
    const names = await readdir(join(world.project, ".stint/agents/login"));
    assert.ok(names.length <= 2, `what crashes leave does not pile up: ${names.join(", ")}`);
  });
});
