import { type Match, matchAt, matchFirst, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

const LATER = "all|also|then|each|now|automatically|immediately|always|just";

/** Before what is done to the subject. */
const PASSIVE = [
  `should|must|shall|can|will|ought|need|needs|has|have [to] [${LATER}] be|get [${LATER}]`,
  "[is|are] to be|get",
  `is|are|was|were|gets|get|being [${LATER}]`,
].map(pattern);

const RECEIVING = [
  "should|must|shall|will|to [all|also|then|each] get|receive",
  "gets|get|receives|receive",
].map(pattern);

const MODAL = `[should|must|shall|will|can|needs|has|is|are] [to] [${LATER}]`;

/** What a subject does by itself, the verb that says it of somebody, and the nouns it holds for. */
interface Motion {
  readonly moving: ReturnType<typeof pattern>;
  readonly verb: string;
  readonly nouns: ReadonlySet<string>;
}

const MAILS = wordsOf(
  "email emails mail template follow-up followup reminder nudge newsletter invite invitation request note notification alert message digest heads-up",
);
const RECORDS = wordsOf("deal deals opportunity opp contact lead contacts");
const FIELDS = wordsOf("status stage owner tier segment score priority source value title");
const TAGS = wordsOf("tag tags label labels");
const RUNS = wordsOf(
  "workflow sequence flow process agent automation campaign cadence run everything",
);
const GOING = pattern(`${MODAL} go|goes|going [out|over|off]`);

const MOTIONS: readonly Motion[] = [
  {
    moving: pattern(`${MODAL} stop|stops|end|ends|finish|finishes|halt|halts`),
    verb: "stop",
    nouns: RUNS,
  },
  { moving: pattern(`${MODAL} wait|waits|pause|pauses`), verb: "pause", nouns: RUNS },
  { moving: pattern(`${MODAL} go|goes on|onto`), verb: "add", nouns: TAGS },
  { moving: pattern(`${MODAL} come|comes|go|goes off`), verb: "remove", nouns: TAGS },
  {
    moving: pattern(
      `${MODAL} move|moves|advance|advances|progress|progresses|go|goes|shift|shifts`,
    ),
    verb: "move",
    nouns: RECORDS,
  },
  {
    moving: pattern(
      `${MODAL} change|changes|switch|switches|go|goes|move|moves [over|from <text>]`,
    ),
    verb: "set",
    nouns: FIELDS,
  },
];

/** What a field is to be: "the status becomes Active". */
/** "The 'A' email would be the right one to send." */
const RIGHT = pattern(
  "is|are|would|will|should [be] the [right|best|correct|proper] one|choice|thing [to] [send]",
);

const BECOMING = [
  "should|must|shall|will|needs|has [to] [now|then] be|become|read",
  "becomes",
  "is now",
].map(pattern);

const LONGEST_SUBJECT = 30;

/**
 * "The deal should be moved to Legal" is "move the deal to Legal", "contacts who … should get the 'Nudge' email" is "send contacts who …
 * the 'Nudge' email", "the status becomes Won" is "set the status to Won": the same words with the verb in front, or undefined where
 * nothing is said that way.
 */
export function* toActive(source: Source, at: number): Generator<Source> {
  if (NO_SUBJECT.has(tokenAt(source, at).word)) return;
  for (let modal = at + 1; modal < Math.min(source.end, at + LONGEST_SUBJECT); modal++) {
    if (isWord(tokenAt(source, modal), ":", ".", ";", "->", "?", "!")) return;
    const active = activeAt(source, at, modal);
    if (active !== undefined) yield active;
  }
}

/** These begin no subject: "where a deal is created", "be grateful if they were told". */
const NO_SUBJECT = wordsOf(
  "where when whenever if while since because although as upon be in once unless whether grateful glad happy and or but so then on at to from by within during after before of about",
);

/** Whether anything is said that way here. */
export function isPassive(source: Source, at: number): boolean {
  return toActive(source, at).next().value !== undefined;
}

const WISHED = wordsOf("need needs want wants like love prefer have get");
const LIKE_A_SEARCH = wordsOf(
  "tag tagged create created update updated contact contacted find found open opened add added call called name named base based",
);

/** "I need the deal's stage changed to 'X'": what is wanted done, without "to be". */
function wishedAt(source: Source, at: number, modal: number): Source | undefined {
  return isWished(source, at) ? doneAt(source, at, at, modal) : undefined;
}

/** Whether something stands here that is wanted done: "@user.x told about it". */
export function isWantedDone(source: Source, at: number): boolean {
  const last = Math.min(source.end, at + LONGEST_DONE);
  for (let modal = at + 1; modal < last; modal++)
    if (doneAt(source, at, at, modal) !== undefined) return true;
  return false;
}

const LONGEST_DONE = 8;

const ONE = wordsOf(
  "the their his her its this that them it everyone each these those him a an another our every all both",
);

/** What stands from one place to another, told as done. Of several ("the contacts tagged VIP") it says which. */
function doneAt(source: Source, at: number, from: number, modal: number): Source | undefined {
  const verb = tokenAt(source, modal);
  const { kind, word } = tokenAt(source, from);
  const isOne = ONE.has(word) || kind === "quoted" || kind === "variable";
  const isWhich = LIKE_A_SEARCH.has(verb.word) && !SINGLE.has(tokenAt(source, modal - 1).word);
  if (!isOne || !isParticiple(verb) || isWhich) return undefined;
  return reorder(source, { at, from, modal, rest: modal + 1, verb: verb.lemma });
}

const SINGLE = wordsOf("them it him her everyone contact deal company lead task each");
const CAUSING = wordsOf("get have");
const ASKING = ["can", "could", "should", "may", "shall"];

/** "Could the deal be moved to Legal?" */
function toAsked(source: Source, at: number): Source | undefined {
  if (!isWord(tokenAt(source, at), ...ASKING)) return undefined;
  for (let modal = at + 2; modal < Math.min(source.end, at + LONGEST_DONE); modal++) {
    const verb = tokenAt(source, modal + 1);
    if (isWord(tokenAt(source, modal), "be", "get") && isParticiple(verb))
      return reorder(source, { at, from: at + 1, modal, rest: modal + 2, verb: verb.lemma });
  }
  return undefined;
}

/** "Get the deal moved to Legal", "have them enriched": the same as moving and enriching. */
export function toOwn(source: Source, at: number): Source | undefined {
  const asked = toAsked(source, at);
  if (asked !== undefined || !CAUSING.has(tokenAt(source, at).lemma)) return asked;
  for (let modal = at + 2; modal < Math.min(source.end, at + LONGEST_SUBJECT); modal++) {
    const done = doneAt(source, at, at + 1, modal);
    if (done !== undefined) return done;
  }
  return undefined;
}

function isWished(source: Source, at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const token = tokenAt(source, before);
    if (isWord(token, ".", ";", ":", "?", "!", "\n")) return false;
    if (token.kind === "word" && WISHED.has(token.word)) return true;
  }
  return false;
}

