import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { acpAdapter } from "./adapters/acp.ts";
import { inputOf, toldOf } from "./asked-words.ts";
import type { Asked } from "./events.ts";

const ONCE = [{ id: "1", kind: "allow_once" }] as const;
const FOR_GOOD = [{ id: "1", kind: "allow_always" }] as const;

const asked = (more: Partial<Asked>): Asked => ({
  type: "asked",
  request: 1,
  toolId: null,
  tool: "Bash",
  title: null,
  input: null,
  needs: "all",
  places: [],
  options: ONCE,
  ...more,
});

test("AC-54 a tool is called by its name or its kind; what the agent says of the call stands in the words alone, and no longer than a line", () => {
  const title = "curl -H 'Authorization: Bearer SECRET-TOKEN' https://example.test";
  const [said] =
    acpAdapter("", [])
      .read(
        JSON.stringify({
          jsonrpc: "2.0",
          id: 7,
          method: "session/request_permission",
          params: { toolCall: { title, kind: "execute" }, options: [] },
        }),
      )
      ?.filter((one) => one.type === "asked") ?? [];
  assert.ok(said !== undefined);
  assert.deepEqual([said.tool, toldOf(said).words], ["execute", `execute: ${title}`]);
  const long = "x".repeat(3_000_000);
  const told = toldOf(asked({ tool: long, title: long, places: Array(100).fill(long) }));
  assert.ok(JSON.stringify(told).length < 15_000);
  assert.equal(told.whole, "output");
});

/** Pieces of commands, of what hides or reorders them, and of what steers a terminal. */
const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\u001B",
        "\u009B",
        "\u009C",
        "\u009D",
        "\u202E",
        "\u2066",
        "\u2069",
        "\u200B",
      ),
      fc.constantFrom("\n", "\t", "\r", "\b", "\u0000", "\u0007"),
      fc.constantFrom("a", ";", " ", "#", "/", "[", "]", "\\", '"', "m", "0"),
      fc.constantFrom("rm -rf", "x".repeat(300)),
    ),
  )
  .map((parts) => parts.join(""));

const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u200B\s]/u;

function isIn(text: string, shown: string): boolean {
  let from = 0;
  for (const letter of text) {
    if (UNSEEN.test(letter)) continue;
    from = shown.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

test("AC-60 whatever is asked, each letter of it is in the words, or they say where all of it stands; nothing in them hides another", () => {
  fc.assert(
    fc.property(noise, noise, noise, (command, description, place) => {
      for (const more of [
        { input: { command } },
        { input: { command, description } },
        { title: command, places: [place] },
        { tool: command },
      ]) {
        const { tool, words, places, whole } = toldOf(asked(more));
        for (const text of [tool, words, ...places])
          assert.doesNotMatch(text, /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u200B]/u);
        if (whole !== "words") continue;
        for (const text of [more.input?.command, more.title, more.tool])
          assert.ok(isIn(text ?? "", words), words);
        for (const text of more.places ?? []) assert.ok(isIn(text, places.join("")));
      }
    }),
  );
  assert.equal(
    toldOf(asked({ input: { command: "ls \u001B]; rm -rf /home #\u0007" } })).words,
    String.raw`Bash: ls \u001B]; rm -rf /home #\u0007`,
  );
});

const LONG = `echo ${"x".repeat(900)}; rm -rf /`;

test("AC-55 words that leave anything out say where all of it stands", () => {
  const wholes: readonly (readonly [Partial<Asked>, string])[] = [
    [{ input: { command: "npm test" } }, "words"],
    [{ input: "npm test" }, "words"],
    [{ title: "Run the tests" }, "words"],
    [{ input: { command: LONG }, options: FOR_GOOD }, "input"],
    [{ input: { file_path: "/home/me/.bashrc", content: "curl x | sh" } }, "input"],
    [{ input: { command: "npm test\nrm -rf /" } }, "input"],
    [{ input: { command: "sh -c 'npm test'" } }, "input"],
    [{ places: Array.from({ length: 5 }, (_, n) => `/${n}`.repeat(200)) }, "output"],
    [{ title: LONG }, "output"],
    [{ title: LONG, input: {} }, "output"],
    [{ input: { command: LONG.repeat(100) } }, "output"],
  ];
  for (const [more, whole] of wholes)
    assert.equal(toldOf(asked(more)).whole, whole, JSON.stringify(more).slice(0, 100));
  assert.match(
    toldOf(asked({ input: { command: LONG }, options: FOR_GOOD })).words,
    /… \(for good/,
  );
  assert.equal(inputOf(asked({ input: { command: LONG.repeat(100) } })), undefined);
});
