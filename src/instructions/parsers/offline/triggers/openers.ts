import type { Trigger } from "#domain/plan.ts";

import { matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";

/** "When", "for every new", "on each": what opens a text that begins with an event. */
export const OPENERS = [
  "[trigger|triggered|triggers|run|runs|start|starts|fire|fires|event|enroll|enrol|enrolled|enter|begin] [this|it|contacts|them|contact|people] [:] when|whenever|once|upon|on|by",
  "as soon as",
  "the [very] moment|minute|instant|second [that]",
  "every|each|any time [that|when]",
  "when|whenever|once|upon|on|after|anytime|every|each|for|any|following|at",
  "[trigger|event|start|starts] :|when",
  "immediately|right|straight after|when",
].map(pattern);

/** What a condition cannot ask: "If a deal moves to Demo, …" waits for it. */
const ONLY_EVENTS: ReadonlySet<string> = new Set([
  "contact_created",
  "deal_created",
  "form_submitted",
  "deal_stage_updated",
]);

/** Whether it can only begin the whole, and is no condition later on. */
export function isStarting(trigger: Trigger): boolean {
  return trigger.type === "event" && ONLY_EVENTS.has(trigger.event);
}

const CHANGING = wordsOf("changes changed becomes turns switches updates updated modified edited");

/** "If a contact's status changes to Customer": what changes is no state either. */
function isChanging(source: Source, from: number, { value, next }: Read<Trigger>): boolean {
  if (isStarting(value)) return true;
  const isChange = value.type === "event" && value.event.endsWith("_updated");
  return isChange && source.tokens.slice(from, next).some(({ word }) => CHANGING.has(word));
}

const IF = [pattern("if")];
const IN_CASE = ["in the event [that|of]", "where"].map(pattern);
const ANY = ["a", "an", "any", "someone", "somebody", "anyone", "anybody", "another", "new"];

interface Supposed {
  readonly next: number;
  readonly mayStart: (event: Read<Trigger>) => boolean;
}

/** Words that ask as well as they begin: "if a deal is created", "in the event that a contact replies". */
export function supposedAt(source: Source, at: number): Supposed | undefined {
  const inCase = matchFirst(source, at, IN_CASE);
  if (inCase !== undefined)
    return isWord(tokenAt(source, inCase.next), ...ANY)
      ? { next: inCase.next, mayStart: () => true }
      : undefined;
  const asked = matchFirst(source, at, IF);
  if (asked === undefined || isWord(tokenAt(source, asked.next), "the")) return undefined;
  return { next: asked.next, mayStart: (event) => isChanging(source, asked.next, event) };
}
