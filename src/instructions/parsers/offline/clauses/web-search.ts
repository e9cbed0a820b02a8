import { type Family, one } from "../clause.ts";
import { matchFirst, matchLongest, pattern } from "../pattern.ts";
import { readLimit } from "../readers/limits.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import { EACH } from "./recipients.ts";
import { isNounLed } from "./search-nouns.ts";

const WEB = "[the] web|internet|google|online|net|news";

/** Before what is looked for. */
const HEADS = [
  `+search|+scan|+browse|+check|+research|+investigate|+scour|+look|+query|+go [on|through|over|in|up] ${WEB} [and] [+search|+look] [search] [for|about|on|:|to] [find]`,
  `+run|+do|+perform|+make|+start|+conduct a|an|another [quick] [web|google|online|internet] search [on|of] [the] [web|google] for|on|about|of|:`,
  `+have|+take a [quick|little] look|rummage|dig|hunt|search|browse|peek|scan [on|at|through|around] ${WEB} for|about`,
  `web|google|online|internet|net [search|lookup|research] for|on|about|:`,
  `web|google|online|internet search|lookup|research`,
  `web-search|websearch [for|:]`,
  "+google [for|:]",
  `+see|+check|+find [out] what ${WEB} says|has|knows|say [to] [say] about|on|regarding`,
  `+run|+do|+perform|+make|+start|+conduct|+realize|+realise|+execute [a|an|another|some] [quick|little|short] [web|google|online] google|research|search|lookup [on|of|in] [${WEB}] [for|on|about|:|of]`,
  `+look up|for|out on|in|through|via ${WEB} [for|about|:]`,
  `+find|+check|+see out|up on|in|through|via ${WEB} [for|about|:]`,
  `+look|+search|+find|+get out|up [for] ${WEB}`,
].map(pattern);

/** Around what is looked for: "look up … online". */
const AROUND = [
  "+look up|for",
  "+search|+research|+investigate|+find|+check|+get [for|out|up|about|on]",
  "+see what",
  "+look",
].map(pattern);
const TAIL = [
  `up online|[on|in|via] ${WEB}`,
  `on|via|through|using|in|from ${WEB}`,
  "online",
  "with|via|using google|[a] web search",
  "on the web",
].map(pattern);

export const webSearch: Family = {
  name: "web_search",
  read: (source, at) => {
    const head = matchLongest(source, at, HEADS);
    if (head !== undefined && isOfCrm(source, at, head.next)) return undefined;
    if (head !== undefined)
      return readNamedQuery(source, head.next) ?? readQuery(source, head.next);
    const around = matchFirst(source, at, AROUND);
    const tail = around === undefined ? undefined : findTail(source, around.next);
    return around === undefined || tail === undefined
      ? undefined
      : build(source, around.next, tail);
  },
};

const ONLINE = wordsOf("web google online internet net news research");

/** "Do a search for contacts in Rome" looks for them where they are kept. */
function isOfCrm(source: Source, from: number, to: number): boolean {
  const isOnline = source.tokens.slice(from, to).some(({ word }) => ONLINE.has(word));
  const noun = isWord(tokenAt(source, to), "the", "all", "our") ? to + 1 : to;
  return !isOnline && isNounLed(source, noun);
}

interface Tail {
  /** Where the query ends. */
  readonly end: number;
  readonly next: number;
  readonly limit?: number;
}

function findTail(source: Source, at: number): Tail | undefined {
  for (let end = at + 1; end < source.end; end++) {
    const match = matchFirst(source, end, TAIL);
    if (match === undefined) continue;
    const limit = readTailLimit(source, match.next);
    const next = skipFiller(source, limit?.next ?? match.next);
    if (next === source.end)
      return limit === undefined ? { end, next } : { end, next, limit: limit.value };
  }
  return undefined;
}

const COUNT = [
  "[the] [top|first|best] <number> results|result|hits|articles|links [only|max|tops|please]",
].map(pattern);

