import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import { NOT_SAID, type TokenCounts } from "../tokens.ts";
import { genaiPrices } from "./genai-prices.ts";

const TOKENS: TokenCounts = {
  ...NOT_SAID,
  input: 300,
  cacheRead: 800,
  cacheWrite: 100,
  output: 35,
};

test("AC-21 list prices are exact to the nano-dollar, cached input at its own price", () => {
  const sonnet = genaiPrices.price("claude-sonnet-4-5-20250929", TOKENS);
  assert.deepEqual(sonnet, { nano: 2_040_000n, estimate: false });
});

test("AC-21 what is not known has no price: a model, a count, a sum of cached and fresh input", () => {
  assert.equal(genaiPrices.price("model-of-tomorrow", TOKENS), null);
  for (const count of ["input", "cacheRead", "output"] as const) {
    assert.equal(genaiPrices.price("gpt-5.1", { ...TOKENS, [count]: null }), null);
  }
});

test("AC-21 what Claude keeps for an hour costs twice what fresh input does", () => {
  const price = (more: Partial<TokenCounts>) =>
    genaiPrices.price("claude-sonnet-4-5-20250929", { ...TOKENS, input: 0, cacheRead: 0, ...more });
  const fresh = price({ input: 1000, cacheWrite: 0 })?.nano ?? 0n;
  const none = price({ cacheWrite: 0 })?.nano ?? 0n;
  const kept = price({ cacheWrite: 1000, cacheWrite1h: 1000 })?.nano ?? 0n;
  assert.equal(kept - none, 2n * (fresh - none));
  assert.equal(genaiPrices.price("gpt-5.1", { ...TOKENS, cacheWrite1h: 1 }), null);
});

test("AC-21 many small requests are not priced as one large one, and that is an estimate", () => {
  const small = genaiPrices.price("gemini-2.5-pro", {
    ...NOT_SAID,
    input: 90_000,
    cacheRead: 0,
    output: 0,
  });
  const large = genaiPrices.price("gemini-2.5-pro", {
    ...NOT_SAID,
    input: 900_000,
    cacheRead: 0,
    output: 0,
  });
  assert.deepEqual([small?.estimate, large?.estimate], [false, true]);
  assert.equal(large?.nano, (small?.nano ?? 0n) * 10n);
});

test("AC-21 no counts make it fail", () =>
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (input, cacheRead, output) => {
      const priced = genaiPrices.price("gpt-5.1", { ...NOT_SAID, input, cacheRead, output });
      assert.ok(priced !== null && priced.nano >= 0n);
    }),
  ));

test("the table names the version of its package", () => {
  const manifest = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(manifest);
  assert.equal(genaiPrices.name, `genai-prices ${dependencies["@pydantic/genai-prices"]}`);
});
