import { matchFirst, pattern } from "../pattern.ts";
import type { Source } from "../source.ts";

/** Words by which somebody wishes for something, has to do it, or may not. */
const DUTIES = [
  "should|must|ought|shall",
  "need|needs|want|wants|require|requires|demands|insists|expects",
  "deserve|deserves|deserved|earned|wanted|needed",
  "is|are|was|were not to",
  "not to be",
  "no <bare> may|can|should|must",
  "no <bare> <bare> may|can|should|must",
  "can|could|would|will|may it|they|this|that|these|those",
  "can|could|may|will|would [therefore|also|just|now|all|then] have|get|keep|use|go|come|leave|appear",
  "less|more|fewer|better|best would|might be",
  "has|have|had|got|having to",
  "had|'d better|best",
  "supposed|meant|expected|asked|told|required to",
  "please|pls|plz|kindly",
  "can|could|would|will you|someone|somebody|anyone|anybody|we",
  "someone|somebody|anyone|anybody can|could|will|would|has|had|to|must|should",
  "i|we wish|insist|demand|suggest|recommend|propose|expect|prefer|favour|favor|vote|opt|choose|advise|request",
  "i|we would|'d|will|'ll like|love|prefer|hate|appreciate|rather",
  "let us|'s|them|him|her|me",
  "lets",
  "make|making|be sure|certain",
  "ensure|ensures",
  "remember to",
  "the others|rest",
  "the other ones|half|group|contacts|leads|people|deals|companies|accounts",
  "the same [thing|way] for|to|with|goes|applies|again|as",
  "as well",
  "is|are|gets|get|be to",
  "do is",
  "could|can do with|without",
  "can|could|may|will|would not|never be|get|go|receive|have|see|touch|contact",
  "cannot",
  "any|a chance of|to|you|we|that",
  "going on|in|into|out|with to|the|a|an|my|our|every|each",
  "off with",
  "in peace",
  "left alone|out",
  "over|under|than|most|least|exceed|exceeding <number>",
].map(pattern);

/** The same words where nobody has to do anything. */
const HARMLESS = [
  "let us|'s see|say|hope|face|be|not",
  "asked|told me|us to set|get|do|sort|put|fix|arrange this|it|something|things",
  "let me|us tell|explain|know|start",
  "please bear|excuse|forgive|do not|say|give|accept|enjoy|pass my",
  "please",
  "can|could you|we|anyone|anybody believe|imagine|tell",
  "i|we should|must|shall have|probably|be|say|admit|think|know|confess",
  "i|we need|want|have|got to run|go|dash|rush|jump|leave|say|admit|confess|sleep|eat|board|catch",
  "got to run|go|dash|rush|jump|leave|board|catch",
  "i|we|he|she had|have|has to say|admit|wait|laugh|leave|go|run",
  "i|we can|could|may|'d use|have|get|go|come|leave",
  "i|we can|could|'d do with",
  "wants|want this|it [done|sorted|fixed|back|after|because|since]",
  "as well as",
  "for a|the|two|three|four|some|many|several [whole|few|couple|of] day|days|week|weeks|month|months|year|years|hour|hours|minutes|while",
  "i|we write|wrote|speak|type|am|'m [writing] [to] [you] in <bare>",
  "it|this|that|here|there is|'s|was|are|were only",
  "except|but me|us|him|her",
  "you will|'ll have|get it|them back|soon|tomorrow",
  "can you hear|see|believe|imagine me|it|this|that",
  "he|she|they|we|i [really|so|totally] deserve|deserved it",
  "sent|gave|got|wrote|had|received|made|brought|left|cost|owe|owes [me|us|him|her|them] a|an|another|some|one|two|three",
  "well deserved|earned",
  "i|we would|'d like|love|hate to say|thank|think|know|be|admit",
  "thank|thanks [you] kindly",
  "i|we would|'d love|like for us",
  "i|we would|'d rather",
  "i|we wish you|me [all|a|luck|well|the|every] [a|luck|the|good|nice|best]",
  "what is|'s going on",
  "what can you|we|i do|say",
  "do not tell anyone|anybody|me",
  "do not ask|worry|laugh|panic|judge|mind|know|think",
  "i|we|he|she have|has|had|'ve|'s|'d only just|now|been",
  "i|we|he|she only just|heard|saw|learned|realised|realized|found|got|had|started|joined|noticed",
  "only just",
].map(pattern);

export function isDuty(words: Source, at: number): boolean {
  return matchFirst(words, at, DUTIES) !== undefined;
}

/** Behind words that look like a duty and are none; the place itself where there are none. */
export function skipHarmless(words: Source, at: number): number {
  return matchFirst(words, at, HARMLESS)?.next ?? at;
}
