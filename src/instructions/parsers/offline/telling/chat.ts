import { selects } from "../asides/hiding.ts";
import { names } from "../asides/naming.ts";
import { isIdleTalk } from "../asides/talk.ts";
import { DETERMINERS } from "../asides/verbs.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isBeyond } from "../refusals.ts";
import { type Source, tokenAt, wordsOf } from "../source.ts";
import { isDeed } from "./deeds.ts";
import { hasGerundBehind, isDecided } from "./statements.ts";

/** What people say in talk, and what it begins with: whatever stands behind asks for nothing, unless its words say so. */

const GREETINGS = [
  "hi|hello|hey|hiya|heya|dear|hola|bonjour|hallo|salam|ciao|namaste|morning|evening|afternoon|evenin|mornin|greetings|yo|oi|hej|hei|moin|servus|ahoj|aloha|shalom|salaam|sup|howzit|wotcha",
  "dzień|dzien dobry",
  "guten tag|morgen|abend",
  "buenos|buenas días|dias|tardes|noches",
  "good morning|afternoon|evening|day",
].map(pattern);

const KIND = [
  "good night|luck",
  "welcome back|home|to",
  "i|we [really|do|just] hope|trust|pray",
  "hope|hoping|thanks|thank|thx|tks|ty|sorry|apologies|congrats|congratulations|cheers|regards|merci|gracias|grazie|danke|obrigado|obrigada|shukran|muchas|muchos|mille|tack",
  "slàinte|slainte|prost|salut|tschüss|adios|adiós|schönen|schoenen|muito|bonne|buen|buena|buon|buona|hasta|à|au",
  "excuse|forgive|pardon my|the|me|our",
  "[with] kind|best|warm|warmest|kindest|many regards|wishes|thanks",
  "best wishes|regards|of|from",
  "all the best",
  "hugs|xoxo|xx|yours|sincerely",
  "happy monday|tuesday|wednesday|thursday|friday|saturday|sunday|new|birthday|holidays|with|about|that",
  "happy to help|hear|see|be|say|report",
  "say|says|said|give hi|hello|hey|my|our",
  "take care",
  "take it easy",
  "have [a|an] [very|really] good|nice|fun|safe|great|lovely|wonderful|amazing|blessed [rest] [of] [the|your] day|one|weekend|evening|trip|flight|holiday|holidays|week|night|time|summer|christmas|afternoon|morning|easter|journey|break",
  "bless you|him|her|them",
  "enjoy [the|your|some] weekend|day|evening|holiday|holidays|summer|trip|sun|snow|game|party|lunch|dinner|break|rest|it|yourself",
  "speak|talk [to] [you] soon|later|then|tomorrow|monday|tuesday|wednesday|thursday|friday|when",
  "see|catch you|ya|u",
  "bye|night [bye|night|all|everyone|everybody]",
  "wish|wishing me|you|us",
  "looking forward to",
  "[please] bear with me|us",
];

