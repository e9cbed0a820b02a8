import { type Parsed, parsePlan, refuse } from "#domain/plan.ts";

import { LONGEST_TEXT, type Parser } from "../parser.ts";
import { findLost } from "./offline/accounts.ts";
import { findIdle } from "./offline/idle.ts";
import { toldOf } from "./offline/passing.ts";
import { placeProhibitions } from "./offline/prohibitions.ts";
import type { Reading } from "./offline/reading.ts";
import { readPatiently } from "./offline/rereading.ts";
import { foldSkips } from "./offline/skips.ts";
import { readTokens } from "./offline/tokens.ts";

/**
 * The built-in parser: a grammar over tokens, no network, no model, the same answer every time.
 * Text → tokens (tokens.ts), shorthand written out (shorthand.ts) → lines and sentences (layout.ts, sentences.ts) → a walk through each sentence (sentence.ts): times
 * (times.ts), branches (branching.ts), what carries nothing (courtesy.ts, asides/), clauses by links and verbs (links.ts, doing.ts),
 * each by the family that can carry it (families.ts, clauses/), conditions by their own grammar (conditions/), triggers by theirs
 * (triggers/). What no family reads to its end refuses the whole, unless it plainly tells something (telling/): then the rest is read again
 * (rereading.ts). What would get lost refuses it, too (accounts.ts); what was taken for a remark is told (passing.ts).
 */
export const offlineParser = {
  name: "offline",
  parse: parseOffline,
} as const satisfies Parser;

export function parseOffline(text: string): Parsed {
  if (text.length > LONGEST_TEXT) {
    const reason = `The instructions have ${text.length} characters; at most ${LONGEST_TEXT} are read`;
    return refuse([
      { text: text.slice(0, 80), reason, suggestion: "Split the work over several agents" },
    ]);
  }
  const tokens = readTokens(text);
  if (tokens.every(({ kind }) => kind === "mark")) {
    return refuse([
      {
        text: text.trim(),
        reason: "There are no instructions",
        suggestion:
          "Say what the agent is to do, such as: Find contacts in London and send the 'Intro' email",
      },
    ]);
  }
  return finish(readPatiently(text, tokens), text);
}

function finish(reading: Reading, text: string): Parsed {
  const { builder, trigger, triggerSpan: span, faults, prohibitions } = reading;
  if (faults.length > 0) return refuse(faults);
  const steps = placeProhibitions(foldSkips(builder.steps(), text), prohibitions);
  if (steps.length === 0) {
    return refuse([
      {
        text: text.trim().slice(0, 200),
        reason: "Nothing in it is to be done",
        suggestion: "Add an action, such as: send the 'Intro' email",
      },
    ]);
  }
  const idle = findIdle(text, steps, trigger);
  if (idle !== undefined) return refuse([idle]);
  const lost = findLost(reading, steps, trigger);
  if (lost !== undefined) return refuse([lost]);
  const parsed = parsePlan(
    trigger === undefined ? { steps } : { trigger: { ...trigger, span }, steps },
  );
  const remarks = toldOf(text, reading.remarks);
  return "plan" in parsed && remarks.length > 0 ? { ...parsed, remarks } : parsed;
}
