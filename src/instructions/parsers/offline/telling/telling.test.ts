import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";

import { parseOffline } from "../../offline.ts";
import { assertMeans, assertRefused, assertSame } from "../testing-plans.ts";

const told = (text: string): readonly string[] => {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text} is refused: ${JSON.stringify(parsed)}`);
  return (parsed.remarks ?? []).map(({ start, end }) => text.slice(start, end));
};

/** What somebody asks for in passing, one a line, each of it unlike what Stint does. */
const ASKS = readFileSync(
  new URL("../../../../../test/instructions/asks.txt", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n");

const FIRST = "Find contacts in Rome with status Prospect.";
const REST = "Send the 'Intro' email. Wait 3 days. Connect with them on LinkedIn.";

type Form = (said: string) => string;

const sentence: Form = (said) => (/[.!?]$/.test(said) ? said : `${said}.`);
const clause: Form = (said) => said[0]?.toLowerCase() + said.slice(1).replace(/[.!?]+$/, "");

const FORMS: readonly Form[] = [
  (said) => `${sentence(said)} ${FIRST} ${REST}`,
  (said) => `${FIRST} ${sentence(said)} ${REST}`,
  (said) => `${FIRST} ${REST} ${sentence(said)}`,
  (said) => `${FIRST} ${REST.slice(0, -1)}, ${clause(said)}.`,
  (said) => `${FIRST} ${REST.slice(0, -1)} (${clause(said)}).`,
  (said) => `Hi team, ${clause(said)}. ${FIRST} ${REST} Thanks!`,
];

const stepsOf = (text: string): string | undefined => {
  const parsed = parseOffline(text);
  if ("error" in parsed) return undefined;
  return JSON.stringify(parsed.plan, (key, value: unknown) => (key === "span" ? 0 : value));
};

/** What a plan says in its own way: "stop at fifty people". */
const FIGURES: Readonly<Record<string, string>> = { fifty: '"limit":50', people: '"limit":50' };

/** The longer words of an ask that are neither told nor in a plan that it changed. */
function lostOf(ask: string, text: string, steps: string, bare: string | undefined): string[] {
  const said = [...told(text), steps === bare ? "" : steps].join(" ").toLowerCase();
  const words = ask.toLowerCase().match(/\p{L}{5,}/gu) ?? [];
  return words.filter((word) => !said.includes(word) && !said.includes(FIGURES[word] ?? word));
}

suite("what plainly tells something", () => {
  test("PA-536 talk of anything is passed over where nothing can be done about it, and told", () => {
    assertSame(
      [
        "Hope the marathon went well! Send 'A'.",
        "Dave promised the board we'd take a proper look, and of course it landed on me. Send 'A'.",
        "Hi Omar, sorry to bug you on a Friday afternoon. Send 'A'.",
        "Hola! Carmen speaking. My badge scanner was basically on fire, so I could use a hand. Send 'A'. Muchas gracias, Carmen",
        "Salam everyone, Yusuf speaking, I hope you all had a blessed Eid. Send 'A'.",
        "Writing this from the hotel bar in Singapore, so excuse the typos. Send 'A'.",
        "Hugs to everybody. Legal was on my case again about the questionnaires. Send 'A'. Hugs to the twins, Lena",
        "Send 'A'. It's far too hot in here for thinking and half the floor is at the lake. Schönen Feierabend!",
        "Send 'A'. Kind regards,\nIngrid",
        "By the way, send 'A'.",
        "Dzień dobry, Tomasz here from Gdańsk. We insure vans, mostly for plumbers and such. Send 'A'.",
      ],
      "Send 'A'.",
    );
    assert.deepEqual(told("Hope the marathon went well, you absolute machine! Send 'A'."), [
      "Hope the marathon went well, you absolute machine",
    ]);
  });

  test("PA-537 what is asked for in passing is refused, told, or in the plan, wherever it stands: no word of it is lost, and at least 95 % is refused", () => {
    const bare = stepsOf(`${FIRST} ${REST}`);
    let refused = 0;
    for (const ask of ASKS)
      for (const form of FORMS) {
        const text = form(ask);
        const steps = stepsOf(text);
        refused += Number(steps === undefined);
        if (steps !== undefined) assert.deepEqual(lostOf(ask, text, steps, bare), [], text);
      }
    assert.ok(refused / (ASKS.length * FORMS.length) >= 0.95, `${refused} refused`);
  });

  test("PA-538 a duty, a wish, an order that nobody knows, a condition or a claim of contacts is no talk, whatever stands around it", () => {
    assertRefused([
      "The team is in a good mood, and somebody has to polish the trophies. Send 'A'.",
      "Hope all is well, order two hundred flyers. Send 'A'.",
      "Send 'A'. My boss says wine and dine them.",
      "Send 'A'. I promised to polish the trophies.",
      "Hi Ann, no attachments over two megabytes. Send 'A'.",
      "Send 'A'. It was a long week, don't forget the flowers.",
      "The vendors my team met. Send 'A'.",
      "Acme, Globex: send 'A'.",
      "Why did we lose that deal? Send 'A'.",
      "They haven't replied, so send 'A'.",
      "If they replied, they are happy, send 'A'.",
      "Post about it on LinkedIn. Send 'A'.",
      "Send 'A'. Frobnicate.",
      "Create a task: Call Ann. Two days is too short, give them a week.",
      "Upon a deal being polished, tag it A.",
      "After a deal was painted blue, tag it A.",
      "Send 'A'. Talk to Bob.",
      "Send 'A'. Have a good look at Acme.",
      "Send 'A'. Thanks for skipping Acme.",
      "Send 'A'. Happy to add Acme.",
      "Send 'A'. I was thinking ten at most.",
      "While not replied: send 'A', wait 3 days.",
      "I was dreaming of finding contacts in Rome. Send 'A'.",
    ]);
  });

  test("PA-539 an apology corrects nothing", () => {
    assertMeans({
      "Create a task: Call Ann. Sorry for the long text.": "Create a task: Call Ann.",
      "Send 'A'. Sorry about the noise here.": "Send 'A'.",
    });
  });

  test("PA-571 a sentence in quotes ends what it stands in where thanks follow, and a place is no field", () => {
    assertMeans({
      "Tell @user.a 'The price is fine.' Thank you for your cooperation.":
        "Notify @user.a: 'The price is fine.'",
      "Send an email with body 'Hi there.' Best regards, Ann":
        "Send an email with body 'Hi there.'",
    });
    assertRefused(["Find contacts with London > 5."]);
  });
});
