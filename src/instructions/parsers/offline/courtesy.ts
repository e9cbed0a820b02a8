import { isParticiple } from "./passives.ts";
import { type Match, matchAt, matchFirst, pattern } from "./pattern.ts";
import { PRAISES, SOFTENERS } from "./pleasantries.ts";
import { remembered } from "./remembered.ts";
import { isWord, type Source, tokenAt } from "./source.ts";

/** Words before a clause that ask nicely, hesitate, link or number, and carry no step. */
const COURTESY = [
  "first things first",
  "first of all",
  "first|second|third|fourth|fifth|sixth|last ,|:",
  "\\( <number> \\)",
  "next up",
  "before|above|after anything|everything|all else [,]",
  "[the] first|second|third|fourth|fifth|last|final|next|initial|opening|closing [touch|outreach|follow-up|cold] touch|touchpoint|email|mail|step|message|attempt|contact|action|thing [is] [to] :|–|-|,",
  "[the] first|second|third|fourth|fifth|last|final|next touch|touchpoint|step|attempt|action is|being [to|a|an]",
  "step|touch|touchpoint|email|mail|message <number> is|being|will [be] [to|a|an]",
  "branch|path|route|option|case|arm <bare> [\\(|:|–|-]",
  "branches|paths|routes|split :|–|-",
  "condition|check|question|decision|test|gate|split :",
  "move|carry|press|go on and",
  "[right] first off [,]",
  "one by one [,]",
  "from now|here on|onwards|onward [,]",
  "while you are there|on|at [it|that] [,]",
  "email|mail|touch|message <number> :|=|–|-",
  "last but not least",
  "after all [of] that|this",
  "with that|this [being] done|said|sorted|finished",
  "dr :",
  "dear|hi|hello|hey assistant|bot|ai|computer|robot",
  "would|do you mind",
  "how|what about",
  "i|we [would] suggest|recommend|propose [that] [you|we] [just]",
  "would|will it be possible [for] [you] [to]",
  "is it possible [for] [you] [to]",
  "hi|hello|hey|dear|ok|okay stint|team|agent|all|everyone|everybody|folks|there|guys",
  "that is|'s it|all ,",
  "make a note [in memory] :",
  "make a note that",
  "it would|'d be great|nice|good|lovely|helpful|best|better to",
  "what i|we need|want|have [in] [mind] [is] this|the|simple [following] :",
  "what i|we need|want|have [in] [mind] is this|the|simple [following] :",
  "it would|'d be great|nice|good|lovely|helpful|brilliant|fantastic|handy if you|we [could|can|would|please]",
  "if you could|can|would [please|just]",
  "what i|we would|want|need [like|want] [you] [to] [do] [to] is [for|to|that] [you] [to]",
  "i reckon|think|guess|suppose [we|you|it] [should|could|is]",
  "i|we would [really] appreciate|like|love|prefer it if you [could|would]",
  "please|kindly|pls|plz|also|then|next|finally|lastly|first|firstly|secondly|thirdly|now|afterwards|afterward|just|simply|additionally|ok|okay|hey|hi|hello|so|well|instead|meanwhile",
  "again ,",
  "after|following that|this [,]",
  "from there|here|now [on]",
  "at|in that|this point|case|stage",
  "when|once [that|this] [is|has] done|complete|finished",
  "in addition",
  "(for the avoidance of [any] doubt / for the record / for clarity|completeness / to avoid|prevent any|all|confusion|misunderstanding|misunderstandings|doubt [doubt|confusion|misunderstanding|misunderstandings]) ,|:",
  "as a|the next|last|first|final step|thing",
  "go|went [right|straight] ahead|on and|&|,|:",
  "go|come and|& [please|just]",
  "it is|'s necessary|needed|required|important|essential|mandatory to|that [you|we] [must|should]",
  "do one thing ,|:|–",
  "help to",
  "help me|us [out] [to|and|by]",
  "make|be sure [to|that] [you]",
  "see [to it] that",
  "ensure [that]",
  "don't|do not forget|hesitate to",
  "remember to",
  "you should|can|could|must|may|might|need|ought|have [to|then|also|just]",
  "you 'll|will [want|need|have] [to]",
  "we|i should|need|want|must|have|would|ought|think [to|like|love|we|you|should] [you|to|should] [to]",
  "look|check [at|on] [the|their|its] tags|tag|status|stage|title|details|record|score|value|industry|size|contact|deal|company|lead :",
  "i|we would|want|need|like|love|expect|prefer|appreciate [you|it|like|love|if|for|the] [you|if|agent|to] [you|to|could|can|would] [to|could|would]",
  "can|could|would|will someone|somebody|anybody|anyone [please|kindly|then|also|just]",
  "can|could|would|will you [please|kindly|then|also|just]",
  "let|lets us|'s [just|maybe|first|then|also|now]",
  "oh|ah|yes|right|ok|okay [,] and|but [also|then]",
  "um|umm|uh|er|erm|hmm|hm|ah|oh|hiya|yo|right|alright|anyway|anyways|yeah|cool|great|perfect|basically|honestly|obviously|ideally|maybe|perhaps|possibly|essentially|frankly|lastly",
  "look|listen|now ,",
  "yes ,|please",
  "instantly|immediately|automatically|quickly|promptly|afterwards|thereafter|subsequently|always|simultaneously|manually",
  "of course",
  "do me a favor|favour and|&|,|:",
  "help [me|us] [out] [here] [with this|it] :|,|–",
  "take over [now|please|here|from here] :|,|–",
  "take it from here|there|now :|,|–",
  "do the needful and|&|,|:|by",
  "be so kind as to",
  "be kind|nice|good enough to",
  "i|we was|were|am|are wondering|hoping|thinking if|that|whether [you|we] [could|can|would]",
  "can|could|should|shall we|i [maybe|please|just|then|also]",
  "make|get stint|the agent|it to",
  "we 'll|will [then|also|just|now|first]",
  "after|once that|this|which [is|has|was] [been] [done|sent|finished] [,]",
  "action|actions|do|then [<number>] :|->",
  "node|stage|phase|part|block <number> [:|.|–|-|\\)]",
  "step <bare> :",
  "try to|and",
  "+start|+begin|+kick|+open [things|it|this|us] [off|out|up] [things] by|with",
  "[the|your|this|our] [ai] agent|stint|job|goal|system|bot|assistant|automation is|should|must|will|shall|to [to|first|then]",
  "the|your|this|our task is|should|must|will|to [to|first|then]",
  "it|agent should|must|will|shall|needs [to] [then|first|also]",
  "shall [then|also]",
  "your job is to",
  "for each|every|all [of] [these|those|them|the] [contact|company|deal|account|person|one|lead|result|opportunity|prospect|contacts|companies|deals|leads|people] [found|returned|in|on] [the|there] [list] ,|:",
  "for each|every|all [of] them|those|these|one",
  "with|for|to each|every|all|any [of] [these|those|them|the|one] [contact|company|deal|account|person|result|lead] [that|left|remaining] ,|:",
  "with|for these|those|them [contacts|companies|deals|people|leads] ,|:",
  "[drip|nurture|email|welcome|outreach|onboarding|follow-up|sales] steps|workflow|instructions|plan|todo|playbook|cadence|sequence|drip|campaign|series|rules|flow|process|procedure|actions|action|agent [:|–|-]",
  "do [the] [following|this] :",
  "do|proceed|work [it] as follows|below|described|following [below|here] [:]",
  "step <number> [:|.|–|-|\\)]",
  "<number> . ",
  "<number> \\)",
  "•|*",
].map((phrase) => pattern(phrase.trim()));

