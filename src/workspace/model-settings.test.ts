import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { newModelSettingsSchema } from "#contract/shapes/model-settings.ts";
import { NO_TOKENS } from "#domain/spending.ts";

import { costOf } from "./model-usage.ts";
import { openSealing } from "./sealing.ts";
import { openTestWorkspaces } from "./testing.ts";

const KEY = "AIzaSecret-key-9f3c";
const given = (more: object) => newModelSettingsSchema.parse(more);
const DAY = 86_400_000;

test("ML-41 a model's key is kept sealed, told by its last characters alone, and stays until it is replaced or removed", async () => {
  await using world = await openTestWorkspaces();
  const { modelSettings, entered, audit, store } = world;
  const ws = entered.workspace.no;
  assert.equal((await modelSettings.read(ws)).key, null);
  assert.equal(await modelSettings.usable(ws), null);
  const saved = await modelSettings.replace(entered, given({ key: KEY, timeoutSeconds: 5 }));
  assert.deepEqual(saved.key, { hint: "…9f3c", setAt: world.clock.now() });
  assert.equal((await modelSettings.usable(ws))?.key, KEY);
  await modelSettings.replace(entered, given({ model: "gemini-3.8-flash" }));
  const usable = await modelSettings.usable(ws);
  assert.deepEqual([usable?.key, usable?.model], [KEY, "gemini-3.8-flash"]);
  for (const file of [store.path, `${store.path}-wal`].filter((path) => existsSync(path)))
    assert.ok(!readFileSync(file).includes(KEY), file);
  const entries = (await audit.list(ws, { limit: 10 })).items;
  assert.ok(!JSON.stringify(entries).includes(KEY));
  assert.equal(entries[0]?.action, "model.changed");
  await modelSettings.replace(entered, given({ key: null }));
  assert.equal(await modelSettings.usable(ws), null);
});

test("ML-42 a key goes to no other provider than the one that it was entered for", async () => {
  await using world = await openTestWorkspaces();
  const { modelSettings, entered } = world;
  await modelSettings.replace(entered, given({ key: KEY }));
  await assert.rejects(
    modelSettings.replace(entered, given({ provider: "other", model: "m" })),
    /key that is kept is one of gemini/,
  );
  await modelSettings.replace(entered, given({ provider: "other", model: "m", key: "k2" }));
  assert.equal((await modelSettings.usable(entered.workspace.no))?.key, "k2");
});

test("ML-43 what is sealed opens only under its secret, for what it was sealed for, and undamaged", () => {
  const sealing = openSealing(() => "one secret");
  const sealed = sealing.seal(KEY, "a");
  assert.equal(sealing.open(sealed, "a"), KEY);
  assert.notEqual(sealing.seal(KEY, "a"), sealed);
  assert.equal(sealing.open(sealed, "b"), undefined);
  assert.equal(openSealing(() => "another").open(sealed, "a"), undefined);
  const [form, iv, text, tag = ""] = sealed.split(".");
  const shortTag = Buffer.from(tag, "base64url").subarray(0, 4).toString("base64url");
  for (const broken of [
    [form, iv, text, shortTag].join("."),
    [form, iv, `${text}AA`, tag].join("."),
    ["v2", iv, text, tag].join("."),
    "",
    "v1",
  ]) {
    assert.equal(sealing.open(broken, "a"), undefined, broken);
  }
});

test("ML-44 what a model used is summed by model over thirty days, an unknown cost counted as unknown", async () => {
  await using world = await openTestWorkspaces();
  const { modelUsage, entered, clock } = world;
  const ws = entered.workspace.no;
  const tokens = { ...NO_TOKENS, input: 1000, output: 10 };
  const use = { model: "m", isTroubled: false, tokens, cost: 250_000_000 };
  await modelUsage.record(ws, use);
  clock.advance(20 * DAY);
  await modelUsage.record(ws, { ...use, isTroubled: true, cost: null });
  await modelUsage.record(ws, { ...use, model: "n", cost: null });
  const [first, second] = await modelUsage.lately(ws);
  assert.deepEqual(first, {
    model: "m",
    readings: 2,
    troubled: 1,
    spending: { cost: 250_000_000, unknown: 1, tokens: { ...NO_TOKENS, input: 2000, output: 20 } },
  });
  assert.equal(second?.spending.cost, null);
  clock.advance(15 * DAY);
  assert.equal((await modelUsage.lately(ws)).find(({ model }) => model === "m")?.readings, 1);
  assert.deepEqual(await modelUsage.lately(ws + 1), []);
  const prices = { input: 2, output: 10 };
  assert.equal(costOf({ input: 1e6, cacheRead: 1e6, cacheWrite: 0, output: 1e5 }, prices), 5e9);
});
