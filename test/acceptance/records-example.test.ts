/** What the page about records shows, run as it stands. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";

const EXAMPLE = join(import.meta.dirname, "../../examples/records.ts");

test("RE-46 the example of records starts an agent, and reads its end, time and cost from the project's files", async () => {
  await using agents = await fakeAgents();
  const env = { ...process.env, ...agents.env };
  const args = [EXAMPLE, agents.folder, "say Done."];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  assert.equal(code, 0);
  const [left, end, cost] = said.split("\n");
  assert.equal(left, "0 at work, 0 ended, 0 interrupted");
  assert.match(end ?? "", /^completed: "say Done\." from \S+Z to \S+Z$/);
  assert.equal(cost, "nano-dollars: 2040000, by reported");
});
