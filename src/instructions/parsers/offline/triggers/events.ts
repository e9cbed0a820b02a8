import type { Condition, Trigger, TriggerEvent } from "#domain/plan.ts";

import { readComparison } from "../conditions/comparators.ts";
import { readCondition } from "../conditions/expression.ts";
import { readPosition } from "../conditions/places.ts";
import { compare, joinAll, type Scope } from "../conditions/scope.ts";
import { isStart } from "../links.ts";
import { type Captures, matchAt, matchFirst, pattern, type Pattern } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";

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

interface Event {
  readonly event: TriggerEvent;
  readonly patterns: readonly Pattern[];
  readonly condition?: (captures: Captures) => Condition | undefined;
}

const stageIs = ({ text }: Captures): Condition | undefined =>
  text === undefined ? undefined : compare("deal.stage", "==", text.replace(/\s+stage$/i, ""));
const tagIs = ({ text }: Captures): Condition | undefined =>
  text === undefined ? undefined : compare("contact.tags", "contains", text);

const BE = "is|was|gets|has|got|are|get [been|just|newly] [newly|just]";
const MOVES =
  "moves|moved|goes|enters|reaches|changes|advances|advanced|hits|progresses|transitions|gets|switches|lands|slips|jumps|is|enter|move|shifts";

/** What may happen to whom: read behind the noun and what is said of it. */
const OF_CONTACT: readonly Event[] = [
  {
    event: "tag_added",
    patterns: [
      `${BE} tagged [as|with] <text>`,
      `${BE} tagged`,
      "gets|receives|is|has|given [given|assigned|got] the|a|an <text> tag",
      "gets|receives|is [given] the tag <text>",
      "gets|receives a [new] tag",
    ].map(pattern),
    condition: tagIs,
  },
  {
    event: "email_replied",
    patterns: [
      "replies|reply|replied|responds|respond|responded|answers|answered [back] [to] [us|me|an|any|our|my|one|the|your] [of] [our|email|emails|message]",
      "writes|wrote|gets|write back [to] [us|me]",
    ].map(pattern),
  },
  {
    event: "email_opened",
    patterns: [
      "opens|opened|open|reads [an|our|my|the|any|one|your|a] [of] [our] email|emails|message|mail",
    ].map(pattern),
  },
  {
    event: "form_submitted",
    patterns: [
      "submits|submit|submitted|completes|completed|sends|posts|fills|filled|fill [out|in|up] [the|a|our|an|your|my] [website|web|contact|demo|signup|sign-up|lead|inquiry|enquiry|online|request] [request|us] form|forms [on] [the|our] [website|site]",
    ].map(pattern),
  },
  {
    event: "contact_created",
    patterns: [
      `${BE} created|added|imported|saved|entered [in|to|into] [the|our] [crm|system|database|list]`,
      "comes|signs|shows|joins|arrives|enters|lands|appears|came [in|up|into|to] [the|our] [crm|system|database]",
      "created|added",
    ].map(pattern),
  },
  {
    event: "contact_updated",
    patterns: [
      `${BE} updated|changed|edited|modified`,
      "changes|updates [their] [details|record|profile]",
      "record|details|profile changes|change",
    ].map(pattern),
  },
];

const OF_DEAL: readonly Event[] = [
  {
    event: "deal_stage_updated",
    patterns: [
      `'s [pipeline] stage changes|moves|updates|becomes|switches|is|gets|turns [changed|set|updated|moved] to|into <text>`,
      "stage changes|becomes|is|moves [changed|set] to|into <text>",
      "'s [pipeline] stage changes|moves|updates|is|gets|has [been] [changed|updated|set|moved]",
      "changes|moves|changed|moved|advances stage|stages",
      `${MOVES} [been] [moved|pushed|set|marked|changed|into|in|over|forward|on] [its] [stage] [to|into|in|as|from] [the] [stage] <text> [stage]`,
    ].map(pattern),
    condition: stageIs,
  },
  {
    event: "deal_created",
    patterns: [
      `${BE} created|opened|added|logged|entered`,
      "comes|lands|arrives in",
      "created",
    ].map(pattern),
  },
  {
    event: "deal_updated",
    patterns: [`${BE} updated|changed|edited|modified`, "changes|updates"].map(pattern),
  },
];

