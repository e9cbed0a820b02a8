import { kindOf } from "./clauses/search-nouns.ts";
import { SEARCHES } from "./clauses/search.ts";
import { readPossessed } from "./conditions/possessed.ts";
import { isStart } from "./links.ts";
import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";
import type { Walk } from "./walk.ts";

/** What needs no step of its own: whom a search has just found is found, and what an if asks is looked at there. */

const FINDING = pattern(
  "+find|+search|+get|+fetch|+look|+pull|+identify|+locate|+select|+list|+gather|+collect [all] [for|up|out] [all] [of] them|those|these [all|up|out] [contacts|people|leads|companies|deals] [all|up|out|first]",
);
const ENDS = ["", ",", ";", ".", "->", "–", "-", "and", "then", "&"];

/** "Organisations with fewer than 10 employees: search for them and tag them" */
export function passFinding(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const next = matchAt(source, at, FINDING)?.next;
  const isFound = reading.builder.last()?.type.startsWith("search_") ?? false;
  if (next === undefined || !isFound || !isWord(tokenAt(source, next), ...ENDS)) return false;
  walk.at = next;
  return true;
}

const EACH = pattern("for|to|with each|every [single]");
const FOUND = pattern("[found|returned|listed|selected] [there|here|above] [,|:]");

/** "Find companies in Rome. For every company search the web for …": each of those that a search has just found. */
export function passEach(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const noun = matchAt(source, at, EACH)?.next;
  const kind = noun === undefined ? undefined : kindOf(tokenAt(source, noun).word);
  if (noun === undefined || kind === undefined) return false;
  const next = matchAt(source, noun + 1, FOUND)?.next ?? noun + 1;
  const isFound = reading.builder.last()?.type === SEARCHES[kind];
  if (!isFound || !isStart(source, next)) return false;
  walk.at = next;
  return true;
}

const FOLLOWING = pattern(
  "+run|+do|+start|+use|+follow|+execute|+apply|+launch|+go this|these|following|through|the [following|below|this|these] [steps|sequence|cadence|flow|actions|things|drip|campaign|plan|below] [on|for|with|to|against] [each|all|every] [one] [of] [them|everyone|contact|company|deal|person|lead|those] [:]",
);

/** "…, then run this on them", in front of a list. */
export function passFollowing(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const next = matchAt(source, at, FOLLOWING)?.next;
  const all = reading.source;
  const isLast = next !== undefined && next >= source.end && all.tokens[source.end]?.text === "\n";
  if (!isLast || !isStart(all, source.end + 1)) return false;
  walk.at = source.end;
  return true;
}

const LOOKING = pattern(
  "+look|+check|+inspect|+review|+examine|+consider|+see [at|on|into] the|their|its|each|his|her",
);
const WHOLE = pattern("contact|company|deal|lead|account|record|details");
const BEFORE_IF = [":", ",", ";", ".", "–", "-", "->", "and", "then", "\n"];
const MOST_BETWEEN = 3;

/** "Look at the company size: if it is over 500, …", "Check the status. If it is Hot, …" */
export function passLooking(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const start = matchAt(source, at, LOOKING)?.next;
  if (start === undefined) return false;
  const field = readPossessed(source, start, { subject: reading.subject });
  const next = field?.next ?? matchAt(source, start, WHOLE)?.next;
  if (next === undefined || !isBeforeIf(reading.source, next)) return false;
  if (field !== undefined) reading.compared = field.value;
  walk.at = next;
  return true;
}

function isBeforeIf(source: Source, from: number): boolean {
  for (let at = from; at <= from + MOST_BETWEEN; at++) {
    const token = tokenAt(source, at);
    if (at > from && isWord(token, "if", "unless")) return true;
    if (!isWord(token, ...BEFORE_IF)) return false;
  }
  return false;
}
