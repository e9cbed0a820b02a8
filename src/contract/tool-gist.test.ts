import assert from "node:assert/strict";
import { test } from "node:test";

import { gistOf } from "./tool-gist.ts";

test("CP-1 a tool call is told in one line, by what tells it from another: the command, the file, the pattern", () => {
  const told: readonly (readonly [unknown, string])[] = [
    [{ command: "npm test", description: "Run the tests" }, "npm test"],
    [{ command: ["git", "status", "-s"] }, "git status -s"],
    [{ command: "/bin/bash -lc 'echo hi'" }, "echo hi"],
    [{ command: "bash -c ls" }, "ls"],
    [{ file_path: "/srv/app/src/a.ts", old_string: "x" }, "/srv/app/src/a.ts"],
    [{ pattern: "TODO", path: "src" }, "TODO in src"],
    [{ query: "weather\n  in Oslo" }, "weather in Oslo"],
    [{ changes: [{ path: "a.ts" }, { path: "b.ts", kind: "add" }] }, "a.ts, b.ts"],
    [{ todos: [1, 2] }, ""],
    ["Read a file", "Read a file"],
    [null, ""],
    [{ command: "x".repeat(600) }, `${"x".repeat(500)}…`],
  ];
  for (const [input, gist] of told) assert.equal(gistOf(input), gist);
  assert.equal(gistOf({ file_path: "/srv/app/src/a.ts" }, "/srv/app"), "src/a.ts");
});
