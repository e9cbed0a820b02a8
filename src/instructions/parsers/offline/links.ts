import { isAudience } from "./audiences.ts";
import { readLapse, readPoint } from "./cadences.ts";
import { isOthers } from "./clauses/audience.ts";
import { isFurtherGerund } from "./coordinated.ts";
import { readCorrection } from "./corrections.ts";
import { skipCourtesy } from "./courtesy.ts";
import { skipFrame } from "./frames.ts";
import { isPassive, isWantedDone } from "./passives.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { remembered } from "./remembered.ts";
import { SAYING } from "./sayings.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";
import { WHOLES } from "./wholes.ts";

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
  research start begin task use go do repeat append withdraw nudge target invite write open plan build assemble scan proceed continue
  enter strike blast hit ship serve slip toss whip chase approach ditch swap replace categorize categorise transmit entrust refer lower reduce
  increase boost lift cut reassign mention report congratulate prompt convert promote upgrade turn flip reset adjust modify
  correct amend alter investigate iterate top refresh supplement fill share jot pencil slot reconnect advance progress shift fast-track`);

const OBJECTS =
  wordsOf(`the a an them him her it this that these those everyone anyone each all any every our my their its to on in up off
  over for about here there out with down through contacts companies deals leads me workflow sequence online back`);

const OPENERS = [
  "if|unless|otherwise|else",
  "except if|when|where|in|that|once",
  "[or|and] if not",
  "or else",
  "[in] either way",
  "in any|both|either|all|every|each|the [other] case|cases",
  "should|where they|the|he|she|there|it|we|contact|nobody|anyone|somebody|someone",
  "as|so long as",
  "provided|providing|assuming that|they|the|he|she|it|there|we",
  "regardless",
  "whatever happens",
  "no matter what|whether",
  "check|see if|whether",
  "everyone|everybody|anyone|anybody else",
  "[the] rest|others (get|gets|should|receive / <quoted>)",
  "in|after [a period of] <duration>",
  "[another] <duration> later|after",
  "<duration> on ,",
  "<duration> after that",
  "no|still reply|response|answer|no",
  "day|week <number>",
  "wait",
  "<duration> ->|;|,",
  "email|mail|touch|message <number> :|=|–|-",
  "for|with|to those|anyone|anybody|everyone|ones|contacts|people|leads that|who|whose|with|without|tagged|in",
  "once|when|as they|he|she|the|it|soon|a|there|no|nobody|nothing",
  "do not|the",
  "never",
  "f/u|follow-up|followup",
  "have|take a look",
  "have|ask|let <person> [to] call|ring|phone|follow|reach|check|review|prepare|contact|send|email|book|schedule|set|write|look|handle|take|close|talk|speak|meet|visit|give|draft|confirm|discuss|investigate|negotiate|chase|onboard",
  "make a note",
  "a|another task|reminder for|to",
  "another [one] to",
  "pop|stick|chuck|throw a|an|the",
  "they|it|everyone|everybody|those should|must|need|needs",
  "follow|check|touch|circle up|in|base|back",
  "hang|sit|stay tight|put",
  "get rid of",
  "again after|in|on",
  "have <user>",
  "have|get|ask apollo",
  SAYING,
  "connection request",
  "[a|an] linkedin invitation|invite|connection|request|connect",
  "a|another connection request|invite",
  "follow|finish|end|close|open|kick|start|round|wrap [it|this|things] [up|off|out] with",
  "web search",
  "handoff",
].map(pattern);

/** A clause begins here, once courtesy is passed over. `isLinked` when a link or a full stop stands before it. */
export function isStart(source: Source, at: number): boolean {
  const next = skipAsking(source, at);
  const isThen = isWord(tokenAt(source, at - 1), "then");
  const isAsked = next > at && isWantedDone(source, next);
  return (
    isAsked ||
    isBareStart(source, next) ||
    ((next > at || isThen) && isInflectedStart(source, next)) ||
    isFurtherGerund(source, at, isInflectedStart)
  );
}

/** Past courtesy, and past a request in so many words: "I was hoping you could …". */
export function skipAsking(source: Source, at: number): number {
  const courteous = skipMailLabel(source, skipCourtesy(source, at));
  if (isBareStart(source, courteous)) return courteous;
  if (ONE_WORD.some((isOne) => isOne(source, courteous))) return courteous + 1;
  const told = skipFronted(source, skipNarrator(source, courteous));
  if (told > courteous) return told;
  const framed = skipFrame(source, at, isActing, isPassive);
  return framed > at ? framed : courteous;
}

/** "Day 1 email: send 'X'" sends one. */
function skipMailLabel(source: Source, at: number): number {
  const isLabel =
    isWord(tokenAt(source, at), "email", "mail") && isWord(tokenAt(source, at + 1), ":");
  return isLabel && tokenAt(source, at + 2).lemma === "send" ? at + 2 : at;
}

/** "I'd like you to find …, and to notify …" */
function isFurtherInfinitive(source: Source, at: number): boolean {
  const isBehind = isWord(tokenAt(source, at - 1), "and", "then", ",");
  return isBehind && isWord(tokenAt(source, at), "to") && isBareStart(source, at + 1);
}

/** "…, and after notify @user.a": afterwards. */
function isAfterwards(source: Source, at: number): boolean {
  const isBehind = isWord(tokenAt(source, at - 1), "and", "then", "&");
  const isVerb = tokenAt(source, at + 1).kind === "word" && isBareStart(source, at + 1);
  return isBehind && isWord(tokenAt(source, at), "after") && isVerb;
}

/** Each a word that stands before what is to be done. */
const ONE_WORD = [isDoer, isFurtherInfinitive, isAfterwards];

const NARRATOR = pattern(
  `(it / the|this|our|my|your system|bot|assistant|${WHOLES}) [first|then|also|next|now|automatically|immediately|finally|should|will|must]`,
);

/** "It first enriches them": what the whole does, told of it. */
function skipNarrator(source: Source, at: number): number {
  const next = matchAt(source, at, NARRATOR)?.next ?? at;
  const isDoing = isInflectedStart(source, next) && isThirdPerson(tokenAt(source, next));
  return isDoing || isAgentTold(source, next) ? next : at;
}

/** "… that every day the agent search the contacts" */
function isAgentTold(source: Source, at: number): boolean {
  const isAgent = isWord(tokenAt(source, at - 1), "agent", "system", "bot", "assistant");
  return isAgent && isActing(source, at) && isObject(source, at + 1);
}

const FRONTED = pattern(
  "[and|but] (to|for|with|on these|those|them|him|her [all|both] [contacts|companies|deals|people|leads|customers|ones] / to|for each|all|every [one] of them|these|those [contacts|companies|deals|people|leads] / to|for this|that contact|person|lead|customer) [,] [please|kindly|also|then]",
);

/** "To these send the 'A' template": who is there anyway, named in front of what is done to them. */
function skipFronted(source: Source, at: number): number {
  const next = matchAt(source, at, FRONTED)?.next ?? at;
  return next > at && isActing(source, next) && isBareStart(source, next) ? next : at;
}

/** "we notify them", "you send 'X'": who is to do it; "only find …" is no "only keep …". */
function isDoer(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), "only"))
    return isWord(tokenAt(source, at + 1), "find", "get", "search");
  if (!isWord(tokenAt(source, at), "we", "you", "stint", "do")) return false;
  return isBareStart(source, at + 1) && isActing(source, at + 1);
}

/** Whether a verb of the actions stands here, in any form. */
export function isActing(source: Source, at: number): boolean {
  const { kind, lemma } = tokenAt(source, at);
  if (kind !== "word") return false;
  return VERBS.has(lemma) || (VERBS_WITH_OBJECT.has(lemma) && isObject(source, at + 1));
}

/** A verb of the actions, or what else begins a clause, stands here itself. */
export const isBareStart = remembered(startsHere);

function startsHere(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (isMarkedStart(source, at) || isTold(source, at)) return true;
  if (token.kind !== "number" && token.kind !== "word") return false;
  if (VERBS.has(token.word) || isCausing(source, at)) return true;
  return isVerbOfObject(source, at) || matchFirst(source, at, OPENERS) !== undefined;
}

function isVerbOfObject(source: Source, at: number): boolean {
  const isAct = (isObject(source, at + 1) && !isNote(source, at)) || isAlone(source, at);
  return isAct && VERBS_WITH_OBJECT.has(tokenAt(source, at).word);
}

const CHANNELS = wordsOf("task todo to-do activity reminder tag tags linkedin email mail");

/** "…, task: call Ann" */
function isChannel(source: Source, at: number): boolean {
  return CHANNELS.has(tokenAt(source, at).word) && isWord(tokenAt(source, at + 1), ":");
}

/** "…, searches the web, and notifies @user.ae" */
function isTold(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  const isVerb = VERBS.has(token.lemma) || VERBS_WITH_OBJECT.has(token.lemma);
  if (token.isCapital || !isThirdPerson(token) || !isVerb) return false;
  const after = tokenAt(source, at + 1);
  const isDone = isObject(source, at + 1) && (!after.isCapital || TELLING.has(token.lemma));
  return isDone || isWaiting(token, after);
}

/** Behind these stands who is told. */
const TELLING = wordsOf("notify alert tell inform ping assign");

/** "…, waits 7 days, …" */
function isWaiting({ lemma }: Token, after: Token): boolean {
  return (
    lemma === "wait" && (after.kind === "number" || after.word === "for" || after.word === "a")
  );
}

function isThirdPerson({ kind, word, lemma }: Token): boolean {
  return kind === "word" && word.endsWith("s") && word !== lemma;
}

/** "have the deal moved to Legal" */
function isCausing(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "have") && isWantedDone(source, at + 1);
}

/** "…, note 'Hi'" is the note of what stands before it. */
function isNote(source: Source, at: number): boolean {
  const isNoun = isWord(tokenAt(source, at), "note", "message", "text");
  return isNoun && tokenAt(source, at + 1).kind === "quoted";
}

/** A time, a correction or a mail's name begins a clause without a verb. */
function isMarkedStart(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), "-")) return !isLinkAt(source, at);
  if (isWord(tokenAt(source, at), "+")) return readLapse(source, at) !== undefined;
  return (
    readPoint(source, at) !== undefined ||
    readCorrection(source, at) !== undefined ||
    isChannel(source, at) ||
    isNamedMail(source, at) ||
    isAudience(source, at)
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
export function isAlone(source: Source, at: number): boolean {
  const after = tokenAt(source, at + 1);
  return (
    isWord(tokenAt(source, at), "email", "end", "finish") &&
    (after.word === "" || isWord(after, ",", "->", ";"))
  );
}

export function isInflectedStart(source: Source, at: number): boolean {
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
