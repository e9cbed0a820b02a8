import { type Family, one } from "../clause.ts";
import { matchFirst, pattern } from "../pattern.ts";
import { isWord, slice, type Source, tokenAt } from "../source.ts";

const HEADS = [
  "+let <person> know",
  "+give <person> a [quick] heads-up|headsup|shout|nudge|notice|notification",
  "+give <person> a [quick] heads up",
  "+send|+shoot|+drop|+give|+fire [off] [a|an|the] [quick|slack|internal|in-app|short] notification|alert|heads-up|notice|ping to <person>",
  "+send|+shoot|+drop|+give|+post <person> [a|an|the] [quick|internal|in-app|short] notification|alert|heads-up|notice|ping",
  "+loop|+bring in <person> [with] [a|an] [notification|alert|heads-up|message]",
  "+loop|+bring <person> in [with] [a|an] [notification|alert|heads-up|message]",
  "+notify|+alert|+inform|+tell|+warn|+ping|+remind|+advise|+nudge|+signal <person>",
  "+send <person> [a|an] <quoted> notification|alert",
  "+raise|+flag [it|this|them|that] to|with|for <person>",
  "+make sure <person> knows",
  "+notify|+alert [everyone|them]",
  "heads-up to <person>",
  "+keep <person> posted|informed|updated",
].map(pattern);

const SAYING = [
  "[,] [with|by|and|using] [the|a|an|this] [short] message|text|note|notification [that] [says|saying|reads|reading|:|of] [:]",
  "[,] [by] [and] [to] saying|says|say|reading|telling|stating [them|him|her] [that] [:]",
  "[,] with [:]",
  "[:|–|-|,] [that|about|of|on|to|so|when|how|why] [:]",
].map(pattern);

export const notify: Family = {
  name: "notify",
  read: (source, at) => {
    const head = matchFirst(source, at, HEADS);
    if (head === undefined) return undefined;
    const { person } = head.captures;
    const to = person === undefined ? {} : { to: person };
    const message = head.captures.quoted ?? readMessage(source, head.next);
    const isDone = isOnlyFiller(source, head.next);
    const params =
      message === undefined || (isDone && head.captures.quoted === undefined)
        ? to
        : { ...to, message };
    return one({ type: "notify", params }, source.end);
  },
};

function readMessage(source: Source, at: number): string | undefined {
  const open = matchFirst(source, at, SAYING);
  const start = open?.next ?? at;
  const token = tokenAt(source, start);
  if (token.kind === "quoted" && isOnlyFiller(source, start + 1)) return token.text;
  const message = slice(source, start, source.end);
  return message === "" ? undefined : message.replace(/[,;]+$/, "");
}

function isOnlyFiller(source: Source, at: number): boolean {
  let next = at;
  while (FILLER.some((word) => isWord(tokenAt(source, next), word))) next += 1;
  return next >= source.end;
}

const FILLER = [
  "please",
  ",",
  "too",
  "right",
  "away",
  "immediately",
  "now",
  "about",
  "it",
  "this",
  "straight",
  "asap",
  "as",
  "well",
  "that",
  "so",
  "pls",
  "by",
  "email",
  "in",
  "app",
  "also",
  "instead",
];