/** "limit 5", "(3 results)", ", 2 results", "five results is fine". */
function readTailLimit(source: Source, at: number): Read<number> | undefined {
  const start = isWord(tokenAt(source, at), ",", "and", "-", "–", "with", ";") ? at + 1 : at;
  const limit = readLimit(source, start);
  if (limit !== undefined) return limit;
  if (isWord(tokenAt(source, start), "(")) return readClosed(source, start + 1);
  return start > at ? readCounted(source, start) : undefined;
}

function readClosed(source: Source, at: number): Read<number> | undefined {
  const counted = readCounted(source, at);
  const isClosed = counted !== undefined && isWord(tokenAt(source, counted.next), ")");
  return isClosed ? { ...counted, next: counted.next + 1 } : undefined;
}

function readCounted(source: Source, at: number): Read<number> | undefined {
  const match = matchFirst(source, at, COUNT);
  if (match?.captures.number === undefined) return undefined;
  const next = matchFirst(source, match.next, FINE)?.next ?? match.next;
  return { value: match.captures.number, next };
}

const FINE = ["is|are|will|would [be|do] [fine|enough|plenty|ok|okay|good]"].map(pattern);

const QUERY = pattern(
  `[for|on] [${EACH}] [with|using|:|,] [the|this|a] [search] query|term|terms|phrase|keywords|string [:|of|is|=] <quoted>`,
);

/** "for each one with the query 'X'": the query is named, and nothing before it belongs to it. */
function readNamedQuery(source: Source, at: number): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, [QUERY]);
  if (match?.captures.quoted === undefined) return undefined;
  const limit = readTailLimit(source, match.next);
  const next = skipFiller(source, limit?.next ?? match.next);
  const query = match.captures.quoted;
  const params = limit === undefined ? { query } : { query, limit: limit.value };
  return one({ type: "web_search", params }, next);
}

function readQuery(source: Source, at: number): ReturnType<Family["read"]> {
  const start = isWord(tokenAt(source, at), "for", ":", "about") ? at + 1 : at;
  for (let end = start + 1; end < source.end; end++) {
    const limit = readTailLimit(source, end);
    if (limit === undefined) continue;
    const next = skipFiller(source, limit.next);
    if (next === source.end) return build(source, start, { end, next, limit: limit.value });
  }
  return build(source, start, { end: trim(source, start), next: source.end });
}

function trim(source: Source, start: number): number {
  let end = source.end;
  while (end > start && isWord(tokenAt(source, end - 1), "please", "pls", ",", "too", "first", ":"))
    end -= 1;
  return end;
}

function skipFiller(source: Source, at: number): number {
  let next = at;
  while (isWord(tokenAt(source, next), "please", "pls", ",", "only", "thanks", "results"))
    next += 1;
  return next;
}

/** What would have to be done with what is found is no part of the query. */
const THEN = /\bthen\b/i;
/** "…, polish the trophies": an order that nobody knows. */
const ORDER =
  /(?:\band|[,;]) (?!(?:in|on|at|of|about|for|with|from|by|to|over|under|all|any|what|who|how|why|where|when|if|whether|is|are|was|were|as|like|near|across|around|both|after|before|during|since|or|not|also|especially|including) )\p{Ll}+ (?:the|an?|them|him|her|it|our|their|my|every|all|everyone|me|us)\b/u;
const FURTHER =
  /\b(?:and|then) (?:then )?(?:summari[sz]e|analy[sz]e|translate|score|rank|extract|compare|write|draft|generate|pick|choose|list|tell|send|export|report)\b/i;

function build(
  source: Source,
  from: number,
  { end, next, limit }: Tail,
): ReturnType<Family["read"]> {
  const token = tokenAt(source, from);
  const isQuoted = end === from + 1 && token.kind === "quoted";
  const query = isQuoted ? token.text : slice(source, from, end);
  if (query === "" || FURTHER.test(query)) return undefined;
  if (!isQuoted && (THEN.test(query) || ORDER.test(query))) return undefined;
  return one(
    { type: "web_search", params: limit === undefined ? { query } : { query, limit } },
    next,
  );
}
