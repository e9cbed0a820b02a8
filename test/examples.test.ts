import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);

async function example(name: string, folder: string): Promise<string> {
  const path = join(import.meta.dirname, "..", "examples", `${name}.ts`);
  return (await run(process.execPath, [path, folder], { timeout: 20_000 })).stdout.trim();
}

test("EN-64 the examples run, end by themselves, and answer the same when they are run again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-example-"));
  const order = "A-7: receipt pay 42, at the door";
  assert.equal(await example("order", folder), order);
  assert.equal(await example("order", folder), order);
  assert.equal(await example("newsletter", folder), "2 of 2 contacts are through");
  await rm(folder, { recursive: true, force: true });
});
