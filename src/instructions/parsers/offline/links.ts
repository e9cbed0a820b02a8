import { isAudience } from "./audiences.ts";
import { readLapse, readPoint } from "./cadences.ts";
import { isOthers } from "./clauses/audience.ts";
import { readCorrection } from "./corrections.ts";
import { skipCourtesy } from "./courtesy.ts";
import { skipFrame } from "./frames.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import { isDashOfTitle } from "./titles.ts";
import type { Token } from "./tokens.ts";
import { isTrailing } from "./trailing.ts";

/** Words that only link, and where a clause may begin. */

const LINKS = wordsOf(", and & then -> ; – plus but . so + also afterwards");

export function isLink(token: Token): boolean {
  return (
    token.kind !== "quoted" && (LINKS.has(token.word) || (token.word === "-" && token.isApart))
  );
}

/** "-tag cold" takes a tag off; its dash is no link. */
export function isLinkAt(source: Source, at: number): boolean {
  const isMinus =
    isWord(tokenAt(source, at), "-") && isWord(tokenAt(source, at + 1), "tag", "tags");
  return isLink(tokenAt(source, at)) && !(isMinus && !tokenAt(source, at + 1).isApart);
}

/** Verbs that begin a clause whatever follows. */
const VERBS =
  wordsOf(`send find get grab pull fetch skip exclude ignore create make add remove delete set change update move push
  switch wait pause notify alert tell inform ping remind remember save store keep stop quit halt terminate enrich connect
  invite hand pass transfer escalate assign tag untag mark book schedule arrange drop shoot fire forward give put take
  google browse leave omit filter strip clear let hold loop search look run hunt stash jot memorize advise warn delay sleep
  attach apply gather collect identify select locate route raise bump reach discard resend`);

/** These are nouns as well: they begin a clause only before something to act on. */
const VERBS_WITH_OBJECT =
  wordsOf(`email mail message call ring phone text contact list show end finish exit flag label note log record check
  research start begin task use go do repeat append withdraw nudge target invite write open plan build assemble scan proceed continue`);

const OBJECTS =
  wordsOf(`the a an them him her it this that these those everyone anyone each all any every our my their its to on in up off
  over for about here there out with down contacts companies deals leads me workflow sequence online back`);

const OPENERS = [
  "if|unless|otherwise|else|except",
  "[or|and] if not",
  "or else",
  "[in] either way",
  "in any|both|either|all|every|the [other] case|cases",
  "should|where they|the|he|she|there|it|we|contact|nobody|anyone|somebody|someone",
  "as|so long as",
  "provided|providing|assuming that|they|the|he|she|it|there|we",
  "regardless",
  "check|see if|whether",
  "everyone|everybody|anyone|anybody else",
  "the rest|others (get|gets|should|receive / <quoted>)",
  "in|after <duration>",
  "[another] <duration> later|after",
  "<duration> on ,",
  "<duration> after that",
  "no|still reply|response|answer|no",
  "day|week <number>",
  "wait",
  "<duration> ->|;",
  "once|when|as they|he|she|the|it|soon|a|there|no|nobody|nothing",
  "do not|the",
  "never",
  "f/u|follow-up|followup",
  "have|take a look",
  "have|ask|let <person> [to] call|ring|phone|follow|reach|check|review|prepare|contact|send|email|book|schedule|set|write|look|handle|take|close|talk|speak|meet|visit|give|draft|confirm|discuss|investigate|negotiate|chase|onboard",
  "make a note",
  "a|another task|reminder for|to",
  "another [one] to",
  "pop|stick a|an|the",
  "they|it|everyone|everybody|those should|must|need|needs",
  "follow up",
  "connection request",
  "linkedin invitation|invite|connection|request",
  "web search",
  "handoff",
].map(pattern);

/** A clause begins here, once courtesy is passed over. `isLinked` when a link or a full stop stands before it. */
export function isStart(source: Source, at: number): boolean {
  const next = skipAsking(source, at);
  const isThen = isWord(tokenAt(source, at - 1), "then");
  return isBareStart(source, next) || ((next > at || isThen) && isInflectedStart(source, next));
}

/** Past courtesy, and past a request in so many words: "I was hoping you could …". */
export function skipAsking(source: Source, at: number): number {
  const courteous = skipCourtesy(source, at);
  if (isBareStart(source, courteous)) return courteous;
  if (isDoer(source, courteous)) return courteous + 1;
  const framed = skipFrame(source, at, isActing);
  return framed > at ? framed : courteous;
}

