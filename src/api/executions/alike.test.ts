import assert from "node:assert/strict";
import { test } from "node:test";

import { alike } from "./alike.ts";

test("IV-21 two failures are alike where they differ in numbers, ids and addresses alone", () => {
  const pairs = [
    ["It took longer than 10 s.", "It took longer than 12.5 s."],
    ["No mail to jane@acme.test", "No mail to joe.doe@mail.acme.org"],
    [
      "The child prg_019353a6-7d2e-7c3a-9b1f-0a1b2c3d4e5f was canceled.",
      "The child prg_019353a6-aaaa-7c3a-9b1f-0a1b2c3d4e60 was canceled.",
    ],
    ["at 0x7f3a in deadbeef00112233", "at 0x11 in cafebabe99887766"],
  ] as const;
  for (const [one, other] of pairs) assert.equal(alike(one), alike(other));
  assert.notEqual(alike("It was refused."), alike("It was denied."));
  assert.equal(alike("Exit code 3 of feed"), "Exit code # of feed");
});