const WON: readonly Event[] = [
  {
    event: "deal_stage_updated",
    patterns: [`${BE} won|closed-won`, "closes as won"].map(pattern),
    condition: () => compare("deal.stage", "==", "Closed Won"),
  },
  {
    event: "deal_stage_updated",
    patterns: [`${BE} lost|closed-lost`, "closes as lost"].map(pattern),
    condition: () => compare("deal.stage", "==", "Closed Lost"),
  },
];

/** Events told without their subject. */
const ALONE: readonly Event[] = [
  {
    event: "form_submitted",
    patterns: [
      `[a|the|our|an|every|each|any] [new] [website|web|contact|demo|signup|lead|inquiry] [request] form ${BE} submitted|filled|completed|sent|received [in|out]`,
      "[a|the|our|every|each|any|new] [new] [website|web|contact|demo|signup|lead] form submission|submissions|submit [comes|arrives|is|lands] [in|received]",
      "[a|every|each|new] [new] submission [comes|arrives] [in] [of|to|from|through|via] [the|our] form",
    ].map(pattern),
  },
  {
    event: "email_replied",
    patterns: [
      "[a|any|every|each|the|new|an] [new] [email] reply|response [comes|arrives|lands|is|came] [in|received] [from] [a|any|the] [contact|lead|prospect|someone|anyone]",
      "an|any|our|the email is|gets replied|answered [to]",
      "[we|i|you] get|receive|gets a|any reply|response [from|back] [from] [a|any|the] [contact|lead|prospect]",
      "[every|each|any|a] reply|replies|response",
    ].map(pattern),
  },
  {
    event: "email_opened",
    patterns: [
      `[an|the|our|any|every|each|a] email|message|emails [of|from] [ours|us] ${BE} opened [by] [a|any|the] [contact|lead|prospect]`,
      "email open|opens",
    ].map(pattern),
  },
  {
    event: "email_opened",
    patterns: [
      `[an|the|our|any|every|each|a] email|message|emails ${BE} opened [by] [a|any|the] [contact|lead|prospect]`,
    ].map(pattern),
  },
  {
    event: "tag_added",
    patterns: [
      `[the|a|any] tag <text> ${BE} added|applied [to|on] [a|any|the] [contact|lead]`,
      `[a|any|the] [new] tag ${BE} added|applied [to|on] [a|any|the] [contact|lead]`,
      `[the|a] <text> tag ${BE} added|applied [to|on] [a|any|the] [contact|lead]`,
    ].map(pattern),
    condition: tagIs,
  },
  { event: "contact_created", patterns: ["[a|every|each|new] contact creation"].map(pattern) },
  { event: "deal_created", patterns: ["[a|every|each|new] deal creation"].map(pattern) },
];

export function readEvent(source: Source, at: number): Read<Trigger> | undefined {
  const opener = matchFirst(source, at, OPENERS);
  if (opener === undefined) return isWord(tokenAt(source, at), "new") ? readNews(source, at) : undefined;
  for (const start of starts(source, at, opener.next)) {
    const event = readAlone(source, start) ?? readHappening(source, start, at);
    if (event !== undefined) return readFurther(source, event);
  }
  return undefined;
}

/** "New contact -> …" in notes. */
function readNews(source: Source, at: number): Read<Trigger> | undefined {
  const event = readAlone(source, at) ?? readHappening(source, at, at);
  const isTold = event !== undefined && isWord(tokenAt(source, event.next), "->", ":", ",", "–", "-");
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
const NOUNS: Readonly<Record<string, Kind>> = {
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
};

/** A noun, what is said of it, and what happens to it: "a contact in Singapore … is created", "each new lead". */
function readHappening(source: Source, at: number, opener: number): Read<Trigger> | undefined {
  const subject = matchAt(source, at, SUBJECT);
  const start = subject?.next ?? at;
  const isNew = ["new", "newly", "created", "added", "freshly", "inbound"].some((word) =>
    hasWord(source, opener, start, word),
  );
  const position = readPosition(source, start);
  const kind =
    NOUNS[tokenAt(source, start).word] ?? (position === undefined ? undefined : "contact");
  if (kind === undefined) return undefined;
  const titled =
    position === undefined ? [] : [compare("contact.title", "contains", position.value)];
  const next = position?.next ?? start + 1;
  return (
    readHappened(source, next, kind, titled) ??
    (isNew ? readNew(source, next, kind, titled) : undefined)
  );
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
