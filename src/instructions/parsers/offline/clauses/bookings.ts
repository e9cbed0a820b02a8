import type { Family } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import { type Draft, LIST, readTitle, toTask } from "./task-details.ts";

type Reading = ReturnType<Family["read"]>;

export const BOOKED = wordsOf(
  "book schedule arrange organize organise plan queue line pencil slot",
);
const MEETINGS =
  /^(?:call|calls|demo|demos|meeting|meetings|appointment|session|review|chat|conversation|slot|time|intro|introduction|coffee|lunch|dinner|walkthrough|walk-through|kickoff|kick-off|consultation|follow-up|followup|catch-up|catchup|check-in|visit|interview|presentation|workshop|training|onboarding|handover|sync|webinar|discussion|tour|assessment|talk|debrief|discovery|audit|pitch|qbr|ebr|poc|onsite|lunch-and-learn|standup|stand-up|retro|debriefing|1:1)$/;

/** What is booked is a meeting of some kind: no flight, and no room. */
export function hasMeeting(source: Source, at: number, end = source.end): boolean {
  for (let next = at + 1; next < end; next++)
    if (MEETINGS.test(tokenAt(source, next).word)) return true;
  return false;
}

const THINGS = wordsOf(
  "flight flights hotel room table restaurant taxi car train ticket tickets seat seats trip",
);

/** Whatever is booked with the contact is a meeting, but for what is bought. */
export function isWithContact(source: Source, at: number): boolean {
  for (let next = at + 1; next < source.end; next++) {
    if (THINGS.has(tokenAt(source, next).word)) return false;
    const after = tokenAt(source, next + 1);
    const isContact =
      /^@(?:contact|form)\./.test(after.text) || isWord(after, "them", "him", "her");
    if (isWord(tokenAt(source, next), "with") && isContact) return true;
  }
  return false;
}

const GETTING = pattern("+get|+have a|an|the|another");
const ARRANGED = ["booked|scheduled|arranged|organized|organised [in]", "set up"].map(pattern);
const IN_DIARY = pattern("in|on|into the|our|my|their calendar|diary|books|schedule");
const LONGEST_MEETING = 7;

/** "Get a demo booked with …", "put a call in the diary": what is booked stands before it. */
export function readArranged(source: Source, at: number): Reading {
  const head = matchAt(source, at, GETTING) ?? matchAt(source, at, PUTTING);
  if (head === undefined) return undefined;
  const first = isWord(tokenAt(source, at + 1), "a", "an", "the") ? at + 1 : head.next - 1;
  for (let to = first + 2; to < Math.min(source.end, first + LONGEST_MEETING); to++) {
    const booked = matchFirst(source, to, ARRANGED) ?? matchAt(source, to, IN_DIARY);
    if (booked === undefined || !hasMeeting(source, first, to)) continue;
    return readArrangedTo(source, { first, to, next: booked.next });
  }
  return undefined;
}

interface Arranged {
  readonly first: number;
  readonly to: number;
  readonly next: number;
  readonly assignee?: string | undefined;
}

function verbOf(source: Source, at: number): string {
  const { lemma } = tokenAt(source, at);
  if (lemma === "set") return "set up";
  return BOOKED.has(lemma) ? lemma : "book";
}

function readArrangedTo(source: Source, { first, to, next }: Arranged): Reading {
  const start = `${verbOf(source, to)} ${slice(source, first, to)}`;
  if (next >= source.end) return toTask({ title: start }, next);
  const draft: Draft = {};
  const end = readTitle(source, next - 1, draft, false);
  const rest = (draft.title ?? "").slice(tokenAt(source, next - 1).text.length);
  return toTask({ ...draft, title: `${start}${rest}` }, end);
}

const PUTTING = pattern("+put|+add|+stick|+pop|+place|+drop|+throw|+get|+slot [in]");
const ONTO = [
  `on|onto|to|in|into <person> 's ${LIST}`,
  `on|onto|to|in|into my|our|the|their ${LIST}`,
].map(pattern);
const LONGEST_CHORE = 12;

/** "Put a call with … on @user.rep's list", "put it on my list to call …". */
export function readListed(source: Source, at: number): Reading {
  const head = matchAt(source, at, PUTTING);
  if (head === undefined) return undefined;
  const first = isWord(tokenAt(source, head.next), "a", "an", "the") ? head.next + 1 : head.next;
  for (let to = first + 1; to < Math.min(source.end, first + LONGEST_CHORE); to++) {
    const onto = matchFirst(source, to, ONTO);
    if (onto === undefined) continue;
    const mine = isWord(tokenAt(source, to + 1), "my") ? "@user.creator" : undefined;
    const assignee = onto.captures.person ?? mine;
    return readListedTo(source, { first, to, next: onto.next, assignee });
  }
  return undefined;
}

function readListedTo(source: Source, { first, to, next, assignee }: Arranged): Reading {
  const draft: Draft = assignee === undefined ? {} : { assignee };
  const named = titleOf(source, first, to);
  if (isWord(tokenAt(source, next), "to", ":")) {
    const end = readTitle(source, next + 1, draft, isWord(tokenAt(source, next), ":"));
    return named === undefined ? toTask(draft, end) : undefined;
  }
  if (named === undefined) return undefined;
  const details: Draft = {};
  const end = next >= source.end ? next : readTitle(source, next - 1, details, false);
  const isWhole = details.title === undefined || details.title === tokenAt(source, next - 1).text;
  return isWhole ? toTask({ ...draft, ...details, title: named }, end) : undefined;
}

/** What is put on a list: a quoted title, a call or another meeting; nothing where it is only "it". */
function titleOf(source: Source, first: number, to: number): string | undefined {
  const token = tokenAt(source, first);
  if (token.kind === "quoted" && to === first + 1) return token.text;
  if (isWord(token, "it", "this")) return undefined;
  const isWork = token.word.endsWith("ing") || hasMeeting(source, first - 1, to);
  return isWork ? slice(source, first, to) : undefined;
}
