import assert from "node:assert/strict";
import { test } from "node:test";

import { newModelSettingsSchema } from "#contract/shapes/model-settings.ts";

import { modelSettingsFrom, modelValuesOf, phraseCost } from "./model-values.ts";

const shown = {
  provider: "gemini",
  model: "gemini-2.5-pro",
  key: { hint: "…9f3c", setAt: "2026-01-05T09:00:00.000Z" },
  timeoutSeconds: 20,
  thinkingBudget: null,
  prices: { input: 1.25, output: 10 },
  providers: ["gemini"],
  notice: null,
  usage: [],
};

test("PG-77 the model's settings are sent as they are shown; a key only where one was entered", () => {
  const sent = modelSettingsFrom(modelValuesOf(shown));
  const { key: _key, providers: _providers, notice: _notice, usage: _usage, ...kept } = shown;
  assert.deepEqual(newModelSettingsSchema.parse(sent), kept);
  assert.equal(modelSettingsFrom({ ...modelValuesOf(shown), key: " k-1 " }).key, "k-1");
  assert.equal(modelSettingsFrom({ ...modelValuesOf(shown), hasPrices: false }).prices, null);
});

test("PG-78 what reading cost is told exactly, and what is not known of it is said", () => {
  assert.deepEqual(
    [phraseCost("0.0042", 0), phraseCost(null, 2), phraseCost("0.1", 2), phraseCost(null, 0)],
    ["$0.0042", "unknown", "$0.1 (2 not known)", "–"],
  );
});