/** Past the words before a clause that carry nothing. */
export const skipCourtesy = remembered(behindCourtesy);

function behindCourtesy(source: Source, at: number): number {
  let next = at;
  for (let turn = 0; turn < 8; turn++) {
    const match = wishAt(source, next) ?? matchFirst(source, next, COURTESY);
    if (match === undefined || match.next >= source.end) return next;
    next = isSubject(source, match.next - 1) ? match.next - 1 : match.next;
    while (tokenAt(source, next).word === ",") next += 1;
    if (next < match.next) return next;
  }
  return next;
}

const WISH = pattern("i|we [would|just|really] want|need|wish|like|prefer that");
const WISHED = ["every", "each", "when", "whenever", "you", "if", "after", "on", "daily", "weekly"];

/** "I want that every Tuesday …", but not "I want that deal moved". */
function wishAt(source: Source, at: number): Match | undefined {
  const match = matchAt(source, at, WISH);
  return match !== undefined && isWord(tokenAt(source, match.next), ...WISHED) ? match : undefined;
}

/** "I want it moved": the words of the request end before what it is about. */
function isSubject(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "it", "the") && isParticiple(tokenAt(source, at + 1));
}

/** How many words may close a sentence nicely. */
export const LONGEST_CLOSING = 8;

/** What closes a sentence and carries no step. */
export const CLOSINGS = [
  ", please|pls|plz|thanks|thx|cheers|ok|okay [and] [thank] [you] [so] [much] [!]",
  "[,] pretty please",
  "[,] and|& [please|kindly] do the needful",
  "[,] plz|pls|thx|cheers|though|lol|haha|btw|tbh|ty",
  "[,] [and] thank you [so] [very] [much]",
  "[,] if you do not mind [please]",
  "[,] if you can|could|would|please|wish|like",
  "[,] if possible|that is|'s ok|okay|fine",
  "[,] when|whenever|once you get|have|can [a] [chance|moment|minute|time|second]",
  "[,] i guess|think|suppose|reckon|believe",
  ", would|could|can|will you [please]",
  ", alright|right|yeah|yes",
]
  .map(pattern)
  .concat(SOFTENERS, PRAISES);
