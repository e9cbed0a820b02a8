import { type Family, one, part, type Part, readParts } from "../clause.ts";
import { matchAt, matchFirst, matchLongest, pattern } from "../pattern.ts";
import type { Read, Source } from "../source.ts";

const HEADS = [
  "+wait|+pause|+hold|+delay|+sleep|+rest|+snooze|+stop|+hang|+sit|+stay [tight|put|quiet|fire|now|then|just] [off|on|there|here|back|everything|it|the|this] [sequence|workflow|cadence|agent|flow] [for|about|at|out|up|least|by|during] [to] [a] [further|full] <duration> [more|long|longer]",
  "+give|+allow|+leave [it|them|him|her|that|this|things|everyone] [alone|be|sit|for|rest] [for] <duration>",
  "+let [it|them|that|this|things] sit|rest|simmer|breathe|be|pass|go|run [quiet] [for] <duration>",
  "+let <duration> pass|go|elapse|run [by|past]",
  "+take|+have|+leave|+allow a break|pause|rest|gap|breather|wait|buffer of|for <duration>",
  "+take|+have|+leave|+allow a|an <duration> break|pause|rest|gap|breather|wait|buffer",
  "+put|+add|+insert|+set|+include|+make|+do [in] a|an|another [time] wait|pause|delay|break|timer [time|step|node] of|for [another] <duration>",
  "do nothing for <duration>",
  "wait at least|most <duration>",
  "[exactly|about] <duration> later|afterwards|afterward|on|hence|after [that|this]",
  "after|in|following [a period|space of] <duration> [from|have|has|of|time] [then|passed|passes|pass|elapsed|silence]",
  "once|when <duration> has|have|is|are passed|elapsed|gone|up|over [by]",
  "[a] <duration> wait|pause|delay|break",
  "<duration>",
  "[a] wait|pause|delay [of|:] <duration>",
  "+wait|+pause|+hold [off] <duration>",
].map(pattern);

const UNTIL = [
  "+give|+allow [it|them|him|her] until|till <due>",
  "+wait|+pause|+hold [off] until|till|for [the] <due>",
].map(pattern);

const PARTS: readonly Part<object>[] = [
  part<object>([
    "no|not longer|more",
    "for|to see [if|whether] [there] [is|they|it] [a|any|the|their|get|we] [reply|response|answer|replies|they] [reply|respond|answer]",
    "for [a|any|the|their] reply|response|answer",
    "to reply|respond|answer|react|decide|read [back] [to] [us|it]",
    "to see [if] [they|anyone] [reply|respond]",
    "more|longer|again",
    "between|after that|them|each",
    "or so",
    "before [doing] anything|the next [step] [else]",
    "before continuing|proceeding|moving [on]",
  ]),
];

export const wait: Family = {
  name: "wait",
  read: (source, at) => {
    const until = matchFirst(source, at, UNTIL);
    const head = until ?? matchLongest(source, at, HEADS);
    const duration = until?.captures.due ?? head?.captures.duration;
    if (head === undefined || duration === undefined || duration === "P0D") return undefined;
    return one({ type: "wait", params: { duration } }, readParts(source, head.next, PARTS, {}));
  },
};

/** Stands behind a condition or a link: "after 3 days", "within a week". */
const AFTER = pattern("after|within|in|for [the|another|a] <duration> [have|has] [passed|later]");

export function readAfter(source: Source, at: number): Read<string> | undefined {
  const match = matchAt(source, at, AFTER);
  return match?.captures.duration === undefined
    ? undefined
    : { value: match.captures.duration, next: match.next };
}