/** "we notify them", "you send 'X'": who is to do it; "only find …" is no "only keep …". */
function isDoer(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), "only"))
    return isWord(tokenAt(source, at + 1), "find", "get", "search");
  if (!isWord(tokenAt(source, at), "we", "you", "stint")) return false;
  return isBareStart(source, at + 1) && isActing(source, at + 1);
}

/** Whether a verb of the actions stands here, in any form. */
export function isActing(source: Source, at: number): boolean {
  const { kind, lemma } = tokenAt(source, at);
  if (kind !== "word") return false;
  return VERBS.has(lemma) || (VERBS_WITH_OBJECT.has(lemma) && isObject(source, at + 1));
}

export function isBareStart(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (isMarkedStart(source, at) || isAudience(source, at)) return true;
  if (token.kind !== "number" && token.kind !== "word") return false;
  if (VERBS.has(token.word)) return true;
  if (isWord(token, "note", "message", "text") && tokenAt(source, at + 1).kind === "quoted")
    return false;
  const isAct = isObject(source, at + 1) || isAlone(source, at);
  if (isAct && VERBS_WITH_OBJECT.has(token.word)) return true;
  return matchFirst(source, at, OPENERS) !== undefined;
}

/** A time, a correction or a mail's name begins a clause without a verb. */
function isMarkedStart(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), "-")) return !isLinkAt(source, at);
  if (isWord(tokenAt(source, at), "+")) return readLapse(source, at) !== undefined;
  return (
    readPoint(source, at) !== undefined ||
    readCorrection(source, at) !== undefined ||
    isNamedMail(source, at)
  );
}

/** When a mail goes out, told behind its name. */
const TIMES = ["after|in <duration>", "<duration> later|after", "on|in day|week <number>"].map(
  pattern,
);
const MAILS = ["email", "emails", "template", "mail"];

/** "…, then the 'Bump' email" */
function isNamedMail(source: Source, at: number): boolean {
  const name = isWord(tokenAt(source, at), "the", "our", "a") ? at + 1 : at;
  if (tokenAt(source, name).kind !== "quoted") return false;
  const isMail = isWord(tokenAt(source, name + 1), ...MAILS);
  const isForOthers = isWord(tokenAt(source, name + 1), "to", "for") && isOthers(source, name + 2);
  return isMail || isForOthers || matchFirst(source, name + 1, TIMES) !== undefined;
}

/** "enrich, email, wait 3 days" */
function isAlone(source: Source, at: number): boolean {
  const after = tokenAt(source, at + 1);
  return (
    isWord(tokenAt(source, at), "email", "end", "finish") &&
    (after.word === "" || isWord(after, ",", "->", ";"))
  );
}

function isInflectedStart(source: Source, at: number): boolean {
  const { lemma, kind } = tokenAt(source, at);
  return (
    kind === "word" &&
    (VERBS.has(lemma) || (VERBS_WITH_OBJECT.has(lemma) && isObject(source, at + 1)))
  );
}

function isObject(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return (
    token.kind === "quoted" ||
    token.kind === "variable" ||
    OBJECTS.has(token.word) ||
    token.isCapital
  );
}

const NO_REPLY = pattern("[still] no reply|response|answer");

export interface Boundary {
  /** Where the clause ends and where the next begins. */
  readonly end: number;
  readonly next: number;
}

/** Whether the clause ends at this token: a link with a clause behind it, or a condition that follows its clause. */
export function boundaryAt(source: Source, at: number): Boundary | undefined {
  if (isSide(source, at) || isOnlyIf(source, at)) return { end: at, next: at };
  if (isBeforeAct(source, at) || isAside(source, at)) return { end: at, next: at + 1 };
  const next = isByThen(source, at) ? at : skipLinks(source, at);
  if (next === at || isJoined(source, at, next)) return undefined;
  return isHard(source, at, next) || isStart(source, next) ? { end: at, next } : undefined;
}

const ONLY = pattern("(, [but] only / but only / [but] only) if|when|once|unless|as|in|provided");

/** "…, but only if they replied" */
function isOnlyIf(source: Source, at: number): boolean {
  const only = matchAt(source, at, ONLY);
  return (
    only !== undefined &&
    !isWord(tokenAt(source, at - 1), ",", "but") &&
    isTrailing(source, only.next - 1)
  );
}

const NOBODY = /(?:one|body|thing|or|what|who|where)$/;

/** "THEN tag A ELSE tag B"; "if you don't mind" asks nothing of a contact. */
function isSide(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), "if", "unless")) return !isOfYou(source, at);
  if (!isWord(tokenAt(source, at), "else", "otherwise")) return false;
  return !NOBODY.test(tokenAt(source, at - 1).word) && isStart(source, at + 1);
}

