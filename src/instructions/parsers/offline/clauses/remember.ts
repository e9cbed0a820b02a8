import type { Value } from "#domain/plan.ts";

import { type Family, one, part, readParts } from "../clause.ts";
import { type Match, matchFirst, pattern } from "../pattern.ts";
import type { Source } from "../source.ts";
import { isWord, tokenAt } from "../source.ts";
import { ENTITY } from "./recipients.ts";

const SELECTION = `(${ENTITY} / [the|these|those|this|all] [the] [full|whole|entire] [list of] contacts|companies|deals|leads|list|selection|ones|people|names|contact|company|deal|accounts|prospects|opps|opportunities [found|that] [were] [found|contacted|processed] / [all] of them / [the|all] [the] everyone|everybody|anyone|people|contacts|ones|leads|companies|deals [that|who|whom] [we|i|you] [have|just] [emailed|contacted|messaged|reached|processed|mailed] / them)`;
const VERB =
  "(+keep|+make|+take a note|record|list [of] / +save|+store|+keep|+remember|+record|+stash|+put|+add|+log|+note|+write|+hold|+memorize|+jot|+track|+append [down|track] [of])";
const IN = "->|to|in|into|under|within|inside [the|your|our|its|agent|agent's] memory [:]";
const KEY = "[as|under|called|named|in|:|with] [the] [key|name|list] [called|named]";

const KEYED = "as|under|called|named|:|with [the] [key|name|list] [called|named]";

/** With what is kept; then only a key, whose value is the selection itself. */
const WITH_VALUE = [
  `${VERB} <variable> [${IN}] ${KEY} <text>`,
  `${VERB} ${IN} <variable> ${KEY} <text>`,
  `${VERB} <variable> ${IN} ${KEY} <text>`,
  `${VERB} <quoted> ${IN} ${KEY} <text>`,
  `${VERB} [the] value [of|:] <value> [${IN}] ${KEYED} <text>`,
  `${VERB} <number> ${IN} ${KEYED} <text>`,
  `${VERB} the value [of|:] <value> ${KEYED} [the] key <text>`,
  `${VERB} [the|all|those|these|any] [web] [search] result|results|finding|findings|hit|hits|answer|headline|headlines [${IN}] ${KEY} <text>`,
  `+set [memory] <text> =|to <value> in memory`,
  `+set|+update [the] memory [key|value|variable|entry|item|field|slot] <text> to|as|= <value>`,
  "[+set|+update] <memory> to|as|=|: <value>",
].map(pattern);

const OF_SELECTION = [
  `${VERB} ${SELECTION} [${IN}] ${KEYED} <key>`,
  `${VERB} ${IN} ${SELECTION} ${KEY} <key>`,
  `${VERB} ${SELECTION} ${IN} ${KEY} <key>`,
  `${VERB} ${SELECTION} [on|to|in|into] [the|my|our] [list] <variable>`,
  `${VERB} [${IN}] as|under <key>`,
  `${VERB} <variable> ${IN}`,
].map(pattern);

/** Only where no selection is meant: "remember 'channel' as 'LinkedIn'", "remember lastStage = @deal.stage". */
const PLAIN = [
  `${VERB} [in] [memory] [that] [the] [key|value] <text> [is|to|as|=|:|equals] [=] <value>`,
].map(pattern);

const TAIL = part<object>([
  "in|to memory",
  "for next time|later|the [next] [run|time]",
  "so [that] we|i|you|it|they [do|can|will|could|may] [not] contact|email|reuse|mail|skip|exclude|avoid|use|find|message|remember|ignore them|it|this [it] [again|twice|later|next] [time|run|week|month]",
]);

export const remember: Family = {
  name: "remember",
  read: (source, at) => {
    const valued = matchFirst(source, at, WITH_VALUE);
    const selected = valued ?? matchFirst(source, at, OF_SELECTION);
    const plain = selected === undefined ? matchFirst(source, at, PLAIN) : undefined;
    const match = selected ?? plain;
    if (match === undefined) return undefined;
    const params =
      valued === undefined && plain === undefined
        ? { key: keyOf(match) }
        : { key: keyOf(match), ...valueOf(source, at, match) };
    if (params.key === "" || !isKept(source, at, match.next)) return undefined;
    return one({ type: "remember", params }, readParts(source, match.next, [TAIL], {}));
  },
};

const KEEPING = /^(?:@?memory\b.*|remember|memorize|memorise|as|under|=)$/;

/** Whether it is said that it is kept, and where. */
function isKept(source: Source, from: number, to: number): boolean {
  return source.tokens
    .slice(from, to)
    .some(({ word, lemma }) => KEEPING.test(word) || KEEPING.test(lemma));
}

function keyOf({ captures }: Match): string {
  return (captures.key ?? captures.text ?? captures.memory ?? captures.variable ?? "").replace(
    /^@?memory\./,
    "",
  );
}

const RESULTS = [
  "result",
  "results",
  "finding",
  "findings",
  "hit",
  "hits",
  "answer",
  "headline",
  "headlines",
];

/** Results of a search are what the web search before it found. */
function valueOf(
  source: Source,
  at: number,
  { captures, next }: Match,
): { readonly value?: Value } {
  if (captures.quoted !== undefined) return { value: captures.quoted };
  if (captures.variable !== undefined) return { value: captures.variable };
  if (captures.value !== undefined) return { value: captures.value };
  if (captures.number !== undefined) return { value: captures.number };
  for (let word = at; word < next; word++) {
    if (isWord(tokenAt(source, word), ...RESULTS)) return { value: "@search.results" };
  }
  return {};
}
