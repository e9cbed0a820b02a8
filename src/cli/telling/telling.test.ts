import assert from "node:assert/strict";
import { test } from "node:test";

import { adapterNamed } from "#agent-cli/adapters.ts";
import { commandAdapter } from "#agent-cli/adapters/command.ts";
import { play, RECORDED } from "#agent-cli/testing.ts";

import { drawDoing, evolveDoing, STARTING } from "./status-line.ts";
import { type Looks, openTelling, type Piece } from "./telling.ts";
import { widthOf } from "./widths.ts";

const CONTROL = new RegExp(String.raw`[\u0000-\u0008\u000B-\u001F\u007F-\u009F]`);

const LOOKS: Looks = {
  columns: 80,
  colours: { out: false, err: false },
  isOne: false,
  folder: "/project",
  isCommand: false,
};

const IN_COLOUR = { out: true, err: true };

const CLIS = {
  "acp-": "acp:agent",
  codex: "codex",
  gemini: "gemini",
  opencode: "opencode",
  qwen: "qwen",
};

function cliOf(recording: string): string {
  const known = Object.entries(CLIS).find(([start]) => recording.startsWith(start));
  return known?.[1] ?? "claude";
}

function eventsOf(recording: string) {
  return play(adapterNamed(cliOf(recording)), recording).reads.map(({ event }) => event);
}

function toldOf(recording: string, looks: Partial<Looks> = {}): readonly Piece[] {
  const telling = openTelling({ ...LOOKS, ...looks });
  return [...eventsOf(recording).flatMap((event) => telling.tell(event)), ...telling.close()];
}

const textOf = (pieces: readonly Piece[], to: "out" | "err"): string =>
  pieces
    .filter((piece) => piece.to === to)
    .map(({ text }) => text)
    .join("");

test("CL-73 an agent's words go to the output and its tools, a line each, to the error stream", () => {
  const told = toldOf("claude-code-2.1.329-tool");
  assert.equal(textOf(told, "out"), "I will run a tool.\nAll done: the answer is 42.\n");
  assert.equal(textOf(told, "err"), "● Bash echo hi\n");
  assert.equal(textOf(toldOf("codex-0.169.0-tool"), "err").split("\n")[1], "● shell echo hi");
  const acp = toldOf("acp-claude-agent-acp-0.100.0-write");
  assert.match(textOf(acp, "err"), /● Write\n {2}\? asks whether it may: Write out\.txt\n/);
});

test("CL-73 words that come in pieces are told as they come, and a preview is not told twice", () => {
  for (const name of ["claude-code-2.1.329-partial", "gemini-cli-0.61.0-text"]) {
    const told = toldOf(name);
    assert.equal(textOf(told, "out"), "All done: the answer is 42.\n", name);
    assert.equal(told[0]?.text, "All done: th", name);
  }
});

test("CL-73 a denial, a failure, a retry and a warning are each told once, as what they are", () => {
  const denied = textOf(toldOf("claude-code-2.1.329-permission-denied"), "err").split("\n");
  assert.equal(denied.length, 3);
  assert.match(denied[1] ?? "", /^ {2}⊘ Bash was denied: tail in '\/dev\/null' was blocked\. .*…$/);
  const retried = textOf(toldOf("claude-code-2.1.329-flaky-retry"), "err");
  assert.equal(
    retried,
    "  ↻ retry 1 of 10 in 603 ms: 500 server_error\n  ↻ retry 2 of 10 in 1.0 s: 500 server_error\n",
  );
  const warned = textOf(toldOf("codex-0.169.0-text"), "err");
  assert.match(warned, /^ {2}! Model metadata for `gpt-5\.1-codex` not found\./);
  const telling = openTelling(LOOKS);
  const failed = [
    { type: "tool_started", id: "1", name: "Bash", input: { command: "npm test" }, under: null },
    { type: "tool_ended", id: "1", ok: false, output: "Exit code 1\n2 failed" },
  ] as const;
  assert.equal(
    textOf(
      failed.flatMap((event) => telling.tell(event)),
      "err",
    ),
    "● Bash npm test\n  ✗ Bash failed: Exit code 1 2 failed\n",
  );
});

test("CL-73 on one terminal a blank line parts words from deeds, and colours stand for what a line is", () => {
  const told = toldOf("claude-code-2.1.329-tool", { isOne: true, colours: IN_COLOUR });
  assert.equal(
    told.map(({ text }) => text).join(""),
    "I will run a tool.\n\n\u001B[36m●\u001B[39m \u001B[1mBash\u001B[22m echo hi\n\nAll done: the answer is 42.\n",
  );
});

test("CL-73 whatever an agent of the recordings says, no line of its doings is wider than the terminal", () => {
  for (const recording of RECORDED) {
    for (const columns of [40, 100]) {
      const told = toldOf(recording, { columns });
      for (const line of textOf(told, "err").split("\n")) assert.ok(widthOf(line) < columns, line);
      const all = told.map(({ text }) => text).join("");
      assert.doesNotMatch(all, CONTROL, recording);
      assert.ok(all === "" || all.endsWith("\n"), recording);
    }
  }
});

test("CL-73 a command's output passes as it stands, but for what would command the terminal", () => {
  const { read } = commandAdapter("make", []);
  const lines = ["\u001B[32mok\u001B[0m", "", "  \u001B[2Jdone"];
  const say = (colours: Looks["colours"]): string => {
    const telling = openTelling({ ...LOOKS, isCommand: true, isOne: true, colours });
    const events = lines.flatMap((line) => read(line) ?? []);
    return events
      .flatMap((event) => telling.tell(event as never))
      .map(({ text }) => text)
      .join("");
  };
  assert.equal(say(LOOKS.colours), "ok\n\n  done\n");
  assert.equal(say(IN_COLOUR), "\u001B[32mok\u001B[0m\u001B[0m\n\n  done\n");
});

test("CL-77 the line below says what the agent is about, for how long, and what it has used so far", () => {
  const events = eventsOf("claude-code-2.1.329-tool");
  const after = (count: number) => events.slice(0, count).reduce(evolveDoing, STARTING);
  assert.equal(drawDoing(after(0), 900, 80), "▸ starting 0:00");
  assert.equal(drawDoing(after(3), 7_000, 80), "▸ Bash echo hi 0:07");
  assert.equal(drawDoing(after(4), 65_000, 80), "▸ thinking 1:05");
  assert.equal(drawDoing(after(99), 3_700_000, 80), "▸ ending 1:01:40 · 2.4k in, 70 out · $0.0041");
  const long = evolveDoing(STARTING, {
    type: "tool_started",
    id: "1",
    name: "Bash",
    input: { command: "x".repeat(200) },
    under: null,
  });
  for (const columns of [20, 40, 80]) assert.ok(widthOf(drawDoing(long, 0, columns)) < columns);
});
