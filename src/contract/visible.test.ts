import assert from "node:assert/strict";
import { test } from "node:test";

import { visible } from "./visible.ts";

test("AC-60 control characters and what turns the direction of reading are written out; all else stays", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["ls \u001B]; rm -rf /home #\u0007", String.raw`ls \u001B]; rm -rf /home #\u0007`],
    ["ls \u009D; rm -rf /home #\u009C", String.raw`ls \u009D; rm -rf /home #\u009C`],
    ["rm -rf /\rls", String.raw`rm -rf /\u000Dls`],
    ["a\u202Eb\u2066c\u2069\u200F\u061C", String.raw`a\u202Eb\u2066c\u2069\u200F\u061C`],
    ["a\u2028b\u200Bc\u00AD\u{E0041}", String.raw`a\u2028b\u200Bc\u00AD\u{E0041}`],
    ["a\u0000\b\u007F", String.raw`a\u0000\u0008\u007F`],
    ["tabs\tand\nlines, 日本 👩‍👩‍👧 stay", "tabs\tand\nlines, 日本 👩‍👩‍👧 stay"],
  ];
  for (const [given, wanted] of cases) {
    assert.equal(visible(given), wanted);
    assert.equal(visible(wanted), wanted);
  }
});
