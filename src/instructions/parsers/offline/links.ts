import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

/** Words that only link, ask nicely or number, and carry no step; and where a clause may begin. */

const COURTESY = [
  "it would|'d be great|nice|good|lovely|helpful|brilliant|fantastic|handy if you|we [could|can|would|please]",
  "if you could|can|would [please|just]",
  "what i|we would|want|need [like|want] [you] [to] [do] [to] is [for|to|that] [you] [to]",
  "i reckon|think|guess|suppose [we|you|it] [should|could|is]",
  "i|we would [really] appreciate|like|love|prefer it if you [could|would]",
  "please|kindly|pls|plz|also|then|next|finally|lastly|first|firstly|secondly|thirdly|now|afterwards|afterward|just|simply|additionally|ok|okay|hey|hi|hello|so|well|again|instead|meanwhile",
  "after|following that|this [,]",
  "from there|here|now [on]",
  "at|in that|this point|case|stage",
  "when|once [that|this] [is|has] done|complete|finished",
  "in addition",
  "as a|the next|last|first|final step|thing",
  "go|went ahead|on and",
  "make|be sure [to|that] [you]",
  "don't|do not forget|hesitate to",
  "remember to",
  "you should|can|could|must|may|might|need|ought|have [to|then|also|just]",
  "you 'll|will [want|need|have] [to]",
  "we|i should|need|want|must|have|would|ought|think [to|like|love|we|you|should] [you|to|should] [to]",
  "look|check [at|on] [the|their|its] tags|tag|status|stage|title|details|record|score|value|industry|size :",
  "i|we would|want|need|like|love|expect|prefer|appreciate [you|it|like|love|if|for|the] [you|if|agent|to] [you|to|could|can|would] [to|could|would]",
  "can|could|would|will you [please|kindly|then|also|just]",
  "would you mind",
  "let us",
  "try to|and",
  "start|begin|kick|open [off|out|things] [off] [by|with]",
  "[the|your|this|our] [ai] agent|stint|job|goal|task is|should|must|will|to [to|first|then]",
  "it|agent should|must|will|needs [to] [then|first|also]",
  "your job is to",
  "for each|every|all [of] [these|those|them|the] [contact|company|deal|account|person|one|lead|result|opportunity|prospect|contacts|companies|deals|leads|people] [found|returned|in|on] [the|there] [list] ,|:",
  "for each|every|all [of] them|those|these|one",
  "with|for|to each|every|all|any [of] [these|those|them|the|one] [contact|company|deal|account|person|result|lead] [that|left|remaining] ,|:",
  "with|for these|those|them [contacts|companies|deals|people|leads] ,|:",
  "steps|workflow|instructions|plan|todo|playbook|cadence|sequence|rules|flow|process|procedure|actions|action|agent [:|–|-]",
  "do [the] [following|this] :",
  "step <number> [:|.|–|-|\\)]",
  "<number> . ",
  "<number> \\)",
  "•|*",
].map((phrase) => pattern(phrase.trim()));

const LINKS = wordsOf(", and & then -> ; – plus but . so + also afterwards");

export function isLink(token: Token): boolean {
  return (
    token.kind !== "quoted" && (LINKS.has(token.word) || (token.word === "-" && token.isApart))
  );
}

/** Past the words before a clause that carry nothing. `isBefore` tells whether a clause begins where they end. */
export function skipCourtesy(source: Source, at: number): number {
  let next = at;
  for (let turn = 0; turn < 8; turn++) {
    const match = matchFirst(source, next, COURTESY);
    if (match === undefined || match.next >= source.end) return next;
    next = match.next;
    if (tokenAt(source, next).word === ",") next += 1;
  }
  return next;
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
  "everyone|everybody|anyone|anybody else",
  "in|after <duration>",
  "[another] <duration> later|after",
  "<duration> after that",
  "no|still reply|response|answer|no",
  "day|week <number>",
  "wait",
  "once|when|as they|he|she|the|it|soon|a",
  "do not|the",
  "never",
  "f/u|follow-up|followup",
  "have|take a look",
  "make a note",
  "pop|stick a|an|the",
  "they|it|everyone|everybody|those should|must|need|needs",
  "follow up",
  "connection request",
  "linkedin invitation|invite|connection|request",
  "web search",
  "handoff",
  "actually|sorry|scratch|correction|oops [,|:] [no|that|make|wait|scratch]",
].map(pattern);

/** A clause begins here, once courtesy is passed over. `isLinked` when a link or a full stop stands before it. */
export function isStart(source: Source, at: number): boolean {
  const next = skipCourtesy(source, at);
  const isThen = isWord(tokenAt(source, at - 1), "then");
  return isBareStart(source, next) || ((next > at || isThen) && isInflectedStart(source, next));
}

export function isBareStart(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (token.kind === "number" || token.kind === "word") {
    if (VERBS.has(token.word)) return true;
    if (VERBS_WITH_OBJECT.has(token.word)) return isObject(source, at + 1) || isAlone(source, at);
    return matchFirst(source, at, OPENERS) !== undefined;
  }
  return false;
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
  const token = tokenAt(source, at);
  if (isWord(token, "if", "unless")) return { end: at, next: at };
  if (isWord(token, "before") && isGerund(source, at + 1)) return { end: at, next: at + 1 };
  let next = at;
  while (next < source.end && next - at < 4 && isLink(tokenAt(source, next))) next += 1;
  if (next === at || isJoinedReply(source, at, next)) return undefined;
  return isStart(source, next) ? { end: at, next } : undefined;
}

/** "wait a day before sending …" */
function isGerund(source: Source, at: number): boolean {
  return tokenAt(source, at).word.endsWith("ing") && isInflectedStart(source, at);
}

/** "tagged VIP and no reply" is one condition. */
function isJoinedReply(source: Source, at: number, next: number): boolean {
  const isPlain = next === at + 1 && isWord(tokenAt(source, at), "and", "but", "or");
  return isPlain && matchAt(source, next, NO_REPLY) !== undefined;
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
    const isChore =
      isTitle && token.word === "and" && CHORES.has(tokenAt(source, boundary.next).word);
    if (!isChore) return boundary.end;
  }
  return source.end;
}

function isAfterTask(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (/^(?:task|to-?do|reminder)/.test(tokenAt(source, at).word)) return true;
  return false;
}
