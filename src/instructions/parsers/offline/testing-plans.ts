/** What tests of the grammar ask of texts: the plan that they become, without the places it came from. */
import assert from "node:assert/strict";

import type { Plan } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";

const withoutSpans = (plan: Plan): Plan =>
  JSON.parse(
    JSON.stringify(plan, (key, value: unknown) => (key === "span" ? undefined : value)),
  ) as Plan;

/** Fails where the text is refused. */
export function planOf(text: string): Plan {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  return withoutSpans(parsed.plan);
}

/** The plan, or the words that refuse the text. */
export function planOrRefusal(text: string): Plan | { readonly refused: string | undefined } {
  const parsed = parseOffline(text);
  if ("error" in parsed) return { refused: parsed.error.details[0]?.text };
  return withoutSpans(parsed.plan);
}

export function assertSame(texts: readonly string[], plain: string): void {
  for (const text of texts) assert.deepEqual(planOf(text), planOf(plain), text);
}

export function assertRefused(texts: readonly string[]): void {
  for (const text of texts) assert.ok("error" in parseOffline(text), text);
}

/** Each text of the first kind means what the one beside it says in plain sentences. */
export function assertMeans(pairs: Readonly<Record<string, string>>): void {
  for (const [text, plain] of Object.entries(pairs))
    assert.deepEqual(planOrRefusal(text), planOf(plain), text);
}

/** As a test's whole body. */
export const means = (pairs: Readonly<Record<string, string>>) => (): void => assertMeans(pairs);

/** A test's whole body: each text is told as it stands beside it, by the test's own outline of plans. */
export const tells =
  (outline: (text: string) => string) => (cases: Readonly<Record<string, string>>) => (): void => {
    const got = Object.fromEntries(Object.keys(cases).map((text) => [text, outline(text)]));
    assert.deepEqual(got, cases);
  };
