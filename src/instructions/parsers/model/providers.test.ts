import assert from "node:assert/strict";
import { test } from "node:test";

import { z } from "zod";

import { systemClock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import { planSchema } from "#domain/plan.ts";

import { modelParser } from "../model.ts";
import { answerSchema } from "./answer-schema.ts";
import { openProviders } from "./providers.ts";
import { ScriptedChat } from "./testing-chat-model.ts";
import { FAKE_KEY, FAKE_MODEL, fakeGemini } from "./testing.ts";

const OTHER = { model: "local-1", key: "k", thinkingBudget: null } as const;
const HERE = new URL("./testing-chat-model.ts", import.meta.url).href;

const parserOf = (others: string, provider: string) => {
  const chat = openProviders({ others }).open({ ...OTHER, provider });
  return modelParser(chat, { clock: systemClock, timeoutMs: 20_000, secret: OTHER.key });
};

test("PA-216 another LangChain chat model reads instructions where the server's configuration names it", async () => {
  const parser = parserOf(`local=${HERE}#${ScriptedChat.name}`, "local");
  const { parsed, model } = await parser.read("Find contacts in London. Email them.");
  assert.ok("plan" in parsed, JSON.stringify(parsed));
  assert.deepEqual(
    parsed.plan.steps.map(({ type }) => type),
    ["search_contacts", "send_email"],
  );
  assert.equal(model, "local-1");
});

test("PA-217 a model that cannot be loaded, and one that is none, are said in words", async () => {
  for (const [others, why] of [
    ["x=@nobody/has-this#Chat", /could not be loaded by this server/],
    [`x=${HERE}#Nothing`, /could not be loaded/],
    ["x=node:events#EventEmitter", /could not be loaded/],
  ] as const) {
    const { parsed, trouble } = await parserOf(others, "x").read("Email them");
    assert.equal(trouble?.kind, "notLoaded");
    assert.match(JSON.stringify(parsed), why);
  }
  assert.throws(() => openProviders({ others: "openai" }), Fault);
  const gone = await parserOf("", "x").read("Email them");
  assert.equal(gone.trouble?.kind, "notLoaded");
  assert.deepEqual(openProviders({ others: "a=b#C, d=e#F" }).names, ["gemini", "a", "d"]);
});

async function askRaw(endpoint: string, schema: object, key = FAKE_KEY): Promise<string> {
  const answer = await fetch(`${endpoint}/v1beta/models/${FAKE_MODEL}:generateContent`, {
    method: "POST",
    headers: { "x-goog-api-key": key },
    body: JSON.stringify({
      contents: [{ role: "user", parts: [{ text: "Email them" }] }],
      generationConfig: { responseMimeType: "application/json", responseJsonSchema: schema },
    }),
  });
  return `${answer.status} ${await answer.text()}`;
}

test("PA-218 what models are asked for holds only what Google takes, and what it does not take is noticed", async () => {
  await using gemini = await fakeGemini();
  const { endpoint } = gemini;
  assert.match(await askRaw(endpoint, answerSchema()), /^200/);
  assert.match(await askRaw(endpoint, answerSchema(), "no key"), /^401/);
  const property = (schema: object) => ({ type: "object", properties: { a: schema } });
  for (const [schema, why] of [
    [z.toJSONSchema(planSchema), /Unknown name ."\$schema/],
    [property({ const: "a" }), /Unknown name ."const/],
    [property({ type: "string", pattern: "a" }), /Unknown name ."pattern/],
    [property({ type: "string", minLength: 1 }), /Unknown name ."minLength/],
    [property({ type: ["string", "null"] }), /not repeating/],
    [property({ oneOf: [{ type: "string" }] }), /oneOf/],
    [{ ...property({ $ref: "#/$defs/B" }), $defs: {} }, /leads nowhere/],
    [{ ...property({ $ref: "#/$defs/B", title: "b" }), $defs: { B: {} } }, /stand alone/],
    [
      {
        ...property({ $ref: "#/$defs/B" }),
        $defs: { B: { properties: { b: { $ref: "#/$defs/B" } }, required: ["b"] } },
      },
      /Cyclic/,
    ],
  ] as const) {
    const said = await askRaw(endpoint, schema);
    assert.match(said, /^400/);
    assert.match(said, why);
  }
});
