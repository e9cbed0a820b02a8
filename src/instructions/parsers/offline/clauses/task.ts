import { type Family, one, part, type Part, readParts } from "../clause.ts";
import { matchFirst, type Pattern, pattern } from "../pattern.ts";
import { isWord, slice, type Source, tokenAt } from "../source.ts";

interface Draft {
  title?: string;
  due?: string;
  assignee?: string;
}

const NOUN =
  "[new|quick|high-priority|urgent|separate|small|follow-up|crm|reminder|simple|call] task|todo|to-do|reminder|task";

const HEADS = [
  `+create|+add|+make|+open|+log|+set|+put|+raise|+leave|+give|+file|+schedule|+generate|+write|+assign|+queue|+pop|+stick|+throw|+chuck [up|down|in|together] [me|them|us|yourself] [a|an|the|another|one] ${NOUN} [on the|my|our|their board|list|crm|calendar|pipeline] [in the crm|list|board] [for me]`,
  `+assign|+give <person> [a|an|the] ${NOUN}`,
  `[a|another] [new|follow-up] task created|made|added|set [up]`,
  `[a] [new|follow-up] task|todo|to-do [on the board]`,
].map(pattern);

const TITLED = ["[:|–|-] [to|that|called|titled|named|saying|says|of]", "with [the] title [:]"].map(
  pattern,
);

const WHOM =
  "(them|him|her / [each|every|all|the|these|those|both|any] [and] [every] [one] [of] [the|these|those|them] contact|contacts|lead|leads|prospect|prospects|customer|customers|person|people|one|deal|deals|company|companies|account|accounts|owner / each|all|everyone|everybody|both [of] [them|these|those] / <variable>)";

/** Verbs of a person's own work, kept in front of the title. */
const CHORES = [
  "+schedule|+book|+arrange|+organize|+organise|+plan [in|them] [in] a|an|the|another",
  "+set up a|an|another",
  "+schedule|+book|+arrange <bare>",
  `+call|+ring|+phone|+dial ${WHOM} [up]`,
  `+give ${WHOM} a [quick] call|ring|shout|bell`,
].map(pattern);

const DETAILS: readonly Part<Draft>[] = [
  part<Draft>(
    [
      "[and|with|,] [a|the] [it|it's] [is] [a] due|deadline|date [date] [of|is|to|be|:|for] [in] <duration>",
      "[it] [is|'s|should|set|with|and|make|be|has] [a|the|it] [be] [deadline|date] [of] <due>",
    ],
    (draft, { due, duration }) => {
      draft.due = due ?? duration ?? "";
    },
  ),
  part<Draft>(
    [
      "[and] [please] assigned|assign|+give|+route|+delegate [:] [it|this|that|them|the|these] [task|one] [to] <person>",
      "[with] [the] owner|assignee|owned [by|is|:|=|to|of] <person>",
    ],
    (draft, { person }) => {
      draft.assignee = person ?? "";
    },
  ),
];

const FOR_SOMEBODY: Part<Draft> = part<Draft>(["for|to <person>"], (draft, { person }) => {
  draft.assignee = person ?? "";
});

export const createTask: Family = {
  name: "create_task",
  read: (source, at) => readTask(source, at) ?? readAsked(source, at) ?? readChore(source, at),
};

function readTask(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchFirst(source, at, HEADS);
  if (head === undefined) return undefined;
  const { person } = head.captures;
  const draft: Draft = person === undefined ? {} : { assignee: person };
  let next = readParts(
    source,
    head.next,
    isTitle(source, head.next) ? [] : [...DETAILS, FOR_SOMEBODY],
    draft,
  );
  if (next >= source.end && KINDS.has(tokenAt(source, nounAt(source, head.next) - 1).word)) {
    return one({ type: "create_task", params: { ...draft, title: "Follow-up" } }, next);
  }
  const titled = matchFirst(source, next, TITLED);
  const isVerbatim = isWord(tokenAt(source, next), ":", "–", "-");
  if (titled !== undefined) ({ next } = titled);
  const end = readTitle(source, next, draft, isVerbatim);
  return end === undefined
    ? undefined
    : one({ type: "create_task", params: { ...draft, title: draft.title ?? "" } }, end);
}

const KINDS = new Set(["follow-up", "followup"]);

/** Where the noun of the task stands, for what is said before it. */
function nounAt(source: Source, next: number): number {
  return /^(?:task|to-?do|reminder)/.test(tokenAt(source, next - 1).word) ? next - 1 : next;
}

function isTitle(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return (
    isWord(token, ":", "–", "-", "called", "titled", "named") ||
    token.kind === "quoted" ||
    (token.word === "to" && tokenAt(source, at + 1).kind === "word")
  );
}