function activeAt(source: Source, at: number, modal: number): Source | undefined {
  const passive = matchFirst(source, modal, PASSIVE);
  const verb = passive === undefined ? undefined : tokenAt(source, passive.next);
  if (passive !== undefined && verb !== undefined && isParticiple(verb))
    return reorder(source, { at, modal, rest: passive.next + 1, verb: verb.lemma });
  const receiving = matchFirst(source, modal, RECEIVING);
  if (receiving !== undefined) {
    const given = hasWord(source, receiving.next, source.end, TAGS) ? "give" : "send";
    return reorder(source, { at, modal, rest: receiving.next, verb: given });
  }
  return (
    movingAt(source, at, modal) ?? becomingAt(source, at, modal) ?? wishedAt(source, at, modal)
  );
}

function movingAt(source: Source, at: number, modal: number): Source | undefined {
  const going = hasWord(source, at, modal, MAILS) ? matchAt(source, modal, GOING) : undefined;
  const right = hasWord(source, at, modal, MAILS) ? matchAt(source, modal, RIGHT) : undefined;
  if (right !== undefined) return reorder(source, { at, modal, rest: right.next, verb: "send" });
  if (going !== undefined) return reorder(source, { at, modal, rest: going.next, verb: "send" });
  for (const { moving, verb, nouns } of MOTIONS) {
    const match = isOf(source, modal, nouns) ? matchAt(source, modal, moving) : undefined;
    if (match !== undefined) return reorder(source, { at, modal, rest: match.next, verb });
  }
  return undefined;
}

function becomingAt(source: Source, at: number, modal: number): Source | undefined {
  const match: Match | undefined = isOf(source, modal, FIELDS)
    ? matchFirst(source, modal, BECOMING)
    : undefined;
  if (match === undefined) return undefined;
  return reorder(source, { at, modal, rest: match.next, verb: "set", link: "to" });
}

/** Whether the subject that ends here is one of these. */
function isOf(source: Source, end: number, nouns: ReadonlySet<string>): boolean {
  const last = tokenAt(source, end - 1);
  return nouns.has(last.word) || nouns.has(tokenAt(source, end - 2).word);
}

function hasWord(source: Source, from: number, to: number, words: ReadonlySet<string>): boolean {
  for (let at = from; at < to; at++) if (words.has(tokenAt(source, at).word)) return true;
  return false;
}

/** Participles that are the verb itself. */
const UNCHANGED = wordsOf("set put");

export function isParticiple({ kind, word, lemma }: Token): boolean {
  if (kind !== "word") return false;
  return UNCHANGED.has(word) || (word !== lemma && !word.endsWith("ing"));
}

interface Order {
  readonly at: number;
  /** Where the subject begins; where nothing else is said, at the clause. */
  readonly from?: number;
  readonly modal: number;
  /** Where what follows the verb begins. */
  readonly rest: number;
  readonly verb: string;
  readonly link?: string;
}

function reorder(source: Source, { at, from = at, modal, rest, verb, link }: Order): Source {
  const { tokens } = source;
  const before = tokenAt(source, modal);
  const reordered = [
    ...tokens.slice(0, at),
    sayAt(before, verb),
    ...tokens.slice(from, modal),
    ...(link === undefined ? [] : [sayAt(before, link)]),
    ...tokens.slice(rest, source.end),
  ];
  return { ...source, tokens: reordered, end: reordered.length };
}

function sayAt(place: Token, word: string): Token {
  return { ...place, kind: "word", word, lemma: word, text: word, isCapital: false };
}
