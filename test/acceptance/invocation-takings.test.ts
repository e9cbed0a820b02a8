/** What invocations take of the machine, and what ends them when it is too much. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";
import { command, ended } from "./invoking.ts";
import { until } from "./lives.ts";
import { freshFolder } from "./processes.ts";
import { type Answer, openStint } from "./server.ts";

const MIB = 1024 * 1024;
const node = (script: string): string => `'${process.execPath}' -e '${script}'`;

test("L-7 CPU, memory, disk and the folder's growth are those of the whole tree, over a restart of Stint, and their series stays", async () => {
  await using agents = await fakeAgents();
  await using data = await freshFolder();
  const gate = agents.gate();
  const burn = "while (process.cpuUsage().user < 400_000);";
  const hold = `const held = Buffer.alloc(${100 * MIB}, 1);
    require("node:fs").writeFileSync("made", Buffer.alloc(${8 * MIB}, 1)); console.log("made");
    setInterval(() => { held.fill(1); if (require("node:fs").existsSync("${gate.path}")) process.exit(); }, 50);`;
  let id = "";
  let before = 0;
  {
    await using stint = await openStint({ data: data.path });
    id = await command(stint, agents, `${node(burn)}; ${node(hold)}`);
    const isSeen = ({ resources, series }: Answer["body"]): boolean =>
      resources.peakMemoryBytes > 100 * MIB && series.length > 1;
    before = (await until(stint, id, isSeen)).series.length;
  }
  await using stint = await openStint({ data: data.path });
  gate.open();
  const { resources, series, outcome } = await ended(stint, id);
  assert.equal(outcome, "succeeded");
  assert.ok(resources.cpuMs >= 400, `${resources.cpuMs}`);
  assert.ok(resources.peakMemoryBytes > 100 * MIB && resources.peakMemoryBytes < 1024 * MIB);
  assert.ok(Math.abs(resources.folderGrowthBytes - 8 * MIB) < MIB / 8);
  assert.ok(resources.diskWrittenBytes === null || resources.diskWrittenBytes >= 0);
  assert.ok(series.length > before && series.length <= 240);
  const kept = join(data.path, "invocations", id, "1", "resources.json");
  assert.ok((await readFile(kept, "utf8")).length < 64 * 1024);
});

test("CL-150 a list tells of the round that runs, since when, and what its processes take now", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const before = Date.now();
  const id = await command(stint, agents, gate.script);
  await until(stint, id, ({ series }) => series.length > 0);
  const [running] = (await stint.ask("GET", "invocations?status=running")).body.items;
  assert.equal(running.id, id);
  const { round, state, startedAt, look } = running.now;
  assert.deepEqual([round, state], [1, "starting"]);
  assert.ok(Date.parse(startedAt) >= before - 1000 && Date.parse(look.at) >= before - 1000);
  assert.ok(look.processes >= 1 && look.cpuShare >= 0);
  gate.open();
  await ended(stint, id);
  const [item] = (await stint.ask("GET", "invocations")).body.items;
  assert.equal(item.now, null);
});

for (const [limits, script, message] of [
  [{ totalMs: 1000 }, "setInterval(() => console.log(1), 100)", "it took longer than 1 s"],
  [{ idleMs: 1000 }, "setInterval(() => {}, 100)", "it said nothing for longer than 1 s"],
  [
    { memoryBytes: 64 * MIB },
    "const held = Buffer.alloc(2e8, 1); setInterval(() => held, 100)",
    "it took more memory than 64 MiB",
  ],
  [
    { outputBytes: 1 * MIB },
    "setInterval(() => console.log(String(1e9).repeat(1e4)), 20)",
    "it wrote more than 1 MiB",
  ],
] as const) {
  test(`L-18 one over its budget is stopped and says why: ${message}`, async () => {
    await using agents = await fakeAgents();
    await using stint = await openStint();
    const id = await command(stint, agents, node(script), { limits });
    const { outcome, error, roundList } = await ended(stint, id);
    assert.deepEqual([outcome, error.code], ["failed", "limit"]);
    assert.deepEqual(
      [error.message, roundList[0].reason],
      [`It was stopped: ${message}.`, "limit"],
    );
  });
}
