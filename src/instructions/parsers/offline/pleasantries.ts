import { matchFirst, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

/** Sentences that are only kind. */
export const PLEASANTRIES = [
  "[i|we] [just] hope|hoping|trust [that] you|everyone|all|everybody|things [are|is] [all] [doing|going|keeping] [very] well|good|fine|okay|ok [!]",
  "[i|we] [just] hope|hoping|trust [that] this|that|it [all] finds|helps|works|suffices|makes|is [you|sense|clear|well|ok|okay|enough] [well] [!]",
  "[so] [how] how are|is|'s you|things|everything|it|life|tricks|everyone [doing|today|going|keeping] [today|lately] [?|!]",
  "[hi|hey|hello|yo] what is|'s up|new|happening|good [?|!]",
  "long time no see [!]",
  "hi|hello|hey|greetings from [the|a] [very] [sunny|rainy|snowy|cold|grey|gray|windy|lovely|hot|foggy|dark] [old] <bare> [!]",
  "that|this should|will|would|'ll|ought [to] do|suffice|work|be [it|the] [trick|it|all|everything|enough|fine|great|perfect|sufficient] [for] [now|today] [!]",
  "[and] [then|with that] [we|you] are [all] done|finished|set|good [here|then|now|to] [go] [!]",
  "[please] [just] let me|us know|shout|ask [if|should|in] [case] you [have|need|see|get|run|hit|are|find] [any|into|a|anything|something|more] [questions|question|problems|problem|issues|unclear|else|doubts|trouble|info|information|details|stuck] [!]",
  "[if] [any|you|have] [have] [any] questions|problems|issues|doubts [,] [just|please] [let|ask|shout|call|tell] [me|us] [know] [!]",
  "looking forward [to] [it|this|that|hearing] [from] [you] [!]",
  "have a nice|good|great|lovely [rest] [of] [the|your] day|weekend|week|one|evening [!]",
  "talk|speak [to] [you] soon|later [!]",
  "[you] are|'re the best [!]",
  "sorry for|about the trouble|bother|hassle|delay|noise [!]",
].map(pattern);

/** Before or behind a sentence; behind it `LONGEST_CLOSING` words at most. */
export const SOFTENERS = [
  "if it|that is|'s not [too] [much] [of] [a] [much] trouble|bother|problem|hassle|work",
  "if it|that|this [all] makes sense",
  "if it|that is|'s okay|ok|alright|fine|possible [with|for] [you]",
  "if you do not mind [please]",
  "if you like|wish|please|will|want",
  "if i may [ask]",
  "when|whenever|once|if you get|have|find [a|some|the] [spare|free] chance|moment|minute|time|second|sec",
  "at your [earliest] convenience",
  "no rush|hurry|pressure [at] [all]",
].map(pattern);

export const PRAISES = [
  "[,] [and|then] that|it|this would|'d|will be [so|very|really|just] great|lovely|nice|perfect|awesome|wonderful|fantastic|brilliant|amazing|appreciated|helpful|super|good|all|it",
  "[,] [and] [then] we|you are|'re done|finished|good|set|through [here|then]",
  ", i 'd|would appreciate it|that",
].map(pattern);

const GREETINGS = wordsOf("hi hello hey dear hiya howdy greetings morning afternoon evening yo");
const GROUPS = wordsOf(
  "team all everyone everybody folks there friend friends guys again stint agent assistant",
);
const MOST_NAMES = 2;

/** "Hi Tom," and "Good morning, team!": where what follows begins. */
export function skipGreeting(source: Source, from: number): number {
  const at = greetingEnd(source, from) - 1;
  if (at < from) return from;
  const isGroup = isWord(tokenAt(source, at + 1), ",") && GROUPS.has(tokenAt(source, at + 2).word);
  const first = isGroup ? at + 2 : at + 1;
  for (let next = first; next <= first + MOST_NAMES; next++) {
    const token = tokenAt(source, next);
    if (isEndOfName(token)) return Math.min(next + 1, source.end);
    if (!isName(token)) return from;
  }
  return from;
}

/** Behind the words of a greeting, before whom it greets: "hey hey", "good morning". */
export function greetingEnd(source: Source, at: number): number {
  let next = isWord(tokenAt(source, at), "good") ? at + 1 : at;
  if (!GREETINGS.has(tokenAt(source, next).word)) return at;
  while (GREETINGS.has(tokenAt(source, next).word)) next += 1;
  return next;
}

function isEndOfName(token: Token): boolean {
  return token.word === "" || isWord(token, ",", "!", "–", "-");
}

function isName({ kind, word, isCapital }: Token): boolean {
  return kind === "word" && (isCapital || GROUPS.has(word));
}

/** "If it's not too much trouble, …" */
export function skipSoftener(source: Source, at: number): number {
  const match = matchFirst(source, at, SOFTENERS);
  const isApart = match !== undefined && isWord(tokenAt(source, match.next), ",", "–", "-");
  return isApart ? match.next + 1 : at;
}
