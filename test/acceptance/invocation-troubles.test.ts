/** Invocations whose files cannot be written, or are deleted under them. */
import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";
import { command, ended, invoke, shown, untilSays } from "./invoking.ts";
import { openStint } from "./server.ts";

test("IV-70 one whose files cannot be written is not started, and says what to do", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const folder = join(stint.data, "invocations");
  await rm(folder, { recursive: true, force: true });
  await writeFile(folder, "a file, where a folder is wanted");
  const id = await invoke(stint, agents, "say one");
  const { outcome, error, startedAt, roundList } = await ended(stint, id);
  assert.deepEqual([outcome, error.code, startedAt], ["failed", "not_started", null]);
  assert.match(roundList[0].message, /cannot be kept in .*\(ENOTDIR\)\. See that this folder/);
});

test("IV-71 one whose files were deleted while it ran is watched to its end, and nothing else is lost", async () => {
  await using agents = await fakeAgents();
  const gate = agents.gate();
  await using stint = await openStint();
  const script = `echo ready; until [ -e ${gate.path} ]; do sleep 0.02; done; echo last; exit 3`;
  const id = await command(stint, agents, script);
  await untilSays(stint, id, "ready\n");
  const folder = join(stint.data, "invocations");
  await rm(join(folder, id), { recursive: true });
  await rm(folder, { recursive: true });
  await mkdir(folder);
  gate.open();
  const { outcome, roundList } = await ended(stint, id);
  const [{ exitCode, text }] = roundList;
  assert.deepEqual([outcome, exitCode, text], ["failed", 3, "ready\nlast\n"]);
  assert.equal((await shown(stint, id)).status, "completed");
});
