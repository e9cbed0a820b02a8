import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";

import { systemClock } from "#domain/clock.ts";
import type { Plan, PlanStep, Span } from "#domain/plan.ts";

import { parserConformance } from "../parser.conformance.ts";
import { type ModelParser, modelParser } from "./model.ts";
import { answerSchema } from "./model/answer-schema.ts";
import type { Patience } from "./model/ask.ts";
import { openProviders } from "./model/providers.ts";
import { type AlarmClock, alarmClock } from "./model/testing-clock.ts";
import {
  answering,
  BAD_KEY,
  BLOCKED,
  failing,
  FAKE_KEY,
  FAKE_MODEL,
  type FakeAnswer,
  type FakeGemini,
  fakeGemini,
  HASTE,
  OVERLOADED,
  QUOTA,
  readingOf,
  saying,
  UNKNOWN_MODEL,
  UNSAFE,
} from "./model/testing.ts";

interface Recording {
  readonly text: string;
  readonly answer: {
    readonly steps: readonly PlanStep[] | null;
    readonly refused: readonly unknown[];
  };
}

/** What a model answered to texts of others, its small liberties included: nulls, straightened quotes, other case. */
const RECORDED = readFileSync(
  new URL("../../../test/fixtures/gemini-answers.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recording);

const TIMEOUT_MS = 20_000;

function openParser(
  { endpoint }: FakeGemini,
  more: Partial<Patience> = {},
  key = FAKE_KEY,
): ModelParser {
  const config = { provider: "gemini", model: FAKE_MODEL, key, thinkingBudget: 1024 };
  const chat = openProviders({ geminiEndpoint: endpoint }).open(config);
  return modelParser(chat, { clock: systemClock, timeoutMs: TIMEOUT_MS, secret: key, ...more });
}

const shared = await fakeGemini(new Map(RECORDED.map(({ text, answer }) => [text, answer])));
after(() => shared[Symbol.asyncDispose]());

parserConformance(openParser(shared), { runs: 40 });

const TEXT = "Find contacts in London. Email them.";

interface Asked extends AsyncDisposable {
  readonly gemini: FakeGemini;
  readonly parser: ModelParser;
  readonly clock: AlarmClock;
}

/** A model that answers so, and a parser whose time the test moves. */
async function given(...answers: readonly FakeAnswer[]): Promise<Asked> {
  const gemini = await fakeGemini();
  gemini.next(...answers);
  const clock = alarmClock();
  const parser = openParser(gemini, { clock });
  return { gemini, parser, clock, [Symbol.asyncDispose]: () => gemini[Symbol.asyncDispose]() };
}

async function refusalOf(parser: ModelParser): Promise<string> {
  const { parsed } = await parser.read(TEXT);
  assert.ok("error" in parsed, JSON.stringify(parsed));
  const [detail] = parsed.error.details;
  assert.equal(detail?.text, TEXT);
  return `${detail.reason}. ${detail.suggestion}`;
}

const bare = (json: unknown): unknown =>
  JSON.parse(
    JSON.stringify(json, (key, value: unknown) =>
      key === "span" || key === "quote" || value === null ? undefined : value,
    ),
  );

function spansOf(steps: readonly PlanStep[]): readonly (Span | undefined)[] {
  return steps.flatMap((step) =>
    step.type === "if"
      ? [step.span, ...spansOf(step.then), ...spansOf(step.else ?? [])]
      : [step.span],
  );
}

test("PA-200 the request is one that Google takes: its own schema keywords, the key in a header, no trace of it elsewhere", async () => {
  await using asked = await given();
  const { parsed, calls } = await asked.parser.read(TEXT);
  assert.ok("plan" in parsed, JSON.stringify(parsed));
  assert.equal(calls, 1);
  assert.equal(asked.gemini.requests.length, 1);
  const { body } = asked.gemini.requests[0]!;
  const config = body["generationConfig"] as Record<string, unknown>;
  assert.equal(config["temperature"], 0);
  assert.equal(config["responseMimeType"], "application/json");
  assert.deepEqual(config["responseJsonSchema"], answerSchema());
  assert.deepEqual(config["thinkingConfig"], { includeThoughts: true, thinkingBudget: 1024 });
  assert.ok(!JSON.stringify(body).includes(FAKE_KEY));
});

test("PA-200 where a model refuses the schema it is asked without one, and its answer is held to the same", async () => {
  const tooMuch =
    "The specified schema produces a constraint that has too many states for serving.";
  const refusal = failing(400, "INVALID_ARGUMENT", tooMuch);
  const fenced = `\`\`\`json\n${JSON.stringify(readingOf(TEXT))}\n\`\`\``;
  await using asked = await given(refusal, saying(fenced));
  assert.ok("plan" in (await asked.parser.parse(TEXT)));
  const [, plain] = asked.gemini.requests;
  assert.ok(!JSON.stringify(plain?.body).includes("responseJsonSchema"));
  await using wrong = await given(
    refusal,
    saying('{"steps": [{"type": "no such"}]}'),
    refusal,
    saying("no"),
  );
  assert.match(await refusalOf(wrong.parser), /no answer that can be used/);
});

test("PA-201 recorded answers become the plans that they say, each step with its own words", async () => {
  const parser = openParser(shared);
  for (const { text, answer } of RECORDED) {
    const parsed = await parser.parse(text);
    if (answer.refused.length > 0) {
      assert.ok("error" in parsed, text);
      assert.deepEqual(parsed.error.details, answer.refused);
      continue;
    }
    assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
    const { refused: _refused, ...plan } = answer;
    assert.deepEqual(bare(parsed.plan), bare(plan as unknown as Plan), text);
    const rough = spansOf(parsed.plan.steps).filter((span) => span?.rough === true);
    assert.deepEqual(rough, [], text);
  }
});

test("PA-204 an answer that is no plan is asked for again once, with what was wrong, and then refused", async () => {
  const wrong = {
    refused: [],
    steps: [{ quote: "Email them", type: "send_email", params: { cc: "x" } }],
  };
  await using mended = await given(answering(wrong), answering(readingOf(TEXT)));
  const { parsed, calls } = await mended.parser.read(TEXT);
  assert.ok("plan" in parsed);
  assert.equal(calls, 2);
  const last = JSON.stringify(mended.gemini.requests[1]?.body["contents"]);
  assert.match(last, /steps\.0\.params: Unrecognized key/);
  assert.equal(mended.gemini.requests[1]?.turns, 3);

  await using stubborn = await given(answering(wrong), answering(wrong));
  const refused = await stubborn.parser.parse(TEXT);
  assert.ok("error" in refused);
  assert.equal(refused.error.details[0]?.text, "Email them");
  assert.match(refused.error.details[0].reason, /cannot be carried out: Unrecognized key/);
  assert.equal(stubborn.gemini.requests.length, 2);
});

test("PA-205 an answer that is no JSON is asked for again once, and then said to be of no use", async () => {
  await using mended = await given(saying("Sure! Here is your plan:"), answering(readingOf(TEXT)));
  assert.ok("plan" in (await mended.parser.parse(TEXT)));
  const html = { status: 200, body: "<html>proxy</html>" };
  const nothing = { status: 200, body: { candidates: [] } };
  for (const answer of [html, nothing]) {
    await using once = await given(answer);
    assert.ok("plan" in (await once.parser.parse(TEXT)));
    await using twice = await given(answer, answer);
    assert.match(await refusalOf(twice.parser), /gave no answer that can be used/);
  }
  await using stubborn = await given(saying('{"steps": ['), saying("no"));
  assert.match(await refusalOf(stubborn.parser), /no answer that can be used.*shorter sentences/);
});

test("PA-206 a truncated answer is never taken for a plan, and says what to lower or split", async () => {
  const whole = JSON.stringify(readingOf(TEXT));
  for (const cut of [whole, whole.slice(0, -30), ""]) {
    await using asked = await given(saying(cut === "" ? " " : cut, "MAX_TOKENS"));
    assert.match(await refusalOf(asked.parser), /was cut off.*Split the work/);
    assert.equal(asked.gemini.requests.length, 1);
  }
});

test("PA-207 a blocked text, and an answer stopped for safety, say so and suggest other words", async () => {
  for (const answer of [BLOCKED, UNSAFE, saying("{}", "RECITATION")]) {
    await using asked = await given(answer);
    assert.match(await refusalOf(asked.parser), /safety filter stopped it\. Say it in other words/);
    assert.equal(asked.gemini.requests.length, 1);
  }
});

test("PA-208 an overloaded model is asked up to three times, a second and then two apart", async () => {
  await using asked = await given(OVERLOADED, OVERLOADED);
  const { clock, parser, gemini } = asked;
  const reading = parser.read(TEXT);
  for (const pause of [1000, 2000]) {
    assert.equal(await clock.alarm(), TIMEOUT_MS);
    assert.equal(await clock.alarm(), pause);
    clock.advance(pause);
  }
  assert.ok("plan" in (await reading).parsed);
  assert.equal(gemini.requests.length, 3);
});

test("PA-209 the provider's own delay is kept, and one that no person waits for ends it", async () => {
  await using short = await given(HASTE(7));
  const reading = short.parser.read(TEXT);
  assert.equal(await short.clock.alarm(), TIMEOUT_MS);
  assert.equal(await short.clock.alarm(), 7000);
  short.clock.advance(7000);
  assert.equal((await reading).trouble, null);
  await using long = await given(HASTE(60));
  const { trouble } = await long.parser.read(TEXT);
  assert.deepEqual(trouble, { kind: "rateLimited", status: 429, retryAfterMs: 60_000 });
  assert.equal(long.gemini.requests.length, 1);
});

test("PA-210 a quota that is used up is not asked again", async () => {
  await using asked = await given(QUOTA);
  const { trouble } = await asked.parser.read(TEXT);
  assert.equal(trouble?.kind, "quota");
  assert.equal(asked.gemini.requests.length, 1);
});

test("PA-211 a slow answer is given up at its deadline", async () => {
  await using asked = await given("hang");
  const reading = asked.parser.read(TEXT);
  await asked.gemini.asked(1);
  asked.clock.advance(TIMEOUT_MS);
  const { trouble, parsed } = await reading;
  assert.equal(trouble?.kind, "slow");
  assert.match(JSON.stringify(parsed), /gemini-2\.5-pro did not answer in time/);
});

test("PA-211 all tries together take at most twice as long as one may", async () => {
  await using asked = await given(OVERLOADED, "hang");
  const { clock, parser, gemini } = asked;
  const reading = parser.read(TEXT);
  assert.equal(await clock.alarm(), TIMEOUT_MS);
  assert.equal(await clock.alarm(), 1000);
  clock.advance(2 * TIMEOUT_MS - 500);
  assert.equal(await clock.alarm(), 500);
  await gemini.asked(2);
  clock.advance(500);
  assert.equal((await reading).trouble?.kind, "slow");
});

test("PA-212 a wrong key, a retired model and a refused request each have words of their own, without the key", async () => {
  const cases: readonly (readonly [FakeAnswer, RegExp])[] = [
    [BAD_KEY, /did not accept the key \(400\)\. Enter a key/],
    [failing(401, "UNAUTHENTICATED", `bad ${FAKE_KEY}`), /did not accept the key \(401\)/],
    [failing(403, "PERMISSION_DENIED", "no"), /did not accept the key \(403\)/],
    [UNKNOWN_MODEL, /does not exist at its provider, or was retired \(404\)\. Choose a model/],
    [failing(400, "INVALID_ARGUMENT", `odd ${FAKE_KEY}`), /refused the request \(400\): odd …\. /],
  ];
  for (const [answer, words] of cases) {
    await using asked = await given(answer);
    const said = await refusalOf(asked.parser);
    assert.match(said, words);
    assert.ok(!said.includes(FAKE_KEY));
    assert.equal(asked.gemini.requests.length, 1);
  }
  assert.match(await refusalOf(openParser(shared, {}, "another key")), /did not accept the key/);
});

test("PA-213 tokens are counted over all requests: what was cached apart, what was thought as output", async () => {
  await using asked = await given(saying("no"), answering(readingOf(TEXT)));
  const { tokens, calls, model } = await asked.parser.read(TEXT);
  assert.deepEqual(tokens, { input: 2000, cacheRead: 400, cacheWrite: 0, output: 200 });
  assert.equal(calls, 2);
  assert.equal(model, FAKE_MODEL);
});

test("PA-214 a model that nobody answers for is told from one that failed", async () => {
  const gemini = await fakeGemini();
  await gemini[Symbol.asyncDispose]();
  const clock = alarmClock();
  const reading = openParser(gemini, { clock }).read(TEXT);
  for (const pause of [1000, 2000]) {
    assert.equal(await clock.alarm(), TIMEOUT_MS);
    assert.equal(await clock.alarm(), pause);
    clock.advance(pause);
  }
  assert.deepEqual((await reading).trouble, { kind: "network" });
});
