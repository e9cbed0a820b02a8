import { type Family, one, part, readParts } from "../clause.ts";
import { matchFirst, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { readAsked } from "./asked.ts";
import { readChore } from "./chores.ts";
import { ENTITY } from "./recipients.ts";
import { DETAILS, type Draft, FOR_SOMEBODY, readTitle, toTask } from "./task-details.ts";

const KIND =
  "[new|quick|contact|company|deal|outreach|onboarding|renewal|demo|discovery|qualification|crm|high-priority|urgent|separate|small|follow-up|followup|crm|reminder|simple|call|calling|prep|research|review|manual|internal|personal|sales|phone|short|little|fresh|single]";
const NOUN = `${KIND} ${KIND} task|todo|to-do|reminder|task|ticket|activity [item]`;

const HEADS = [
  `+create|+add|+make|do|does|+open|+log|+set|+put|+raise|+leave|+give|+file|+schedule|+generate|+write|+assign|+queue|+pop|+stick|+throw|+chuck|+drop|+start|+record|+enter|+jot|+note [for|on ${ENTITY}] [up|down|in|together] [me|them|us|yourself] [a|an|the|another|one] ${NOUN} [up|down|out] [on the|my|our|their board|list|crm|calendar|pipeline] [in the crm|list|board] [for me]`,
  `+assign|+give|+leave|+set|+create|+make|+send <person> [a|an|the|another] ${NOUN}`,
  `[a|another] ${KIND} task created|made|added|set [up]`,
  `[a|another] ${KIND} task|todo|to-do [on the board]`,
  `[a|another] ${KIND} activity|reminder :`,
  "another [one]",
  "+remind me|us with a|another task|todo|to-do",
  "+make|+leave|+add|+write|+put|+set a|another note|reminder|memo [for <person>] to",
].map(pattern);

const TITLED = [
  "[,|\\(] [with|and] [the|a|this] title|name|text|description [of|:|is|=|being|saying]",
  "[,] [that|which] says|reads|saying|reading|reminding [them|him|her|us|me] [to] [:]",
  "[:|–|-] [to|that|called|titled|entitled|named|saying|says|of]",
].map(pattern);

export const createTask: Family = {
  name: "create_task",
  read: (source, at) => readTask(source, at) ?? readAsked(source, at) ?? readChore(source, at),
};

const URGENT = wordsOf("urgent high-priority");

/** "an urgent task" */
function urgencyOf(source: Source, from: number, to: number): Draft {
  const said = source.tokens.slice(from, to).find(({ word }) => URGENT.has(word));
  return said === undefined ? {} : { urgency: capital(said.word) };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function readTask(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchFirst(source, at, HEADS);
  if (head === undefined) return undefined;
  const { person } = head.captures;
  const mine = isMine(source, head.next) ? "@user.creator" : undefined;
  const assignee = person ?? mine;
  const draft = urgencyOf(source, at, head.next);
  if (assignee !== undefined) draft.assignee = assignee;
  const next = readParts(
    source,
    head.next,
    isTitle(source, head.next) ? [OF_USER] : [OF_USER, ...DETAILS, ABOUT, FOR_SOMEBODY],
    draft,
  );
  const title = next >= source.end ? kindOf(source, at, head.next) : undefined;
  if (title !== undefined) return toTask({ ...draft, title }, next);
  return readTitled(source, next, draft);
}

/** The title, behind a colon, "to" or "called"; behind nothing only where it can be one. */
function readTitled(source: Source, at: number, draft: Draft): ReturnType<Family["read"]> {
  const next = matchFirst(source, at, TITLED)?.next ?? at;
  const isVerbatim = isWord(tokenAt(source, at), ":", "–", "-");
  const isJoined = next === at && isWord(tokenAt(source, next - 1), "and", "then");
  if (!isVerbatim && (isJoined || NO_TITLE.has(tokenAt(source, next).word))) return undefined;
  return toTask(draft, readTitle(source, next, draft, isVerbatim));
}

/** "a to-do for me to review it" is for me, "a task for me: …" asks nicely. */
function isMine(source: Source, at: number): boolean {
  const isFor = isWord(tokenAt(source, at - 2), "for") && isWord(tokenAt(source, at - 1), "me");
  return isFor && isWord(tokenAt(source, at), "to");
}

/** Of whom it is. */
const ABOUT = part<Draft>([`on|against|for ${ENTITY}`]);

/** "task → @user.rep: …" */
const OF_USER = part<Draft>(
  ["[:] <user> [:|-|–]", "[in] to|for <person> :"],
  (draft, { user, person }) => {
    draft.assignee = user ?? person ?? "";
  },
);

/** These begin no title: something is said of the task. */
const NO_TITLE = wordsOf(
  "is are should must will needs gets get has was can for on with out of from by in at as about them him her it the a an due",
);

/** Of a task without a title the kind names it: "a follow-up task", "a call task". */
const KINDS = wordsOf("follow-up followup call calling prep research review sales phone");

const ARTICLES = wordsOf("a an the another one");

function kindOf(source: Source, from: number, to: number): string | undefined {
  for (let at = to - 1; at >= from; at--) {
    const { word, text } = tokenAt(source, at);
    if (ARTICLES.has(word)) return undefined;
    if (KINDS.has(word)) return capital(text);
  }
  return undefined;
}

function isTitle(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return (
    isWord(token, ":", "–", "-", "called", "titled", "entitled", "named") ||
    token.kind === "quoted" ||
    (token.word === "to" && tokenAt(source, at + 1).kind === "word")
  );
}

/** "task: … → @user.rep" */
const TO_USER = part<Draft>(["[to] <user>"], (draft, { user }) => {
  draft.assignee = user ?? "";
});

/** "Assign it to @user.salesRep", "It's due in 2 days": what is said of the task before. */
export const amendTask: Family = {
  name: "create_task",
  read: (source, at, { previous }) => {
    if (previous?.type !== "create_task") return undefined;
    const draft: Draft = {};
    const next = readParts(source, at, [...DETAILS, TO_USER], draft);
    if (Object.keys(draft).length === 0) return undefined;
    return one({ type: "create_task", params: { ...previous.params, ...draft } }, next);
  },
};
