import assert from "node:assert/strict";
import { test } from "node:test";

import { listExecutions } from "#cli/executions.ts";
import type { Terminal } from "#cli/terminal.ts";

import { openStint } from "./server.ts";
import { addAgent, addContacts, run } from "./steps.ts";

test("SE-12 the command line lists what a search finds", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const { id } = await run(stint, await addAgent(stint.ask));
  const lines: string[] = [];
  const silent = (): void => undefined;
  const out = (line: string): void => void lines.push(line);
  const terminal: Terminal = { out, err: silent, redraw: silent, isLive: false, columns: 80 };
  const options = { data: stint.data, json: true, limit: 10 };
  assert.equal(await listExecutions(terminal, { ...options, search: "n1@acme" }), 0);
  assert.equal(await listExecutions(terminal, { ...options, search: "n2@acme" }), 0);
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { id: string }).id),
    [id],
  );
});
