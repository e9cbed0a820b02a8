import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { actOnExecution } from "#cli/execution-acts.ts";
import { showTree } from "#cli/execution-tree.ts";
import type { TreeNode } from "#contract/shapes/executions.ts";
import { testClock } from "#domain/test-clock.ts";
import { openEngine } from "#engine/engine.ts";
import { program } from "#engine/program.ts";
import { settleAll, watched } from "#engine/testing.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { openStint, type Stint, until, untilEnded } from "./server.ts";
import { assertProblem } from "./steps.ts";

const leaf = program("leaf", async (run, n: number) => {
  await run.step("one", () => 1);
  run.spend("model", { dollars: 0.01 * n, tokens: { input: 3 } });
  if (n === 2) await run.signal("never");
  return n;
});
const middle = program("middle", async (run, n: number) => run.child("leaf", leaf, n));
const top = program("top", async (run) => {
  await run.step("first", () => 1);
  await Promise.all([run.child("a", middle, 1), run.child("b", middle, 2), run.signal("never")]);
});

/** A server on a folder in whose first workspace a tree stands half-way; its programs are not the server's. */
async function standing(): Promise<Stint & { readonly id: string }> {
  const data = await mkdtemp(join(tmpdir(), "stint-tree-"));
  await (await openStint({ data }))[Symbol.asyncDispose]();
  const ledger = await openSqliteLedger(join(data, "stint.db"), { sync: "off" });
  const watch = watched(ledger);
  const programs = [top, middle, leaf];
  const engine = await openEngine({ ledger: watch.ledger, programs, clock: testClock(Date.now()) });
  const { id } = await engine.start(top, undefined, { workspace: 1, label: "Everything" });
  await settleAll(watch.busy);
  await engine.stop(0);
  await ledger.close();
  const stint = await openStint({ data });
  const close = async (): Promise<void> => {
    await stint[Symbol.asyncDispose]();
    await rm(data, { recursive: true, force: true });
  };
  return { ...stint, id, [Symbol.asyncDispose]: close };
}

const shape = ({ depth, name, status, children }: TreeNode) => [depth, name, status, children];

test("L-3 a tree is read in one call, from an execution or from its root, and canceled at its root", async () => {
  await using stint = await standing();
  const { id, ask } = stint;
  const { items } = (await ask("GET", `executions/${id}/tree`)).body as { items: TreeNode[] };
  assert.deepEqual(items.map(shape), [
    [0, "Everything", "waiting", 2],
    [1, "middle", "completed", 1],
    [2, "leaf", "completed", 0],
    [1, "middle", "waiting", 1],
    [2, "leaf", "waiting", 0],
  ]);
  const unspent = { cost: null, costUnknown: 0, tokens: null };
  const tokens = { input: 6, cacheRead: 0, cacheWrite: 0, output: 0 };
  const spent = { cost: "0.03", costUnknown: 0, tokens };
  assert.deepEqual(items[0]?.own, { steps: 1, retries: 0, warnings: 0, ...unspent });
  const all = { steps: 3, retries: 0, warnings: 0, ...spent, executions: 5 };
  assert.deepEqual(items[0]?.total, all);
  const lowest = items[4]?.id ?? "";
  const whole = (await ask("GET", `executions/${lowest}/tree?from=root`)).body;
  assert.deepEqual(whole.items, items);
  const detail = (await ask("GET", `executions/${lowest}`)).body;
  assert.deepEqual([detail.parent, detail.children], [items[3]?.id, 0]);
  assert.equal((await ask("GET", `executions/${id}`)).body.children, 2);
  await ask("POST", `executions/${id}/cancel`);
  for (const node of [id, items[3]?.id ?? "", lowest])
    assert.equal((await untilEnded(stint, node)).status, "canceled");
  assertProblem(await ask("GET", "executions/prg_none/tree"), 404, "not_found");
});

test("AP-62 a limit leaves out what is furthest away, and says where", async () => {
  await using stint = await standing();
  const { items } = (await stint.ask("GET", `executions/${stint.id}/tree?limit=3`)).body;
  assert.deepEqual(
    items.map(({ name, more, total }: TreeNode) => [name, more, total.executions]),
    [
      ["Everything", true, 3],
      ["middle", true, 1],
      ["middle", true, 1],
    ],
  );
  const none = await stint.ask("GET", `executions/${stint.id}/tree?limit=0`);
  assertProblem(none, 422, "invalid");
});

test("AP-63 `executions tree` draws it; `pause` and `resume` act on it", async () => {
  await using stint = await standing();
  const said: string[] = [];
  const out = (line: string): void => void said.push(line.replace(/prg_\S+/, "ID"));
  const terminal = { out, err: out, redraw: out, isLive: false, columns: 80 };
  const options = { data: stint.data, json: false };
  await showTree(terminal, stint.id, { ...options, root: false, limit: 500 });
  assert.deepEqual(said.splice(0), [
    "Everything  waiting  ID  1 step (3 steps, $0.03 in all)",
    "├─ middle  completed  ID  0 steps (1 step, $0.01 in all)",
    "│  └─ leaf  completed  ID  1 step, $0.01",
    "└─ middle  waiting  ID  0 steps (1 step, $0.02 in all)",
    "   └─ leaf  waiting  ID  1 step, $0.02",
  ]);
  await actOnExecution(terminal, "pause", stint.id, options);
  const paused = await until(stint, stint.id, ({ pausedBy }) => pausedBy !== null);
  assert.equal(paused.status, "waiting");
  await actOnExecution(terminal, "resume", stint.id, options);
  await until(stint, stint.id, ({ pausedBy }) => pausedBy === null);
  assert.deepEqual(said, ["ID is being paused", "ID goes on"]);
});
