import assert from "node:assert/strict";
import { test } from "node:test";

import { testClock, type TestClock } from "#domain/test-clock.ts";

import type { ModelReading } from "./parsers/model.ts";
import { openProviders } from "./parsers/model/providers.ts";
import {
  BAD_KEY,
  BLOCKED,
  FAKE_KEY,
  FAKE_MODEL,
  type FakeAnswer,
  type FakeGemini,
  fakeGemini,
  QUOTA,
  UNKNOWN_MODEL,
} from "./parsers/model/testing.ts";
import { type ModelChoice, openReader, type Reader } from "./reader.ts";

const TEXT = "Find contacts in London. Email them.";

const CHOICE: ModelChoice = {
  provider: "gemini",
  model: FAKE_MODEL,
  key: FAKE_KEY,
  thinkingBudget: null,
  timeoutMs: 20_000,
};

interface Given extends AsyncDisposable {
  readonly clock: TestClock;
  readonly reader: Reader;
  readonly gemini: FakeGemini;
  readonly recorded: readonly ModelReading[];
}

async function given(
  choice: ModelChoice | null,
  ...answers: readonly FakeAnswer[]
): Promise<Given> {
  const gemini = await fakeGemini();
  gemini.next(...answers);
  const recorded: ModelReading[] = [];
  const clock = testClock();
  const reader = openReader({
    clock,
    providers: openProviders({ geminiEndpoint: gemini.endpoint }),
    modelOf: async () => choice,
    record: async (_ws, reading) => {
      recorded.push(reading);
    },
  });
  return {
    reader,
    clock,
    gemini,
    recorded,
    [Symbol.asyncDispose]: () => gemini[Symbol.asyncDispose](),
  };
}

test("PA-219 without a model the built-in parser reads, with one the model does, unless a person asks for the other", async () => {
  await using none = await given(null);
  assert.deepEqual((await none.reader.read(TEXT, 1)).reading, {
    parser: "offline",
    model: null,
    notice: null,
    remarks: [],
  });
  assert.match(
    (await none.reader.read(TEXT, 1, "model")).reading.notice ?? "",
    /no language model/,
  );
  await using some = await given(CHOICE);
  const read = await some.reader.read(TEXT, 1);
  assert.deepEqual(read.reading, { parser: "model", model: FAKE_MODEL, notice: null, remarks: [] });
  assert.ok("plan" in read);
  assert.equal((await some.reader.read(TEXT, 1, "offline")).reading.parser, "offline");
  assert.equal(some.gemini.requests.length, 1);
});

test("PA-220 where the model is not to be had the built-in parser reads in its place, and says why and what to do", async () => {
  await using asked = await given(CHOICE, QUOTA);
  const read = await asked.reader.read(TEXT, 1);
  assert.ok("plan" in read);
  assert.equal(read.reading.parser, "offline");
  assert.equal(
    read.reading.notice,
    "The model gemini-2.5-pro has no quota left on this key (429): the built-in parser read the instructions. Raise the quota or the billing at the provider, or wait until it resets.",
  );
  assert.equal(asked.recorded[0]?.trouble?.kind, "quota");
});

test("PA-221 what will not mend by itself, and what the model refuses, is a refusal: the other parser is not put in its place", async () => {
  for (const [answer, why] of [
    [BAD_KEY, /did not accept the key/],
    [UNKNOWN_MODEL, /was retired/],
    [BLOCKED, /safety filter/],
  ] as const) {
    await using asked = await given(CHOICE, answer);
    const read = await asked.reader.read(TEXT, 1);
    assert.ok("error" in read);
    assert.match(read.error.details[0]?.reason ?? "", why);
    assert.equal(read.reading.parser, "model");
  }
  await using refusing = await given(CHOICE);
  const read = await refusing.reader.read("Find contacts in London, and merge the duplicates.", 1);
  assert.ok("error" in read);
  assert.match(read.error.details[0]?.text ?? "", /duplicates/);
  await using lost = await given({ ...CHOICE, key: undefined });
  const keyless = await lost.reader.read(TEXT, 1);
  assert.ok("error" in keyless);
  assert.match(keyless.error.details[0]?.reason ?? "", /key that this server can no longer read/);
});

test("PA-222 another model that answers in the place of the one that was asked is told by name", async () => {
  await using asked = await given(CHOICE, {
    status: 200,
    body: {
      candidates: [
        {
          content: {
            role: "model",
            parts: [
              {
                text: '{"refused":[],"steps":[{"quote":"Email them","type":"send_email","params":{}}]}',
              },
            ],
          },
          finishReason: "STOP",
        },
      ],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
      modelVersion: "gemini-3.8-flash",
    },
  });
  const { reading } = await asked.reader.read("Email them", 1);
  assert.deepEqual(reading, {
    parser: "model",
    model: "gemini-3.8-flash",
    notice: "gemini-2.5-pro was asked, and gemini-3.8-flash answered.",
    remarks: [],
  });
  assert.equal(asked.recorded[0]?.model, "gemini-3.8-flash");
});

test("PA-223 what the model has read holds for ten minutes, in its workspace, for the same words and settings, unless it is asked by name", async () => {
  await using asked = await given(CHOICE, QUOTA);
  const { reader, clock, gemini } = asked;
  const requests = async (words: string, ws: number, by?: "model"): Promise<number> => {
    const before = gemini.requests.length;
    await reader.read(words, ws, by);
    return gemini.requests.length - before;
  };
  assert.equal(await requests(TEXT, 1), 1); // no answer: nothing to remember
  assert.equal(await requests(TEXT, 1, "model"), 1);
  assert.equal(await requests(TEXT, 1), 0);
  assert.equal(await requests(TEXT, 2), 1);
  assert.equal(await requests(`${TEXT} Stop.`, 1), 1);
  assert.equal(await requests(TEXT, 1, "model"), 1);
  clock.advance(10 * 60_000);
  assert.equal(await requests(TEXT, 1), 1);
});
