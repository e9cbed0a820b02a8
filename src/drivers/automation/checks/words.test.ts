import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { spotOf } from "./words.ts";

test("VA-24 a name is found in the words whatever stands in it, as it is or in words", () => {
  const words = "Send the 're-engagement (v2.0)' email; set lead score to 5";
  const found = (name: string): string | undefined => {
    const span = spotOf(words, undefined, name)?.span;
    return span && words.slice(span.start, span.end);
  };
  assert.equal(found("Re-Engagement (v2.0)"), "re-engagement (v2.0)");
  assert.equal(found("contact.leadScore"), "lead score");
  assert.equal(found("eng"), undefined);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, name) => {
      const span = spotOf(text, undefined, name)?.span;
      if (span !== undefined) assert.ok(span.start < span.end && span.end <= text.length);
    }),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      if (name.trim() !== "") assert.ok(spotOf(`the ${name} one`, undefined, name) !== undefined);
    }),
  );
});
