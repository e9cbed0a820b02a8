import type { Condition, Trigger } from "#domain/plan.ts";

import { readComparison } from "../conditions/comparators.ts";
import { readCondition } from "../conditions/expression.ts";
import { readPosition } from "../conditions/positions.ts";
import { compare, joinAll, type Scope } from "../conditions/scope.ts";
import { isStart } from "../links.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { ALONE, type Event, OF_CONTACT, OF_DEAL, WON } from "./event-table.ts";

/** "When", "for every new", "on each": what opens a text that begins with an event. */
const OPENERS = [
  "[trigger|triggered|triggers|run|runs|start|starts|fire|fires|event] [this|it] [:] when|whenever|once|upon|on|by",
  "as soon as",
  "the [very] moment|minute|instant|second [that]",
  "every|each|any time [that|when]",
  "when|whenever|once|upon|on|after|anytime|every|each|for|any|following",
  "[trigger|event|start|starts] :|when",
  "immediately|right|straight after|when",
].map(pattern);

export function readEvent(source: Source, at: number): Read<Trigger> | undefined {
  const opener = matchFirst(source, at, OPENERS);
  if (opener === undefined)
    return isWord(tokenAt(source, at), "new") ? readNews(source, at) : undefined;
  for (const start of starts(source, at, opener.next)) {
    const event = readAlone(source, start) ?? readHappening(source, start, at);
    if (event !== undefined) return readFurther(source, event);
  }
  return undefined;
}

/** "New contact -> …" in notes. */
function readNews(source: Source, at: number): Read<Trigger> | undefined {
  const event = readAlone(source, at) ?? readHappening(source, at, at);
  const isTold =
    event !== undefined && isWord(tokenAt(source, event.next), "->", ":", ",", "–", "-");
  return isTold ? event : undefined;
}

/** "on every reply", "each time a …": the shorter opener may leave words that belong to it. */
function starts(source: Source, at: number, next: number): readonly number[] {
  const again = matchFirst(source, next, [
    pattern("every|each|any|a|for time|every|each [that]"),
  ])?.next;
  return again === undefined ? [next, at] : [again, next, at];
}

function readAlone(source: Source, at: number): Read<Trigger> | undefined {
  for (const event of ALONE) {
    const found = matchEvent(source, at, event);
    if (found !== undefined) return found;
  }
  return undefined;
}

function matchEvent(
  source: Source,
  at: number,
  { event, patterns, condition }: Event,
): Read<Trigger> | undefined {
  const match = matchFirst(source, at, patterns);
  if (match === undefined) return undefined;
  const said = condition?.(match.captures);
  return {
    value:
      said === undefined ? { type: "event", event } : { type: "event", event, condition: said },
    next: match.next,
  };
}

const SUBJECT = pattern(
  "[a|an|any|every|each|the|one|another|all] [of] [our] [brand] [new|newly|freshly|inbound] [created|added|inbound]",
);
const NOUNS: Readonly<Record<string, Kind>> = wordTable({
  contact: "contact",
  contacts: "contact",
  lead: "contact",
  leads: "contact",
  prospect: "contact",
  prospects: "contact",
  person: "contact",
  customer: "contact",
  visitor: "contact",
  someone: "contact",
  somebody: "contact",
  anyone: "contact",
  anybody: "contact",
  they: "contact",
  people: "contact",
  deal: "deal",
  deals: "deal",
  opportunity: "deal",
  opp: "deal",
});

/** A noun, what is said of it, and what happens to it: "a contact in Singapore … is created", "each new lead". */
function readHappening(source: Source, at: number, opener: number): Read<Trigger> | undefined {
  const start = matchAt(source, at, SUBJECT)?.next ?? at;
  const noun = readSubject(source, start);
  if (noun === undefined) return undefined;
  const { kind, titled } = noun.value;
  const happened = readHappened(source, noun.next, kind, titled);
  if (happened !== undefined) return happened;
  const isNew = NEW.some((word) => hasWord(source, opener, start, word));
  return isNew ? readNew(source, noun.next, kind, titled) : undefined;
}

const NEW = ["new", "newly", "created", "added", "freshly", "inbound"];