/** Whether the link joins two parts of one condition. */
function isJoined(source: Source, at: number, next: number): boolean {
  return (
    isJoinedReply(source, at, next) ||
    isJoinedNoun(source, at, next) ||
    isJoinedLack(source, at, next)
  );
}

const HAVING = wordsOf("have own work live show match contain list mention hold belong use");

/** "created today and don't have a phone", "opened it but never replied": what is said of them forbids nothing. */
function isJoinedLack(source: Source, at: number, next: number): boolean {
  if (next !== at + 1 || !isWord(tokenAt(source, at), "and", "but", "or", ",")) return false;
  const isNever = isWord(tokenAt(source, next), "never");
  const verb = tokenAt(source, isNever ? next + 1 : next + 2);
  if (isNever) return verb.word !== verb.lemma || isWord(verb, "been", "had");
  const isNot =
    isWord(tokenAt(source, next), "do", "does") && isWord(tokenAt(source, next + 1), "not");
  return isNot && HAVING.has(verb.word);
}

const MOST_LINKS = 4;

function skipLinks(source: Source, at: number): number {
  const last = Math.min(source.end, at + MOST_LINKS);
  let next = at;
  while (next < last && isLinkAt(source, next)) next += 1;
  return next;
}

/** "if they haven't replied by then" */
function isByThen(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "then") && isWord(tokenAt(source, at - 1), "by", "since");
}

/** Arrows and semicolons part clauses whatever stands behind them. */
function isHard(source: Source, at: number, next: number): boolean {
  if (next >= source.end) return false;
  return isWord(tokenAt(source, at), "->", ";") || isSequel(source, at, next);
}

/** ", then" and "and then" part what is done, known or not. */
function isSequel(source: Source, at: number, next: number): boolean {
  return (
    isWord(tokenAt(source, at), ",", "and") &&
    isWord(tokenAt(source, next - 1), "then") &&
    tokenAt(source, next).kind !== "mark"
  );
}

/** "if you don't mind" asks nothing of a contact. */
function isOfYou(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at + 1), "you");
}

/** "wait a day (sorry, two days)" */
function isAside(source: Source, at: number): boolean {
  if (!isWord(tokenAt(source, at), "(")) return false;
  return (
    isWord(tokenAt(source, at + 1), "if", "unless", "only") ||
    readCorrection(source, at + 1) !== undefined
  );
}

/** "wait a day before sending …" */
function isBeforeAct(source: Source, before: number): boolean {
  const at = before + 1;
  if (!isWord(tokenAt(source, before), "before")) return false;
  return tokenAt(source, at).word.endsWith("ing") && isInflectedStart(source, at);
}

/** "tagged VIP and no reply" is one condition. */
function isJoinedReply(source: Source, at: number, next: number): boolean {
  const isPlain = next === at + 1 && isWord(tokenAt(source, at), "and", "but", "or", "&", "+");
  return isPlain && matchAt(source, next, NO_REPLY) !== undefined;
}

const FIELDS = wordsOf(
  "phone name title url linkedin website number address city country industry owner company",
);
const HOLDING = wordsOf("with without has have having tagged either both or no");

/** "missing both phone and email", "with tag 'A' and tag 'B'": the words are nouns there. */
function isJoinedNoun(source: Source, at: number, next: number): boolean {
  if (next !== at + 1 || !isWord(tokenAt(source, at), "and", "or", ",", "&")) return false;
  const before = tokenAt(source, at - 1);
  if (isWord(tokenAt(source, next), "email"))
    return FIELDS.has(before.word) && isAlone(source, next);
  const isTag =
    isWord(tokenAt(source, next), "tag") && isWord(tokenAt(source, at - 2), "tag", "tags");
  return isTag && HOLDING.has(tokenAt(source, at - 3).word);
}

/** Verbs of a person's own work: behind a plain "and" they go on with a task's title. */
const CHORES = wordsOf(
  "call book schedule check get find look make show list keep take give put update arrange write set run",
);

export function clauseEnd(source: Source, at: number): number {
  let isTitle = false;
  for (let next = at + 1; next < source.end; next++) {
    const token = tokenAt(source, next);
    if (token.word === ":" && isAfterTask(source, at, next)) isTitle = true;
    const boundary = boundaryAt(source, next);
    if (boundary === undefined) continue;
    const isChore = isTitle && CHORES.has(tokenAt(source, boundary.next).word);
    const isJoint = token.word === "and" || isDashOfTitle(source, at, next, boundary.next);
    if (!(isChore && isJoint)) return boundary.end;
  }
  return source.end;
}

function isAfterTask(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (/^(?:task|to-?do|reminder)/.test(tokenAt(source, at).word)) return true;
  return false;
}
