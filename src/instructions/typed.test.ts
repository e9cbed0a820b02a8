import assert from "node:assert/strict";
import { suite, test } from "node:test";

import type { Parsed } from "#domain/plan.ts";

import { wholeTexts } from "./corpora.ts";
import { differences } from "./evaluation/agreement.ts";
import { parseOffline } from "./parsers/offline.ts";

const ANSWERS: ReadonlyMap<string, Parsed> = new Map(
  wholeTexts().map(({ text }) => [text, parseOffline(text)]),
);

const betweenQuotes = /("[^"]*"|(?<!\w)'[^']*(?:'\w[^']*)*'(?!\w))/;

/** Changes only what stands outside quotes: what stands inside is a text of its own. */
const outside =
  (change: (text: string) => string) =>
  (text: string): string =>
    text
      .split(betweenQuotes)
      .map((part, index) => (index % 2 === 1 ? part : change(part)))
      .join("");

/** Other ways to type the same. */
const TYPED: Readonly<Record<string, (text: string) => string>> = {
  "with quotes of a word processor": (text) =>
    text
      .replaceAll(/(^|[\s(:])'/g, "$1‘")
      .replaceAll("'", "’")
      .replaceAll(/(^|[\s(:])"/g, "$1“")
      .replaceAll('"', "”"),
  "with line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
  "with two spaces": outside((text) => text.replaceAll(/(?<=\S) (?=\S)/g, "  ")),
  "with spaces that do not break": outside((text) => text.replaceAll(/(?<=\S) (?=\S)/g, "\u00A0")),
  "with tabs": outside((text) => text.replaceAll(/(?<=\S) (?=\S)/g, "\t")),
  "without the last full stop": (text) => text.replace(/\.\s*$/, ""),
  "with an exclamation mark": (text) => text.replace(/\.\s*$/, "!"),
  "between blank lines": (text) => `\n\n${text}\n\n`,
  "with drawn arrows": (text) => text.replaceAll("->", "→"),
  "with a greeting": (text) => (/^\w+\)/.test(text) ? text : `Hi! ${text}`),
  "with commas before the last": outside((text) => text.replaceAll(/(?<=\w), and /g, " and ")),
};

function tellDifference(before: Parsed, after: Parsed): readonly string[] {
  return differences("error" in before ? { error: true } : before.plan, after);
}

suite("how it is typed does not matter", () => {
  for (const [how, type] of Object.entries(TYPED)) {
    test(`PA-192 ${how}, the labelled texts are answered as before`, () => {
      for (const [text, answer] of ANSWERS) {
        const typed = type(text);
        if (typed === text) continue;
        assert.deepEqual(tellDifference(answer, parseOffline(typed)), [], typed);
      }
    });
  }
});
