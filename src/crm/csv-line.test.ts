import assert from "node:assert/strict";
import { test } from "node:test";

import { csvLine } from "./csv-line.ts";

test("AP-25 what a spreadsheet would take for a formula comes out as a text", () => {
  assert.equal(
    csvLine(["=1+1", "+49", "-x", "@a", "\tb", -5, null, 'say "a, b"', "plain"]),
    `'=1+1,'+49,'-x,'@a,'\tb,-5,,"say ""a, b""",plain\r\n`,
  );
});
