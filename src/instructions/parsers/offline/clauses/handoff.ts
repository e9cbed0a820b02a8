import { type Family, one, part, type Part, readParts } from "../clause.ts";
import { matchFirst, matchLongest, pattern } from "../pattern.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import { ENTITY } from "./recipients.ts";

const WHAT = `[(${ENTITY} / this|the|that [same] [one|conversation|thread|case|relationship|matter|inquiry|enquiry|request|file|chat] / things|one|over|everything)]`;

const HEADS = [
  `+hand|+pass|+transfer|+route|+escalate|+turn|+forward|+bring|+kick ${WHAT} [one] [off|over|on|across|along|up] to <person>`,
  `+hand of ${WHAT} [over] to <person>`,
  `+give|+send|+assign ${WHAT} [off|over] to <person>`,
  "+hand|+pass the baton|reins|wheel [over] to <person>",
  "over to <person>",
  `+push|+pull|+refer|+delegate|+reassign|+direct ${WHAT} [over|on] to <user>`,
  "handoff|handover|hand-off <user>",
  "+get <person> involved|in",
  "+do|+make|+perform|+start [a|an|the] handoff|hand-off|handover|escalation [over] to <person>",
  "let|have <person> [to] take|takes|handle it|this|things|them|over [from] [here|there]",
  `+hand|+pass|+transfer|+route|+escalate|+turn [off|over] ${WHAT} [off|over|on] to <person>`,
  "handoff|hand-off|handover|escalation [to|:] <person>",
  `[let|have|get|ask] <person> [to] take|takes|taking ${WHAT} over [from] [here|there]`,
  "[let|have|get|ask] <person> [to] take over|+handle [it|this|from] [here]",
  "+hand|+pass|+escalate [off|over] [:] <user>",
  `+transmit|+entrust|+relay|+refer ${WHAT} [off|over|on] to <person>`,
  "+hand|+escalate [it|this|them] [off|over]",
  "+get a human involved|in",
].map(pattern);

const REASON = [
  "[,|\\(] for|because|with|as|since|to|so|re|: [reason|that] [:]",
  "[,|\\(] (because of / by reason of / (on|for) [the] (account|grounds|reason|reasons|basis) of / owing|due to / in view|light of)",
].map(pattern);
const REASONED = pattern("[,|\\(|–|-|/|;] [with|and] [the|a] reason [:|is|=|being|of|that]");

const TIMEOUT = [
  "[,|\\(|and|/|;] [with] [a|the] timeout [of|:|=|is|after|in] <duration> [\\)]",
  "[,|\\(|and] [with] [a|the] <duration> timeout [\\)]",
  "[,|and] [timing|time|times] [out] after <duration>",
  "[,|and] [to] respond|answer|pick|act [it] [up] within <duration>",
  "[,|and] [continue|resume|go|carry|move] [on] after <duration>",
  "[,|and] [give|giving|allow|allowing] [them|him|her|it] <duration> [to|before] [respond|act|pick|reply|it|answer|they] [it|times|time|timing] [up|out] [for] [it]",
];

const TIMEOUTS = TIMEOUT.map(pattern);

interface Draft {
  to?: string;
  reason?: string;
  timeout?: string;
}

/** What may stand in front of the reason, in any order. */
const PARTS: readonly Part<Draft>[] = [
  part<Draft>(["on|of the|this deal|account|contact|company"]),
  part<Draft>(TIMEOUT, (draft, { duration }) => {
    draft.timeout = duration ?? "";
  }),
  part<Draft>(
    ["[,|\\(|–|-|/] [with|and] [the|a] reason [:|is|=|being|of|that] <quoted> [\\)|/]"],
    (draft, { quoted }) => {
      draft.reason = quoted ?? "";
    },
  ),
  part<Draft>(["to <user>"], (draft, { user }) => {
    draft.to = user ?? "";
  }),
  part<Draft>(["[/] [\\(] <duration> [timeout] [\\)]"], (draft, { duration }) => {
    draft.timeout = duration ?? "";
  }),
];

export const handoff: Family = {
  name: "handoff",
  read: (source, at) => {
    const head = matchFirst(source, at, HEADS);
    if (head === undefined) return undefined;
    const { person, user } = head.captures;
    const to = person ?? user;
    const isSomebody = isWord(tokenAt(source, head.next), "to") && isNamed(source, head.next + 1);
    if (to === undefined && isSomebody) return undefined;
    const draft: Draft = to === undefined ? {} : { to };
    const next = readParts(source, head.next, PARTS, draft);
    return one({ type: "handoff", params: draft }, readReason(source, next, draft));
  },
};

/** A name that was not understood is no reason. */
function isNamed(source: Source, at: number): boolean {
  return tokenAt(source, at).isCapital || SOMEBODY.has(tokenAt(source, at).word);
}

const SOMEBODY = wordsOf("the our my a an whoever whomever someone somebody anyone one");

/** The reason runs to the timeout, or to the end. */
function readReason(source: Source, at: number, draft: Draft): number {
  const open = matchLongest(source, at, [REASONED, ...REASON]);
  const start = open?.next ?? at;
  for (let end = at; end < source.end; end++) {
    const timeout = readTimeout(source, end);
    if (timeout === undefined) continue;
    draft.timeout = timeout.value;
    return setReason(source, Math.min(start, end), end, draft, timeout.next);
  }
  if (open === undefined) return skipEnd(source, at);
  return setReason(source, start, source.end, draft, source.end);
}

/** A timeout with nothing behind it. */
function readTimeout(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, TIMEOUTS);
  const duration = match?.captures.duration;
  if (match === undefined || duration === undefined) return undefined;
  const next = skipEnd(source, match.next);
  return next < source.end ? undefined : { value: duration, next };
}

function skipEnd(source: Source, at: number): number {
  let next = at;
  while (
    isWord(
      tokenAt(source, next),
      "please",
      ",",
      "now",
      "immediately",
      "pls",
      "right",
      "away",
      "directly",
    )
  )
    next += 1;
  return next;
}

/** Without the marks at its end, and the parenthesis that opened before it. */
function unwrap(text: string): string {
  const bare = text.replace(/[,.;]+$/, "");
  return bare.endsWith(")") && !bare.includes("(") ? bare.slice(0, -1) : bare;
}

function setReason(source: Source, from: number, to: number, draft: Draft, next: number): number {
  const token = tokenAt(source, from);
  const reason =
    token.kind === "quoted" && to === from + 1 ? token.text : unwrap(slice(source, from, to));
  if (reason !== "") draft.reason = reason;
  return next;
}
