import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { alike, errorIdOf } from "./alike.ts";

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

test("AP-87 no address is left in what errors say, whatever its alphabet and wherever the message is cut", () => {
  for (const address of ["jürgen@bücher.example", "root@localhost", "王@例え.jp", "<a.b+c@d-e.fr>"])
    assert.doesNotMatch(alike(`No mail to ${address}: it came back`), /@/);
  fc.assert(
    fc.property(fc.nat(600), fc.constantFrom(" ", "x", "(", "x "), (length, filling) => {
      const before = filling.repeat(length).slice(0, length);
      assert.doesNotMatch(alike(`${before} jane.doe@acme.test`), /jane|@/);
    }),
  );
  const long = "x".repeat(1_000_000);
  assert.equal(alike(long).length, 300);
});

test("AP-88 the id of an error comes out the same in every release: what was said of it hangs on it", () => {
  assert.equal(
    errorIdOf("invocation", "crash", "Its process ended with an error."),
    "err_5c45eca049da08b5b6478399",
  );
  assert.equal(
    errorIdOf("automation", "limit", "jo@acme.test was mailed 3 times"),
    errorIdOf("automation", "limit", "al@acme.test was mailed 12 times"),
  );
  assert.notEqual(errorIdOf("automation", "a", "x"), errorIdOf("automation", "b", "x"));
  assert.notEqual(errorIdOf("automation", "a", "x"), errorIdOf("program", "a", "x"));
});
