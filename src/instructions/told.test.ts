import assert from "node:assert/strict";
import { suite, test } from "node:test";

import fc from "fast-check";

import { wholeTexts } from "./corpora.ts";
import { parseOffline } from "./parsers/offline.ts";

/** What may be a remark, and may be a wish: nobody can tell from the words alone. Upper case marks the words that say it. */
const SAID = [
  "ACME is a CLIENT",
  "we have MILAN already",
  "a HANDWRITTEN CARD works wonders",
  "the PHONE works better",
  "my BOSS loves GLOBEX",
  "GLOBEX was fun",
  "they FROZE their BUDGET",
  "LEGAL is fine with it",
  "sorry, not ACME",
  "to SPARE ACME",
  "nobody likes SPAM",
  "INITECH pays LATE",
  "BOB knows them well",
  "everyone but ACME",
  "thanks, ACME",
  "not the DUTCH ones",
  "in ITALIAN",
  "ask BOB",
];

type Form = (before: string, said: string, behind: string) => string;

const FORMS: readonly Form[] = [
  (before, said, behind) => `${before}. ${said}.${behind}`,
  (before, said, behind) => `${before}, ${said}.${behind}`,
  (before, said, behind) => `${before} (${said}).${behind}`,
  (before, said, behind) => `${before} - ${said}.${behind}`,
];

interface Hidden {
  readonly text: string;
  readonly words: readonly string[];
}

/** A labelled text with the words behind one of its sentences. */
function hide(text: string, place: number, said: string, form: Form): Hidden {
  const words = said.match(/\b[A-Z]{2,}\b/g) ?? [];
  const ends = Array.from(text.matchAll(/\.(?=\s|$)/g), ({ index }) => index);
  const end = ends[place % Math.max(1, ends.length)] ?? text.length;
  const plain = said.replaceAll(/\b[A-Z]{2,}\b/g, (word) => word[0] + word.slice(1).toLowerCase());
  return { text: form(text.slice(0, end), plain, text.slice(end + 1)), words };
}

const hidden = fc
  .tuple(
    fc.constantFrom(...wholeTexts().map(({ text }) => text)),
    fc.nat({ max: 20 }),
    fc.constantFrom(...SAID),
    fc.constantFrom(...FORMS),
  )
  .map(([text, place, said, form]) => hide(text, place, said, form));

/** What the answer says of a text: the plan's own words, and those that it tells as remarks. */
function answered(text: string): string | undefined {
  const parsed = parseOffline(text);
  if ("error" in parsed) return undefined;
  const remarks = (parsed.remarks ?? []).map(({ start, end }) => text.slice(start, end));
  return JSON.stringify([parsed.plan, remarks]).toLowerCase();
}

const remarksOf = (text: string): readonly string[] => {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text} is refused: ${JSON.stringify(parsed)}`);
  return (parsed.remarks ?? []).map(({ start, end }) => text.slice(start, end));
};

suite("what was said in passing", () => {
  test("PA-531 what is taken for a remark is told with its words, wherever it stands", () => {
    const told: readonly (readonly [string, readonly string[]])[] = [
      ["Hi team, please send the 'A' email, thanks!", []],
      ["Send the 'A' email. They froze their budget.", ["They froze their budget"]],
      ["Send the 'A' email, my boss loves that deck.", ["my boss loves that deck"]],
      [
        "Send the 'A' email (my boss loves it). They froze their budget.",
        ["my boss loves it", "They froze their budget"],
      ],
      [
        "Hey Lena, can you send the 'A' email? You know how they are.",
        ["Hey Lena", "You know how they are"],
      ],
      ["Lead routing: when a contact is created, tag them New.", ["Lead routing"]],
      [
        "Objective: win back stalled deals.\nStep 1: send the 'A' email.",
        ["Objective: win back stalled deals"],
      ],
      [
        "Objective: win back deals (they are stale).\nStep 1: send the 'A' email.",
        ["Objective: win back deals (they are stale"],
      ],
      ["Tag them Asked so that we don't annoy them twice.", ["so that we don't annoy them twice"]],
      ["Wait 3 days, then send the 'A' email. Finally, tag them Done.", []],
    ];
    for (const [text, remarks] of told) assert.deepEqual(remarksOf(text), remarks, text);
  });

  test("PA-532 what may be a wish and reads as a remark is refused, told, or in the plan, behind any sentence of any text: it is never dropped silently", () => {
    let understood = 0;
    fc.assert(
      fc.property(hidden, ({ text, words }) => {
        const all = answered(text);
        if (all === undefined) return;
        understood += 1;
        for (const word of words) assert.ok(all.includes(word.toLowerCase()), `${word}: ${text}`);
      }),
      { numRuns: 1000 },
    );
    assert.ok(understood > 100, `${understood} were understood`);
  });
});
