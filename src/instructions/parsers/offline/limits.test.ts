import assert from "node:assert/strict";
import { test } from "node:test";

import { LONGEST_TEXT } from "../../parser.ts";
import { parseOffline } from "../offline.ts";

const long = (words: string): string =>
  words.repeat(Math.floor(LONGEST_TEXT / words.length)).slice(0, LONGEST_TEXT);

/** Texts of nothing but nesting, joints, quotes and beginnings. */
const NASTY = [
  "a",
  "if ",
  "if they replied, ",
  "(",
  "()",
  "not (",
  "'",
  '"',
  `"'`,
  "otherwise ",
  "find contacts where title is A or ",
  "no wait, ",
  "day 1 ",
  "don't email anyone not ",
  "contacts who get ",
  "when a contact replies and ",
  "\n- if they replied:",
  "1. ",
  "-> ",
  ", ",
].map(long);

test("PA-108 texts of nothing but nesting, quotes, joints or beginnings are refused within 100 ms", () => {
  for (const text of NASTY) parseOffline(text.slice(0, 200));
  for (const text of NASTY) {
    const before = process.threadCpuUsage(); // what others do on the machine is not its time
    const parsed = parseOffline(text);
    const { user, system } = process.threadCpuUsage(before);
    assert.ok("error" in parsed, text.slice(0, 40));
    assert.ok(parsed.error.details[0]?.reason !== "", text.slice(0, 40));
    assert.ok(user + system < 100_000, `${text.slice(0, 40)} took ${user + system} us`);
  }
});
