import { type Condition, EVENTS, type Trigger } from "#domain/plan.ts";

import { readCondition } from "../conditions/expression.ts";
import { readPosition } from "../conditions/positions.ts";
import { compare, joinAll } from "../conditions/scope.ts";
import { hasActBehindArrow } from "../consequences.ts";
import { matchAt, matchFirst, pattern, possibleAt } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { ALONE, type Event, OF_CONTACT, OF_DEAL, WON } from "./event-table.ts";
import { readBareChange, readFieldChange } from "./field-changes.ts";
import { readFurther } from "./further.ts";
import { writeGerund } from "./gerunds.ts";
import { OPENERS, supposedAt } from "./openers.ts";
import { writePossessive } from "./possessives.ts";

export function readEvent(source: Source, at: number): Read<Trigger> | undefined {
  const opener = matchFirst(source, at, OPENERS);
  if (opener === undefined) return readSupposed(source, at);
  for (const start of starts(source, at, opener.next)) {
    const event =
      readAlone(source, start) ?? readHappening(source, start, at) ?? readBareChange(source, start);
    if (event !== undefined) return readFurther(source, event);
  }
  return undefined;
}

function readSupposed(source: Source, at: number): Read<Trigger> | undefined {
  const opener = supposedAt(source, at);
  if (opener === undefined) return undefined;
  const event = readAlone(source, opener.next) ?? readHappening(source, opener.next, at);
  if (event === undefined || !opener.mayStart(event)) return undefined;
  return readFurther(source, event);
}

/** "on every reply", "each time a …": the shorter opener may leave words that belong to it. */
function starts(source: Source, at: number, next: number): readonly number[] {
  const again = matchFirst(source, next, [
    pattern("every|each|any|a|for time|every|each [that]"),
  ])?.next;
  return again === undefined ? [next, at] : [again, next, at];
}

export function readAlone(source: Source, at: number): Read<Trigger> | undefined {
  const named = EVENTS.find((event) => event === tokenAt(source, at).word);
  if (named !== undefined) return { value: { type: "event", event: named }, next: at + 1 };
  for (const event of possibleAt(source, at, ALONE, ({ patterns }) => patterns)) {
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
  const match = matchFirst(
    source,
    at,
    patterns,
    ({ next }) => !hasActBehindArrow(source, at, next),
  );
  if (match === undefined) return undefined;
  if (isAmount(match.captures.text)) return undefined;
  const said = condition?.(match.captures);
  return {
    value:
      said === undefined ? { type: "event", event } : { type: "event", event, condition: said },
    next: match.next,
  };
}

/** "a deal is over 100k" names no stage. */
function isAmount(text = ""): boolean {
  return /^[$€£]?\d[\d.,]*[km]?$/i.test(text);
}

const SUBJECT = pattern(
  "[a|an|any|every|each|the|one|another|all] [of] [our] [brand] [new|newly|freshly|inbound] [created|added|inbound]",
);
const KINDS: Readonly<Record<"contact" | "deal", string>> = {
  contact: `contact contacts lead leads prospect prospects person customer client candidate subscriber attendee buyer user member visitor
    someone somebody anyone anybody everyone everybody whoever they people supporter supporters donor donors volunteer volunteers
    applicant applicants guest guests student students parent parents patient patients visitors members users subscribers attendees`,
  deal: "deal deals opportunity opp",
};
const NOUNS: Readonly<Record<string, Kind>> = wordTable(
  Object.fromEntries(
    (["contact", "deal"] as const).flatMap((kind) =>
      [...wordsOf(KINDS[kind])].map((word): [string, Kind] => [word, kind]),
    ),
  ),
);

/** A noun, what is said of it, and what happens to it: "a contact in Singapore … is created", "each new lead". */
export function readHappening(
  source: Source,
  at: number,
  opener: number,
): Read<Trigger> | undefined {
  const possessive = writePossessive(source, at);
  if (possessive !== undefined) {
    const read = readHappening(possessive.value, at, opener);
    return read === undefined ? undefined : { ...read, next: read.next + possessive.next };
  }
  const start = matchAt(source, at, SUBJECT)?.next ?? at;
  const noun = readSubject(source, start);
  if (noun === undefined) return undefined;
  const { kind, titled } = noun.value;
  const next = isWord(tokenAt(source, noun.next), "that", "which", "who")
    ? noun.next + 1
    : noun.next;
  const happened = readHappened(source, next, kind, titled);
  if (happened !== undefined) return happened;
  const filled = readForm(writeGerund(source, next), next, noun.value.kind);
  if (filled !== undefined) return filled;
  const isNew = NEW.some((word) => hasWord(source, opener, start, word));
  return isNew ? readNew(source, noun.next, kind, titled) : undefined;
}

const FILLS = pattern(
  "fills|fill|filled|submits|submit|submitted|completes|complete|completed|sends|sent [in|out|up] the|a|an|our|your",
);
const LONGEST_FORM = 4;

/** "fills in the pricing form": whatever the form is called. */
function readForm(source: Source, at: number, kind: Kind): Read<Trigger> | undefined {
  const match = kind === "contact" ? matchAt(source, at, FILLS) : undefined;
  if (match === undefined) return undefined;
  for (let next = match.next; next < match.next + LONGEST_FORM; next++) {
    const token = tokenAt(source, next);
    if (isWord(token, "form", "forms", "survey", "questionnaire"))
      return { value: { type: "event", event: "form_submitted" }, next: next + 1 };
    if (token.kind !== "word") return undefined;
  }
  return undefined;
}

const NEW = ["new", "newly", "created", "added", "freshly", "inbound"];

interface Subject {
  readonly kind: Kind;
  /** What the noun itself says: "a VP" is a contact with that title. */
  readonly titled: readonly Condition[];
}

function readSubject(source: Source, at: number): Read<Subject> | undefined {
  const kind = NOUNS[tokenAt(source, at).word];
  if (kind !== undefined) {
    const isNew = isWord(tokenAt(source, at + 1), "new");
    return { value: { kind, titled: [] }, next: isNew ? at + 2 : at + 1 };
  }
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
  const told = writeGerund(source, at);
  const direct = events
    .map((event) => matchEvent(told, at, event))
    .find((found) => found !== undefined);
  if (direct !== undefined) return { ...direct, value: withConditions(direct.value, before) };
  return readDescribed(source, at, kind, before, events);
}

const LONGEST_DESCRIPTION = 30;

/** "a contact in Chicago | replies": what is said of it ends where an event begins. */
function readDescribed(
  source: Source,
  at: number,
  kind: Kind,
  before: readonly Condition[],
  events: readonly Event[],
): Read<Trigger> | undefined {
  const last = Math.min(source.end, at + LONGEST_DESCRIPTION);
  for (let next = at + 1; next < last; next++) {
    const told = writeGerund(source, next);
    const event = events
      .map((one) => matchEvent(told, next, one))
      .find((found) => found !== undefined);
    if (event === undefined) continue;
    const end = isWord(tokenAt(source, next - 1), ",") ? next - 1 : next;
    const said = readCondition(within(source, end), at, { subject: kind, isLoose: true });
    if (said === undefined || said.next < end) continue;
    return { ...event, value: withConditions(event.value, [...before, said.value]) };
  }
  return undefined;
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
        "[that|who|which] (is|gets created|added / comes|created|added|enters) [in|to|into] [[the|our] crm|system|database]",
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