interface Subject {
  readonly kind: Kind;
  /** What the noun itself says: "a VP" is a contact with that title. */
  readonly titled: readonly Condition[];
}

function readSubject(source: Source, at: number): Read<Subject> | undefined {
  const kind = NOUNS[tokenAt(source, at).word];
  if (kind !== undefined) return { value: { kind, titled: [] }, next: at + 1 };
  const position = readPosition(source, at);
  if (position === undefined) return undefined;
  const titled = [compare("contact.title", "contains", position.value)];
  return { value: { kind: "contact", titled }, next: position.next };
}

function hasWord(source: Source, from: number, to: number, word: string): boolean {
  for (let at = from; at < to; at++) if (isWord(tokenAt(source, at), word)) return true;
  return false;
}

function readHappened(
  source: Source,
  at: number,
  kind: Kind,
  before: readonly Condition[],
): Read<Trigger> | undefined {
  const events = kind === "deal" ? [...WON, ...OF_DEAL] : OF_CONTACT;
  const change = readFieldChange(source, at, kind);
  if (change !== undefined) return change;
  const direct = events
    .map((event) => matchEvent(source, at, event))
    .find((found) => found !== undefined);
  if (direct !== undefined) return { ...direct, value: withConditions(direct.value, before) };
  const said = readCondition(source, at, { subject: kind, isLoose: true });
  if (said === undefined) return undefined;
  const next = isWord(tokenAt(source, said.next), ",") ? said.next + 1 : said.next;
  const event = events
    .map((one) => matchEvent(source, next, one))
    .find((found) => found !== undefined);
  return event === undefined
    ? undefined
    : { ...event, value: withConditions(event.value, [...before, said.value]) };
}

const CHANGES = pattern(
  "'s <known> changes|becomes|is|gets|turns|switches|updates|goes|rises|drops [changed|updated|set] [to|into]",
);

/** "a contact's status changes to Customer", "a deal's value goes over 10k"; a stage has an event of its own. */
function readFieldChange(source: Source, at: number, kind: Kind): Read<Trigger> | undefined {
  const match = matchAt(source, at, CHANGES);
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

/** "for every new contact", "each newly created lead in London". */
function readNew(
  source: Source,
  at: number,
  kind: Kind,
  before: readonly Condition[],
): Read<Trigger> {
  const trigger: Trigger = {
    type: "event",
    event: kind === "deal" ? "deal_created" : "contact_created",
  };
  const entered =
    matchAt(
      source,
      at,
      pattern(
        "[that|who|which] [is|gets] [comes|created|added|enters] [in|to|into] [the|our] [crm|system]",
      ),
    )?.next ?? at;
  const said = readCondition(source, entered, { subject: kind, isLoose: true });
  return {
    value: withConditions(trigger, said === undefined ? before : [...before, said.value]),
    next: said?.next ?? entered,
  };
}

function withConditions(trigger: Trigger, conditions: readonly Condition[]): Trigger {
  if (trigger.type !== "event" || conditions.length === 0) return trigger;
  const all = trigger.condition === undefined ? conditions : [...conditions, trigger.condition];
  return { ...trigger, condition: joinAll(all) };
}

const AND = pattern("[,] and|with|where|whose|but|from|over|worth|in");

/** "When a deal is updated and its value is over $10,000": what follows the event belongs to it. */
function readFurther(source: Source, event: Read<Trigger>): Read<Trigger> {
  if (event.value.type !== "event") return event;
  const joint = matchAt(source, event.next, AND);
  if (joint === undefined) return event;
  const isWordy = isWord(tokenAt(source, joint.next - 1), "and", "but");
  const scope: Scope = {
    subject: event.value.event.startsWith("deal") ? "deal" : "contact",
    isLoose: true,
  };
  const said = readCondition(source, isWordy ? joint.next : joint.next - 1, scope);
  return said === undefined
    ? event
    : { value: withAfter(event.value, said.value), next: said.next };
}

function withAfter(trigger: Trigger, condition: Condition): Trigger {
  if (trigger.type !== "event") return trigger;
  const all = trigger.condition === undefined ? condition : joinAll([trigger.condition, condition]);
  return { ...trigger, condition: all };
}
