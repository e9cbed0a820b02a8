import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { plainText } from "./plain-text.ts";
import { wanted } from "./tool-input.ts";

/** Pieces of commands, and of what a terminal obeys. */
const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom("\u001B", "\u009B", "\u009C", "\u009D", "\u202E", "\u2066", "\u2069"),
      fc.constantFrom("\n", "\t", "\r", "\b", "\u0000", "\u0007"),
      fc.constantFrom("a", ";", "]", "[2J", " rm -rf /"),
    ),
  )
  .map((parts) => parts.join(""));

test("CP-41 a question shows its words, which say for how long, and all that they leave out", () => {
  const [words, input] = ["Write: /a (for good)", { file_path: "/a", content: "one\ntwo" }];
  assert.equal(
    wanted({ words, input, whole: "input" }),
    `${words}\nfile_path: /a\ncontent:\none\ntwo`,
  );
  assert.equal(wanted({ words, input, whole: "words" }), words);
  assert.equal(wanted({ words, input: null, whole: "output" }), words);
  assert.equal(wanted({ words, input: [1], whole: "input" }), `${words}\n[\n  1\n]`);
  assert.equal(wanted({ words, input: 5, whole: "input" }), `${words}\n5`);
});

test("CP-42 nothing that an agent asks for hides, moves or shortens another part of it", () => {
  const command = "ls /srv/app/ \u001B] ; rm -rf /home #\u0007\r\u202E";
  assert.equal(
    plainText(wanted({ words: "Bash: ls…", input: { command }, whole: "input" })),
    String.raw`Bash: ls…
command: ls /srv/app/ \u001B] ; rm -rf /home #\u0007\u000D\u202E`,
  );
  fc.assert(
    fc.property(noise, noise, (words, text) => {
      for (const input of [text, { [text]: text }, [text]]) {
        const shown = wanted({ words, input, whole: "input" });
        assert.equal(plainText(shown), shown);
        assert.equal(wanted({ words: shown, input: null, whole: "words" }), shown);
      }
    }),
  );
});