const IDLE = [
  "not your|my|his|her|our|their fault|problem|best|idea",
  "let us|'s see|hope|not",
  "shout|holler if|when|should",
  "back to work|my|the|it|bed",
  "let us say",
  "used to",
  "eh|oops|phew|bedtime|anyway|anyways|haha",
  "long time|week|day|month|quarter|story|shift|night",
  "no rush|hurry|worries|pressure|problem|idea|matter|kidding|joke|wonder|doubt",
  "no light|power|internet|signal|wifi|coffee",
  "[a|one|another|just] quick|silly|small|stupid|dumb|little|strange|odd [little] one|question|favour|favor|thing|note|context|request|ask|world",
  "never mind",
  "here we|it|i go|goes",
  "here goes [nothing]",
  "do not ask|worry|laugh|panic|judge|mind",
  "do not tell anyone|anybody|me",
  "trust|believe me",
  "me again",
  "do [please] tell|shout|say|correct me|so|if [off|if|know]",
  "credit|kudos|props|hats|shout-out|shoutout to|off",
  "fair enough|play|point",
  "fingers crossed",
  "promise",
  "at least|last",
  "of all places|things|days|people",
  "you know how|what|the [it|they|he|she|i|we|drill]",
  "you absolute|total|utter",
  "we [mostly|just|also|all] sell|make|build|supply|import|export|brew|bake|distribute|rent|insure|manage|fit|place|clean|run|offer|provide|represent|publish|produce|design|install|repair|teach|train|lease|host|organise|organize|grow|roast|recruit|staff|operate|own|work|live|cater",
  "new rule|idea|task|job|request|plan|wish|policy from",
  "never again",
  "thanking you|everyone|everybody|all",
  "trust|trusting you|this|all|everything|that",
  "viele|liebe|beste|schöne|herzliche grüße|gruesse|grüsse|gruß",
  "un|une saludo|abrazo|beso|bacione|abbraccio|bisou",
  "[a] rough|crazy|mad|busy|slow|quiet|big|hectic|wild|tough|cold|hot|wet|rainy|sunny quarter|week|day|month|morning|one|night|start|weekend|season|as|out|up|down|here|today",
  "great|good|nice|lovely|fun catching|seeing|meeting|talking|chatting|hearing|speaking",
  "[i|we] [have|'ve] been thinking|meaning|wondering|trying|waiting",
  "worth a|the|it",
  "any joy|luck|news|word|update|progress",
  "one [more|last|other] thing",
  "is this thing|on|working|recording",
  "can you hear|see me",
  "god bless|knows|willing",
  "[a] bit of a|an",
  "grand|smashing|brill|ace|cracking|top|bravo|magic|legend",
  "love|miss you|him|her|them|ya",
  "[well|much] deserved|earned|needed",
  "second|third|fourth|next|final|last attempt|try|go",
  "in words|short|brief|plain",
  "its monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december",
  "back on|in|at|from",
  "off to",
  "must run|dash|go|fly",
  "[i|we] [just] got back|caught|stuck|home|married|promoted|carried",
  "[just] about to jump|run|board|leave|head|hop|go|land|start|walk|drive",
  "[just] out of a|an|the|my|another",
  "[just] back from",
  "how is|'s|are|have|was it|things|life|you|everything|everyone|the|your",
  "what a|an|can [day|week|mess|shame|nightmare|pity|month|i|you|we] [do|say]",
  "who knows|cares",
  "why not",
  "is|are|was not it|that|we|he|she|they",
  "which [was|is] [honestly|fair|quite|not|great|nice|fine|fun]",
  "can not wait",
  "worth a shot|try|go",
];

const TALK = [...KIND, ...IDLE].map(pattern).concat(GREETINGS);

/** Within talk somebody may be told to do something all the same: "hope you polish the trophies". */
const ADDRESSED = pattern(
  "you|they|he|she|somebody|someone|we [can|could|will|would|'ll|'d] [also|please|just|then|all|both] <bare>",
);

export function isGreeting(part: Source, at: number): boolean {
  return matchFirst(part, at, GREETINGS) !== undefined && isTalk(part, at);
}

export function isTalk(part: Source, at: number): boolean {
  if (isIdleTalk(part, at, part.end) || isDrawnOut(part, at)) return true;
  const next = matchFirst(part, at, TALK)?.next;
  if (next === undefined || isBeyondAct(part, next) || isAddressed(part, at)) return false;
  const isNaming = names(part, at, part.end) && (isDecided(part, at) || isThankful(part, at));
  return !isNaming && !selects(part, at, part.end);
}

/** "thanksss" */
function isDrawnOut(part: Source, at: number): boolean {
  return part.end === at + 1 && /(\p{L})\1\1/u.test(tokenAt(part, at).text);
}

/** "Thanks for skipping Acme" */
function isThankful(part: Source, from: number): boolean {
  return hasGerundBehind(part, from + 1, FOR);
}

const FOR = wordsOf("for");

/** "sorry I missed your call" asks for none. */
function isBeyondAct(part: Source, from: number): boolean {
  for (let at = from; at < part.end; at++)
    if (isBeyond(part, at, at + 1) && !isOwned(tokenAt(part, at - 1).word)) return true;
  return false;
}

const isOwned = (word: string): boolean => DETERMINERS.has(word) || word === "quick";

function isAddressed(part: Source, from: number): boolean {
  for (let at = from; at < part.end; at++) {
    const next = matchAt(part, at, ADDRESSED)?.next;
    if (next !== undefined && isDeed(tokenAt(part, next - 1).word)) return true;
  }
  return false;
}
