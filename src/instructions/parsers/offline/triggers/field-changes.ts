import type { Trigger } from "#domain/plan.ts";

import { readComparison } from "../conditions/comparators.ts";
import { isStart } from "../links.ts";
import { type Match, matchAt, pattern } from "../pattern.ts";
import { type Kind, ownerOf } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";

const CHANGES = pattern(
  "'s <known> changes|becomes|is|gets|turns|switches|updates|goes|rises|drops [changed|updated|set] [to|into]",
);

const EXCEEDS = pattern("'s <known>");

function matchChange(source: Source, at: number): Match | undefined {
  const exceeds = matchAt(source, at, EXCEEDS);
  const isOver =
    exceeds !== undefined && isWord(tokenAt(source, exceeds.next), "exceeds", "passes", "crosses");
  return isOver ? exceeds : matchAt(source, at, CHANGES);
}

/** "a contact's status changes to Customer", "a deal's value goes over 10k"; a stage has an event of its own. */
export function readFieldChange(source: Source, at: number, kind: Kind): Read<Trigger> | undefined {
  return readChange(source, matchChange(source, at), kind);
}

const BARE = pattern(
  "[the|its|their|any|a] [deal|opportunity|contact|lead] <known> (changes|changed|becomes|turns|switches|updates [to|into] / is|gets|was|has [been] changed|updated|set|switched [to|into])",
);

/** "When status changes to Customer": whose it is, the field itself tells. */
export function readBareChange(source: Source, at: number): Read<Trigger> | undefined {
  const match = matchAt(source, at, BARE);
  const isDeal = [at, at + 1].some((word) => isWord(tokenAt(source, word), "deal", "opportunity"));
  const kind = isDeal ? "deal" : ownerOf(match?.captures.known ?? "", "contact");
  return kind === "company" ? undefined : readChange(source, match, kind);
}

function readChange(
  source: Source,
  match: Match | undefined,
  kind: Kind,
): Read<Trigger> | undefined {
  const field = match?.captures.known;
  if (match === undefined || field === undefined || field === "stage") return undefined;
  const event: Trigger = {
    type: "event",
    event: kind === "deal" ? "deal_updated" : "contact_updated",
  };
  const isOpen =
    isWord(tokenAt(source, match.next), ",", ":", "->", "") || isStart(source, match.next);
  const said = isOpen
    ? undefined
    : readComparison(source, match.next, `${kind}.${field}`, () => false, true);
  return said === undefined
    ? { value: event, next: match.next }
    : { value: { ...event, condition: said.value }, next: said.next };
}
