import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import { freshFolder } from "./processes.ts";
import { openStint, untilEnded } from "./server.ts";

const DAY = 86_400_000;

test("SF-38 who owns every workspace sees how the server is, and nobody else", async () => {
  await using stint = await openStint();
  const { status, body } = await stint.ask("GET", "/api/system");
  assert.equal(status, 200);
  assert.deepEqual([body.held, body.clockAheadMs, body.lateMs], [null, 0, 0]);
  assert.ok(body.disk.freeBytes > 0 && body.disk.totalBytes >= body.disk.freeBytes);
  const admin = await stint.as("admin");
  for (const [method, path] of [
    ["GET", "/api/system"],
    ["POST", "/api/system/release"],
  ] as const) {
    const refused = await admin(method, path);
    assert.deepEqual([refused.status, refused.body.code], [403, "forbidden"]);
    assert.equal((await fetch(`${stint.url}${path}`, { method })).status, 401);
  }
  const nothing = await stint.ask("POST", "/api/system/release");
  assert.deepEqual([nothing.status, nothing.body.detail], [409, "Nothing is held"]);
});

test("SF-23 and SF-24 a machine whose clock is behind what is on record is told of, until a person says it is right", async () => {
  await using folder = await freshFolder();
  {
    await using stint = await openStint({ example: true, data: folder.path });
    const agents = (await stint.ask("GET", "agents")).body.items as { id: string; name: string }[];
    const agent = agents.find(({ name }) => name === "Pick key accounts")?.id ?? "";
    const started = await stint.ask("POST", `agents/${agent}/trigger`);
    await untilEnded(stint, started.body.executionId);
  }
  using db = new DatabaseSync(join(folder.path, "stint.db"));
  db.exec(`update facts set at = at + ${DAY}`);
  await using stint = await openStint({ data: folder.path });
  const health = async (): Promise<unknown> => (await stint.ask("GET", "/api/health")).body;
  assert.deepEqual(await health(), { status: "ok", attention: ["clock"] });
  assert.match(stint.app.attention.join(), /machine's clock is not where/);
  const { clockAheadMs } = (await stint.ask("GET", "/api/system")).body;
  assert.ok(clockAheadMs < -DAY / 2 && clockAheadMs >= -DAY, String(clockAheadMs));
  const released = await stint.ask("POST", "/api/system/release");
  assert.equal(released.body.executions, 0);
  assert.deepEqual(await health(), { status: "ok" });
});
