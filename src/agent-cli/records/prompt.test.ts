import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import type { AgentTask } from "../adapter.ts";
import { adapterNamed } from "../adapters.ts";
import { promptIn } from "./prompt.ts";

interface Recorded {
  readonly command: string;
  readonly args: readonly string[];
  readonly prompt: string;
}

/** With which the recordings were made. */
const RECORDED = new URL("../../../test/fixtures/agent-cli/command-lines.json", import.meta.url);

test("RE-41 the prompt of every command line that was recorded is found", () => {
  const lines = JSON.parse(readFileSync(RECORDED, "utf8")) as readonly Recorded[];
  assert.ok(lines.length > 50);
  for (const { command, args, prompt } of lines) {
    assert.equal(promptIn(command, args), prompt, [command, ...args].join(" "));
  }
});

/** Words that could be taken for something else. */
const WORDS = ["resume", "review", "fork", "login", "mcp", "exec", "run", "--last", "-", "--"];

const SESSIONS = [
  undefined,
  { id: "ses_1", how: "start" as const },
  { id: "ses_1", how: "resume" as const },
];

test("RE-41 whatever the prompt is, it is found in the command line that Stint starts", () =>
  fc.assert(
    fc.property(
      fc.constantFrom("claude", "codex", "gemini", "opencode", "qwen"),
      fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom(...WORDS)),
      fc.constantFrom(...SESSIONS),
      fc.constantFrom(undefined, "gpt-5"),
      (name, prompt, session, model) => {
        const task: AgentTask = {
          prompt,
          permission: "edit",
          folder: "/project",
          ...(session !== undefined && { session }),
          ...(model !== undefined && { model }),
        };
        const { program, args } = adapterNamed(name).start(task);
        assert.equal(promptIn(program, args), prompt);
      },
    ),
  ));

/** As people and other programs write them. */
const WRITTEN: readonly (readonly [line: readonly string[], prompt: string])[] = [
  [["claude", "-p", "Fix it", "--output-format", "stream-json"], "Fix it"],
  [["claude", "-p", "Fix it", "--output-format", "stream-json", "--verbose"], "Fix it"],
  [["claude", "--model", "opus", "-p", "--verbose", "Fix it"], "Fix it"],
  [["claude", "--append-system-prompt", "-p", "--resume", "7", "Fix it"], "Fix it"],
  [["claude", "Fix it", "--allowedTools", "Bash", "Edit", "-p"], "Fix it"],
  [["claude", "--resume", "--print", "Fix it"], "Fix it"],
  [["claude", "--print=Fix it", "--tools", "Bash"], "Fix it"],
  [["claude", "--resume", "--verbose"], ""],
  [["codex", "exec", "--json", "Fix it", "-m", "gpt-5"], "Fix it"],
  [["codex", "-m", "gpt-5", "e", "Fix it", "-i", "a.png", "b.png"], "Fix it"],
  [["codex", "exec", "resume", "--json", "--last", "Fix it"], "Fix it"],
  [["codex", "exec", "--json", "resume", "7", "Fix it", "-C", "/project"], "Fix it"],
  [["codex", "exec", "resume", "7"], ""],
  [["codex", "exec", "--json", "-"], ""],
  [["codex", "exec", "--json", "--", "resume"], "resume"],
  [["codex", "exec", "resume", "--", "7", "Fix it"], "Fix it"],
  [["codex", "exec", "--profile", "fast", "review", "Fix it"], "Fix it"],
  [["codex", "exec", "resume", "--last", "--", "Fix it"], "Fix it"],
  [["codex", "exec", "resume", "--", "7", "--last"], "--last"],
  [["codex", "Fix it"], "Fix it"],
  [["codex", "--", "exec"], "exec"],
  [["gemini", "Fix it", "--approval-mode", "yolo"], "Fix it"],
  [["gemini", "-m", "pro", "--prompt", "Fix it", "--yolo"], "Fix it"],
  [["qwen", "-i", "Fix it", "--include-directories", "a", "b"], "Fix it"],
  [["opencode", "run", "Fix", "it", "-m", "a/b", "-f", "x.ts"], "Fix it"],
  [["opencode", "serve", "--port", "1"], ""],
  [["node", "/opt/bin/codex", "exec", "Fix it", "--sandbox", "read-only"], "Fix it"],
  [["agent", "--prompt=Fix\nit", "--yolo"], "Fix\nit"],
  [["agent", "--json", "-m", "x", "--", "--fix it"], "--fix it"],
  [["agent", "-p", "Fix it", "--out", "file"], "Fix it"],
  [["agent", "--resume", "--yolo"], ""],
  [["agent"], ""],
];

test("RE-41 the prompt is found by how each Agent CLI reads its arguments, wherever it stands", () => {
  for (const [[command = "", ...args], prompt] of WRITTEN) {
    assert.equal(promptIn(command, args), prompt, [command, ...args].join(" "));
  }
});
