import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, test } from "node:test";

const loaded: string[] = [];
// Before anything of Stint is loaded: whatever loads a package is seen.
const hooks = registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier.startsWith("@langchain/")) loaded.push(specifier);
    return next(specifier, context);
  },
});
after(() => hooks.deregister());

test("ML-49 no package of a language model is loaded before a workspace with a key has its first text to read", async () => {
  const { fakeGemini, FAKE_KEY } = await import("#instructions/parsers/model/testing.ts");
  await using gemini = await fakeGemini();
  process.env["STINT_GEMINI_ENDPOINT"] = gemini.endpoint;
  const { openStint } = await import("./server.ts");
  await using stint = await openStint();
  const agent = { body: { name: "A", instructions: "Notify me." } };
  assert.equal((await stint.ask("POST", "agents", agent)).status, 201);
  await stint.ask("PUT", "settings/model", { body: { key: FAKE_KEY } });
  assert.equal(loaded.length, 0, loaded.join());
  assert.equal((await stint.ask("POST", "agents", agent)).body.reading.parser, "model");
  assert.ok(loaded.includes("@langchain/google"));
});