/** The title up to the details behind it. Returns where it came to, or nothing when there is no title. */
function readTitle(
  source: Source,
  at: number,
  draft: Draft,
  isVerbatim: boolean,
): number | undefined {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") {
    draft.title = token.text;
    const details = readParts(source, at + 1, [...DETAILS, FOR_SOMEBODY], draft);
    return details;
  }
  for (let end = at + 1; end <= source.end; end++) {
    const details: Draft = {};
    const next = end === source.end ? end : readDetails(source, end, details);
    if (next !== source.end) continue;
    Object.assign(draft, details);
    const isWritten = isVerbatim && isWord(tokenAt(source, end), "in", "tomorrow", "next");
    draft.title = clean(slice(source, at, isWritten ? dueEnd(source, end) : end));
    return draft.title === "" ? undefined : next;
  }
  return undefined;
}

function readDetails(source: Source, at: number, details: Draft): number {
  const next = readParts(
    source,
    at,
    [...DETAILS, ...(isForUser(source, at) ? [FOR_SOMEBODY] : [])],
    details,
  );
  return Object.keys(details).length === 0 ? at : next;
}

function isForUser(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "for") && tokenAt(source, at + 1).word.startsWith("@user.");
}

/** After the colon the title is as written, the date with it, but not what stands behind the date. */
function dueEnd(source: Source, at: number): number {
  return matchFirst(source, at, DUE)?.next ?? at;
}

const DUE: readonly Pattern[] = [pattern("<due>")];

function clean(title: string): string {
  return title.replace(/[\s,;:.–-]+$/u, "");
}

/** In a cadence "day 5: call" is told whom. */
const CALLS = ["[a|the|another|one] [phone|quick|follow-up|last|final] call"].map(pattern);
const ASKED = [pattern("have|get|ask <person> [to] [please]")];
const MACHINES = /\b(?:ai|voice|bot|agent|system|stint|assistant)\b/i;
const TAKING_OVER = ["take", "takes", "taking", "handle", "own", "know"];

/** "Have @user.rep call them tomorrow", "ask Dana to review the contract". */
function readAsked(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchFirst(source, at, ASKED);
  const assignee = head?.captures.person;
  if (head === undefined || assignee === undefined) return undefined;
  const verb = tokenAt(source, head.next);
  if (MACHINES.test(assignee) || verb.kind !== "word" || isWord(verb, ...TAKING_OVER))
    return undefined;
  const draft: Draft = { assignee };
  const end = readTitle(source, head.next, draft, false);
  return end === undefined
    ? undefined
    : one({ type: "create_task", params: { ...draft, title: draft.title ?? "" } }, end);
}

const BOOKED = new Set(["book", "schedule", "arrange", "organize", "organise", "plan"]);
const MEETINGS =
  /^(?:call|calls|demo|demos|meeting|meetings|appointment|session|review|chat|conversation|slot|time|intro|introduction|coffee|lunch|dinner|walkthrough|walk-through|kickoff|kick-off|consultation|follow-up|followup|catch-up|catchup|check-in|visit|interview|presentation|workshop|training|onboarding|handover|sync|webinar|discussion|tour|assessment|talk|debrief|discovery|audit|pitch)$/;

/** What is booked is a meeting of some kind: no flight, and no room. */
function isMeeting(source: Source, at: number): boolean {
  if (!BOOKED.has(tokenAt(source, at).lemma)) return true;
  for (let next = at + 1; next < source.end; next++)
    if (MEETINGS.test(tokenAt(source, next).word)) return true;
  return false;
}

/** Nobody's work: a machine would have to do it. */
const BY_MACHINE =
  /\b(?:with|by|via|using|through)\b.*\b(?:ai|bots?|(?:auto|power)?-?dialers?|robots?|voice agents?)\b/i;

function readChore(source: Source, at: number): ReturnType<Family["read"]> {
  const alone = matchFirst(source, at, CALLS);
  if (alone !== undefined && alone.next >= source.end)
    return one({ type: "create_task", params: { title: "Call" } }, alone.next);
  const head = matchFirst(source, at, CHORES);
  if (head === undefined || !isMeeting(source, at)) return undefined;
  const draft: Draft = {};
  const end = readTitle(source, at, draft, false);
  if (BY_MACHINE.test(draft.title ?? "")) return undefined;
  return end === undefined
    ? undefined
    : one({ type: "create_task", params: { ...draft, title: draft.title ?? "" } }, end);
}

/** "Assign it to @user.salesRep", "It's due in 2 days": what is said of the task before. */
export const amendTask: Family = {
  name: "create_task",
  read: (source, at, { previous }) => {
    if (previous?.type !== "create_task") return undefined;
    const draft: Draft = {};
    const next = readParts(source, at, DETAILS, draft);
    if (Object.keys(draft).length === 0) return undefined;
    return one({ type: "create_task", params: { ...previous.params, ...draft } }, next);
  },
};
