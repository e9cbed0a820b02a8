import assert from "node:assert/strict";
import { test } from "node:test";

import { canAsk } from "#contract/shapes/invocations.ts";

import type { AgentTask } from "../adapter.ts";
import { adapterNamed, adapterOfProgram } from "../adapters.ts";
import { openReading } from "../reading.ts";
import { eventsOf, readAll, roundOf } from "../testing.ts";
import { commandAdapter } from "./command.ts";

const NAMES = ["claude", "codex", "gemini", "opencode", "qwen"] as const;
const TASK: AgentTask = { prompt: "Say hi", permission: "edit", folder: "/project" };

function lineOf(name: string, task: Partial<AgentTask> = {}): string {
  const { program, args } = adapterNamed(name).start({ ...TASK, ...task });
  return [program, ...args].join(" ");
}

test("AC-17 an agent may work in its folder, only read there, or do anything, as it is told", () => {
  const said = (name: string) =>
    (["read", "edit", "all"] as const).map((permission) => {
      const { args, env } = adapterNamed(name).start({ ...TASK, permission });
      return [...args, ...Object.values(env)].join(" ");
    });
  const expected: Readonly<Record<string, readonly RegExp[]>> = {
    claude: [/-mode plan /, /-mode acceptEdits /, /-mode bypassPermissions /],
    codex: [/=read-only /, /=workspace-write /, /=danger-full-access /],
    gemini: [/-mode plan /, /-mode auto_edit /, /-mode yolo /],
    qwen: [/-mode plan /, /-mode auto-edit /, /-mode yolo /],
    opencode: [/--agent plan /, /"edit":"allow"}$/, /"bash":"allow"/],
  };
  for (const [name, patterns] of Object.entries(expected)) {
    const lines = said(name);
    for (const [index, pattern] of patterns.entries()) assert.match(lines[index] ?? "", pattern);
  }
});

test("AC-50 those that can ask people are spoken to, and no others; what is only to read asks for all else one by one", () => {
  const names = [...NAMES, "acp:agent"];
  const isSpokenTo = (name: string): boolean =>
    adapterNamed(name).start({ ...TASK, asks: true }).dialogue !== null;
  assert.deepEqual(names.filter(isSpokenTo), ["claude", "acp:agent"]);
  assert.deepEqual(names.filter(canAsk), ["claude", "acp:agent"]);
  const modeOf = (permission: AgentTask["permission"]) =>
    /-mode (\S+)/.exec(lineOf("claude", { asks: true, permission }))?.[1];
  assert.deepEqual(
    [modeOf("read"), modeOf("edit"), modeOf("all")],
    ["manual", "acceptEdits", "bypassPermissions"],
  );
});

test("AC-18 a new session is named before the start where that can be, and a follow-up goes into the same one", () => {
  const [id, start] = ["11111111-2222-4333-8444-555555555555", "start"] as const;
  for (const name of ["claude", "gemini"]) {
    assert.ok(adapterNamed(name).namesSessions);
    assert.match(lineOf(name, { session: { id, how: start } }), new RegExp(`--session-id ${id}`));
  }
  for (const name of ["codex", "opencode", "qwen"]) {
    assert.ok(!adapterNamed(name).namesSessions);
    assert.doesNotMatch(lineOf(name, { session: { id, how: start } }), new RegExp(id));
  }
  const resumed = (name: string) => lineOf(name, { session: { id, how: "resume" } });
  for (const name of ["claude", "gemini", "qwen"]) assert.match(resumed(name), /--resume 1/);
  assert.match(resumed("codex"), /exec resume --json .*-- 11111111-\S+ Say hi$/);
  assert.match(resumed("opencode"), /--session 1/);
});

test("AC-17 model, turns, money and whatever else is asked for are passed on", () => {
  const line = lineOf("claude", { model: "m1", maxTurns: 3, maxDollars: 0.5, more: ["--bare"] });
  assert.match(line, /--model m1 .*--max-turns 3 --max-budget-usd 0.5 --bare -- Say hi$/);
  for (const name of ["codex", "gemini", "opencode", "qwen"]) {
    assert.match(lineOf(name, { model: "m1" }), / -m m1 /);
  }
});

test("AC-19 any command can be run: what it prints is its text, its exit code its outcome", () => {
  const adapter = commandAdapter("make", ["test"]);
  const { program, args, dialogue } = adapter.start(TASK);
  assert.deepEqual([program, ...args, dialogue], ["make", "test", null]);
  const reads = readAll(openReading(adapter), [Buffer.from("one\n\n{not JSON}\nlast")]);
  const round = roundOf(eventsOf(reads));
  assert.equal(round.text, "one\n\n{not JSON}\nlast\n");
  const judge = (code: number | null, signal: string | null = null) =>
    adapter.judge({
      exit: { code, signal },
      cancelRequested: false,
      stderr: "no such target",
      round,
    });
  assert.equal(judge(0).outcome, "succeeded");
  assert.deepEqual(judge(2), { outcome: "failed", reason: "crash", message: "no such target" });
  assert.equal(judge(127).reason, "bad_usage");
  assert.equal(judge(null, "SIGKILL").outcome, "interrupted");
  const unseen = { exit: null, cancelRequested: false, stderr: "", round };
  assert.equal(adapter.judge(unseen).outcome, "interrupted");
});

test("AC-20 an Agent CLI is named, or acp: with the command that starts one; others are refused in words", () => {
  for (const name of NAMES) {
    assert.equal(adapterNamed(name).name, name);
  }
  assert.equal(adapterOfProgram("/usr/local/bin/codex")?.name, "codex");
  assert.equal(adapterOfProgram("make"), null);
  const { program, args } = adapterNamed("acp:goose acp  --quiet").start(TASK);
  assert.deepEqual([program, ...args], ["goose", "acp", "--quiet"]);
  assert.throws(() => adapterNamed("clod"), { code: "invalid", message: /"clod" is no Agent CLI/ });
  assert.throws(() => adapterNamed("acp:"), { code: "invalid" });
  assert.throws(() => adapterNamed("constructor"), { code: "invalid" });
});
