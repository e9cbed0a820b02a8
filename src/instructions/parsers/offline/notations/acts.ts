import { matchAt, pattern } from "../pattern.ts";
import { type Read, type Source, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";

/** One detail of an act: the words before it, and how its value is meant. */
export interface Slot {
  readonly words: string;
  readonly key: string;
  /** A text is taken as it stands, like a quoted one; a time is words, also where it is quoted. */
  readonly kind: "text" | "words" | "time";
}

/** An act by the names that documents and code give it, and the sentence that its details make. */
export interface Act {
  readonly names: string;
  readonly say: string;
  readonly slots: readonly Slot[];
}

const slot = (words: string, key: string, kind: Slot["kind"] = "text"): Slot => ({
  words,
  key,
  kind,
});

const ACTS: readonly Act[] = [
  {
    names: "([send|sends] [an|a|automated|automatic] email|mail|e-mail [template] / send)",
    say: "send email",
    slots: [
      slot("", "template"),
      slot("to", "to", "words"),
      slot(", subject", "subject"),
      slot(", body", "body"),
    ],
  },
  {
    names: "[create|add|new|make|manual] [call] task|todo|to-do|reminder",
    say: "create task",
    slots: [slot("", "title"), slot(", due in", "due", "time"), slot(", assign to", "to", "words")],
  },
  {
    names: "[send] [internal] notify|notification|alert",
    say: "notify",
    slots: [slot("", "to", "words"), slot(":", "message")],
  },
  {
    names: "(handoff|hand-off|handover|escalate|escalation / hand off|over) [to]",
    say: "hand off",
    slots: [
      slot("to", "to", "words"),
      slot(", reason", "reason"),
      slot(", timeout", "timeout", "time"),
    ],
  },
  {
    names:
      "([send] linkedin|li [invite|invitation|connect|connection|request] [request] / connect [on|via] [linkedin])",
    say: "connect on linkedin",
    slots: [slot("with the note", "note")],
  },
  {
    names: "wait|delay|pause|sleep [for]",
    say: "wait",
    slots: [slot("", "duration", "time")],
  },
  {
    names: "[add|apply] tag|tags|label",
    say: "add tag",
    slots: [slot("", "tag", "words")],
  },
  {
    names: "(remove tag|tags|label / untag)",
    say: "remove tag",
    slots: [slot("", "tag", "words")],
  },
  {
    names: "update|set|change [contact|company|deal|custom] [field|property]",
    say: "set",
    slots: [slot("the", "entity", "words"), slot("", "field", "words"), slot("to", "value")],
  },
  {
    names: "(web [search|research] / search [the] web / google)",
    say: "search the web for",
    slots: [slot("", "query"), slot(", limit", "limit", "words")],
  },
  {
    names: "enrich|enrichment [contact|contacts|lead]",
    say: "enrich",
    slots: [slot("with", "provider", "words")],
  },
  {
    names: "remember|memory|save [to] [memory]",
    say: "remember",
    slots: [slot("", "key", "words"), slot("=", "value", "words")],
  },
];

/** What documents call the details. */
const KEYS: Readonly<Record<string, string>> = wordTable(
  Object.fromEntries(
    Object.entries({
      to: "to assignee owner assign assigned recipient user rep who",
      reason: "reason why because",
      timeout: "timeout expires",
      due: "due deadline dueDate duedate due_date due_in duein",
      title: "title name task",
      subject: "subject",
      body: "body text content",
      template: "template template_name templatename email",
      message: "message msg text",
      note: "note message",
      limit: "limit max results",
      query: "query q search",
      tag: "tag tags label labels value name",
      field: "field property",
      value: "value",
      entity: "entity object",
      key: "key name",
      provider: "provider with via source",
      duration: "duration for time delay period days",
    }).flatMap(([key, names]) => [...wordsOf(names)].map((name) => [`${key}:${name}`, key])),
  ),
);

/** Which detail of an act a name means. */
export function slotOf(act: Act, name: string): Slot | undefined {
  return act.slots.find(({ key }) => KEYS[`${key}:${name}`] !== undefined);
}

/** Found below "search:", which is no act of a sentence's order. */
const KINDS = wordsOf("contacts companies deals leads people accounts");

export function isKind(word: string): boolean {
  return KINDS.has(word);
}

const PATTERNS = ACTS.map((act) => ({ act, pattern: pattern(act.names) }));

/** The act whose name stands here, the longest of all. */
export function readActName(source: Source, at: number): Read<Act> | undefined {
  let best: Read<Act> | undefined;
  for (const { act, pattern: names } of PATTERNS) {
    const match = matchAt(source, at, names);
    if (match !== undefined && match.next > (best?.next ?? at))
      best = { value: act, next: match.next };
  }
  return best;
}
