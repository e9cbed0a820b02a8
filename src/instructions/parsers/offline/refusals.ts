import { lemmaOf } from "./lexicon.ts";
import { readKnownField } from "./readers/fields.ts";
import { slice, type Source, tokenAt, wordsOf } from "./source.ts";
import { nearestOf } from "./spelling.ts";
import { wordTable } from "./word-table.ts";

interface Answer {
  readonly reason: string;
  readonly suggestion: string;
}

interface Hint extends Answer {
  readonly words: ReadonlySet<string>;
}

const hint = (words: string, reason: string, suggestion: string): Hint => ({
  words: wordsOf(words),
  reason,
  suggestion,
});

/** What people ask for that no planStep does, and the nearest that one can. */
const HINTS: readonly Hint[] = [
  hint(
    "whatsapp sms text telegram slack messenger instagram facebook twitter teams discord wechat signal imessage",
    "Stint sends email and LinkedIn invitations, no other messages",
    "Send an email, or create a task for a person to do it",
  ),
  hint(
    "call phone voice voicemail dial ring zoom video dialer dialler autodialer autodialler robo-dialer robo-dialler robocall",
    "Stint makes no calls",
    "Create a task, such as: create a task: Call @contact.firstName",
  ),
  hint(
    "gift courier couriered champagne postcard letter print fax ship flowers parcel swag",
    "Stint sends nothing by post",
    "Create a task for a person to do it",
  ),
  hint(
    "merge dedupe deduplicate duplicate duplicates",
    "Stint does not merge records",
    "Tag them for a person to look at, or create a task",
  ),
  hint(
    "delete erase export import upload download spreadsheet csv pdf excel archive purge",
    "Stint does not delete, import or export records from instructions",
    "Tag them, or create a task for a person",
  ),
  hint(
    "scrape crawl maps harvest",
    "Stint does not collect records from websites",
    "Search the web, or find contacts that are already in the CRM",
  ),
  hint(
    "zoominfo clearbit hunter lusha cognism snov rocketreach dropcontact kaspr",
    "Enrichment is done by Apollo only",
    "Say: enrich with Apollo",
  ),
  hint(
    "report chart summarize summarise graph summary dashboard analyse analyze translate forecast",
    "Stint writes no reports, summaries or translations from instructions",
    "Find contacts, companies or deals, then say what to do with them",
  ),
  hint(
    "increase decrease increment decrement multiply double halve add-up subtract",
    "Stint sets a field to a value; it does not count with it",
    "Name the value, such as: set the lead score to 50",
  ),
  hint(
    "sort order rank biggest largest smallest newest oldest best highest lowest",
    "Stint does not sort what it finds",
    "Say what they must have, such as: find deals over 50k, limit 10",
  ),
  hint(
    "big small large huge tiny",
    "How big that is has no number",
    "Say it in numbers, such as: companies with more than 500 employees",
  ),
  hint(
    "bounced clicked click clicks bounce",
    "Whether an email bounced or was clicked is not known; whether it was opened or answered is",
    "Say: if they opened the email, or: if they replied",
  ),
  hint(
    "starts starting begins beginning ends ending",
    "A text is compared as a whole or for what it contains, not for how it begins or ends",
    "Say: email contains 'acme.com'",
  ),
  hint(
    "until",
    "A wait lasts for a time, and does not end with an event",
    "Say how long, such as: wait 3 days. If they opened the email, …",
  ),
];

const GENERAL: Answer = {
  reason: "None of the actions can carry this out",
  suggestion:
    "Use one of: find, skip, send email, connect on LinkedIn, search the web, create task, tag, update a field, enrich, wait, hand off, notify, remember, if, stop",
};

const QUESTIONS = new Set(["why", "how", "what", "who", "which", "where"]);
const QUESTION: Answer = {
  reason: "This asks a question; instructions say what to do",
  suggestion: "Find contacts, companies or deals, then say what to do with them",
};

const EMAIL = "send the 'Intro' email";
const TASK = "create a task: Call @contact.firstName";
const STATUS = "set the status to Qualified";
const NOTIFY = "notify @user.salesRep that @contact.firstName replied";

/** By verb, the nearest that can be said. */
const NEAREST: Readonly<Record<string, string>> = wordTable({
  ...nearest(
    "message greet welcome thank congratulate contact reach pitch engage nurture reply respond",
    EMAIL,
  ),
  ...nearest("meet visit plan arrange prepare review follow research discuss talk speak", TASK),
  ...nearest(
    "promote archive approve reject qualify disqualify convert close activate disable",
    STATUS,
  ),
  ...nearest("ask consult remind warn inform report escalate involve", NOTIFY),
  ...nearest(
    "enroll enrol subscribe segment group categorize categorise sort",
    "tag them 'Nurture'",
  ),
  ...nearest("pause hold delay sleep rest", "wait 3 days"),
  ...nearest("unsubscribe block ban blacklist forget", "skip anyone who opted out"),
  ...nearest("monitor track watch check", "every day at 9 AM, find contacts created today"),
});

function nearest(verbs: string, suggestion: string): Readonly<Record<string, string>> {
  return Object.fromEntries(verbs.split(" ").map((verb) => [verb, suggestion]));
}

/** Verbs of the actions, for one that was misspelled beyond putting right. */
const ACTIONS = wordsOf(
  "find search skip send email connect create tag untag remove update change move enrich wait notify assign remember save stop",
);

/** Why a clause is refused, with the nearest thing that can be done instead. */
export function explain(source: Source, from: number, to: number, leftover: number): Answer {
  if (QUESTIONS.has(tokenAt(source, from).word)) return QUESTION;
  const known = hintWithin(source, from, to);
  if (known !== undefined) return known;
  const rest = leftover > from && leftover < to ? slice(source, leftover, to) : "";
  if (rest !== "") return { ...GENERAL, reason: `"${rest}" is not understood here` };
  return { ...GENERAL, suggestion: suggest(source, from) ?? GENERAL.suggestion };
}

/** Whether something is named that no step can do. */
export function isBeyond(source: Source, from: number, to: number): boolean {
  return hintWithin(source, from, to) !== undefined;
}

/** A field ("no phone number") asks for no call. */
function hintWithin(source: Source, from: number, to: number): Hint | undefined {
  for (let at = from; at < to; at++) {
    const { word, lemma, kind } = tokenAt(source, at);
    const isField = at > from && readKnownField(source, at) !== undefined;
    if (kind === "quoted" || isField) continue;
    const found = HINTS.find(({ words }) => words.has(word) || words.has(lemma));
    if (found !== undefined) return found;
  }
  return undefined;
}

function suggest(source: Source, from: number): string | undefined {
  const { word, text, kind } = tokenAt(source, from);
  if (kind !== "word") return undefined;
  if (ACTIONS.has(word)) return word === text.toLowerCase() ? undefined : `Did you mean "${word}"?`;
  const instead = NEAREST[lemmaOf(word)] ?? NEAREST[word];
  if (instead !== undefined) return `Say what can be done, such as: ${instead}`;
  const close = nearestOf(word, ACTIONS, 2);
  return close === undefined ? undefined : `Did you mean "${close}"?`;
}
