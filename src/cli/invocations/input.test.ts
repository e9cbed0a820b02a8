import assert from "node:assert/strict";
import { test } from "node:test";

import { readBytes, readDollars, readDuration } from "./amounts.ts";
import { type ExecOptions, inputOf, wordsOf } from "./input.ts";

const HERE = { kind: "folder", path: "/srv/data", isOwn: false } as const;
const THERE = { kind: "server", url: new URL("https://stint.test"), token: "k" } as const;
const NONE: ExecOptions = { json: false, ask: false, shared: false, detach: false };

function typed(...argv: string[]) {
  const operands = argv.filter((word) => word !== "--").slice(1);
  return wordsOf(operands, argv);
}

test("CL-82 an Agent CLI and its prompt, or behind -- a command with its arguments, become what is run", async () => {
  const agent = await inputOf(typed("exec", "claude", "Fix", "the tests"), NONE, HERE);
  assert.deepEqual([agent["cli"], agent["prompt"]], ["claude", "Fix the tests"]);
  const dashed = await inputOf(typed("exec", "claude", "--", "-- no options"), NONE, HERE);
  assert.equal(dashed["cli"], "claude");
  const command = await inputOf(typed("exec", "--", "npm", "test"), NONE, HERE);
  assert.deepEqual(
    [command["cli"], command["command"], command["prompt"]],
    ["command", ["npm", "test"], undefined],
  );
  await assert.rejects(inputOf(typed("exec"), NONE, HERE), /Nothing is named to run/);
  await assert.rejects(inputOf(typed("exec", "--"), NONE, HERE), /No command stands behind --/);
  await assert.rejects(inputOf(typed("exec", "npm", "test"), NONE, HERE), {
    message: '"npm" is no Agent CLI that Stint knows.',
    suggestion: /^Name one of claude, .* A command stands behind --, as in `stint exec -- npm`\.$/,
  });
});

test("CL-82 on this machine it works here and finds programs as the shell does; elsewhere its folder must be named", async () => {
  const words = typed("exec", "claude", "Go");
  const here = await inputOf(words, { ...NONE, env: ["A=1=2"] }, HERE);
  assert.equal(here["folder"], process.cwd());
  assert.deepEqual(here["env"], { PATH: process.env["PATH"], A: "1=2" });
  await assert.rejects(
    inputOf(words, NONE, THERE),
    /runs on the machine of https:\/\/stint\.test, and no folder there/,
  );
  await assert.rejects(
    inputOf(words, { ...NONE, folder: "src" }, THERE),
    /no folder there is named/,
  );
  const there = await inputOf(words, { ...NONE, folder: "/srv/app" }, THERE);
  assert.deepEqual([there["folder"], there["env"]], ["/srv/app", undefined]);
  await assert.rejects(
    inputOf(words, { ...NONE, env: ["STINT_NO_SUCH"] }, HERE),
    /holds no STINT_NO_SUCH/,
  );
});

test("CL-82 limits, model, permission and work node go along as they were typed, and nothing else", async () => {
  const words = typed("exec", "codex", "Go");
  const more = {
    ask: true,
    shared: true,
    model: "gpt-5",
    permission: "all",
    maxTurns: 3,
    label: "night",
    node: "nod_1",
  };
  const limits = { limitTime: 600_000, limitIdle: 60_000, limitMemory: 2 ** 31, limitCost: "0.50" };
  const {
    env: _env,
    folder: _folder,
    ...input
  } = await inputOf(words, { ...NONE, ...more, ...limits }, HERE);
  assert.deepEqual(input, {
    cli: "codex",
    prompt: "Go",
    asks: true,
    shared: true,
    model: "gpt-5",
    permission: "all",
    maxTurns: 3,
    label: "night",
    nodeId: "nod_1",
    limits: { totalMs: 600_000, idleMs: 60_000, memoryBytes: 2 ** 31, cost: "0.50" },
  });
});

test("CL-82 amounts are read as people type them, and what is none is refused", () => {
  assert.deepEqual(
    ["90", "90s", "10m", "1h30m", "2d"].map(readDuration),
    [90_000, 90_000, 600_000, 5_400_000, 172_800_000],
  );
  assert.deepEqual(["512MB", "2g", "1.5GiB", "64k"].map(readBytes), [
    512 * 1024 ** 2,
    2 * 1024 ** 3,
    1.5 * 1024 ** 3,
    65_536,
  ]);
  assert.deepEqual(["0.50", "$2"].map(readDollars), ["0.50", "2"]);
  for (const wrong of ["", "ten", "10x", "-5", "0.5s", "m"])
    assert.throws(() => readDuration(wrong));
  for (const wrong of ["", "2", "2 apples", "-1GB"]) assert.throws(() => readBytes(wrong));
  for (const wrong of ["", "0", "-1", "1e3", "$"]) assert.throws(() => readDollars(wrong));
});
