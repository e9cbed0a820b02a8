/**
 * What of a fact can be searched, and by whom (3.13-6). `summary`: what everybody may see who may look at
 * the execution: names of steps, ids, labels, how it ended, what errors say with the addresses masked.
 * `full`: all of it, for those who may see people's data. A field that is not named here is people's data.
 */
import type { Fact, FactType } from "#domain/facts.ts";
import { maskAddresses } from "#domain/mask.ts";

import { collectWords } from "./words.ts";

export interface Words {
  readonly summary: Set<string>;
  readonly full: Set<string>;
}

/** The payload that a fact names; undefined once it was erased. */
export type BodyOf = (part: number) => unknown;

const SHOWN: ReadonlySet<string> = new Set(
  "id label target driver path name entity by event early reason retryOf code message step".split(
    " ",
  ),
);
/** Records of which each field is for itself. */
const OPENED: ReadonlySet<string> = new Set(["trigger", "fault"]);
/** Bookkeeping, and what is said elsewhere: nobody looks for it. */
const SILENT: ReadonlySet<string> = new Set(
  `t ws kind agent agentVersion driverVersion type origin parent guards key part ms attempt retryAt sendBy until
   unknown on index first count steps retries state figures warnings tally scope
   carries again`.split(/\s+/),
);
const STATUS: Partial<Readonly<Record<FactType, string>>> = {
  completed: "completed",
  failed: "failed",
  canceled: "canceled",
  skipped: "skipped",
  stepFailed: "failed",
  stepUncertain: "uncertain",
};

export function openWords(): Words {
  return { summary: new Set(), full: new Set() };
}

export function collectFact(told: Fact, bodyOf: BodyOf, words: Words): void {
  const fact = told.t === "carried" ? told.fact : told; // what is handed on to a retry can be found in it, too
  const status = STATUS[fact.t];
  if (status !== undefined) words.summary.add(status);
  collectFields(fact, words);
  if ("part" in fact && fact.part !== undefined) collectData(bodyOf(fact.part), words);
}

function collectFields(fields: object, words: Words): void {
  for (const [field, value] of Object.entries(fields)) {
    if (SHOWN.has(field) && typeof value === "string") collectShown(value, words);
    else if (OPENED.has(field) && typeof value === "object") collectFields(value ?? {}, words);
    else if (!SILENT.has(field)) collectData(value, words);
  }
}

/** What everybody may see, but for the addresses in it. */
export function collectShown(text: string, words: Words): void {
  const holdsAddress = text.includes("@");
  collectWords(holdsAddress ? maskAddresses(text) : text, words.summary);
  if (holdsAddress) collectWords(text, words.full);
}

/** The texts and numbers in data of any shape and depth. */
export function collectData(data: unknown, { full }: Words): void {
  const rest = [data];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === "string") collectWords(value, full);
    else if (typeof value === "number") collectWords(String(value), full);
    else if (typeof value === "object" && value !== null) {
      for (const inner of Object.values(value)) rest.push(inner);
    }
  }
}
