import { isStart } from "../links.ts";
import { readDuration } from "../readers/amounts.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Notation, put, putBefore } from "./edit.ts";

/** "'A' email, 5 days, 'B' email, then 3d, …": a time alone between two things to do is waited. */
export const writeCadences: Notation = (source) => {
  const written: Token[] = [];
  let at = 0;
  while (at < source.end) {
    const spaced = readSpaced(source, at);
    if (spaced !== undefined) {
      written.push(...spaced.tokens);
      at = spaced.next;
      continue;
    }
    const token = tokenAt(source, at);
    if (isPause(source, at)) written.push(...putBefore("wait", token));
    written.push(token);
    at += 1;
  }
  return written;
};

const PARTING = [",", "->", ";", ".", "\n", "|", "+", ">", "–"];

/** A duration with a mark on either side, which is no due date and no timeout. */
function isPause(source: Source, at: number): boolean {
  const { kind } = tokenAt(source, at);
  if (kind !== "number" && kind !== "word") return false;
  const before = isWord(tokenAt(source, at - 1), "then") ? at - 2 : at - 1;
  if (!isWord(tokenAt(source, before), ...PARTING) || at < 2) return false;
  const duration = readDuration(source, at);
  if (duration === undefined || !isWord(tokenAt(source, duration.next), ",", ";", "|", ">"))
    return false;
  return !isOfTask(source, before) && isAct(source, duration.next + 1);
}

/** What a time may belong to: "task: call Ann, 2 days, @user.rep". */
function isOfTask(source: Source, before: number): boolean {
  if (!isWord(tokenAt(source, before), ",")) return false;
  for (let at = before - 1; at >= 0; at--) {
    const token = tokenAt(source, at);
    if (isWord(token, ";", ".", "->", "\n", "|")) return false;
    if (
      isWord(
        token,
        "task",
        "todo",
        "to-do",
        "handoff",
        "hand",
        "timeout",
        "reminder",
        "within",
        "every",
      )
    )
      return true;
    if (isWord(token, "wait", "send", "email")) return false;
  }
  return false;
}

function isAct(source: Source, at: number): boolean {
  const start = isWord(tokenAt(source, at), "then", "and") ? at + 1 : at;
  const { kind } = tokenAt(source, start);
  return kind === "quoted" || kind === "word" || isStart(source, start);
}

/** What stands in the place of some tokens, and where the next stands. */
interface Written {
  readonly tokens: readonly Token[];
  readonly next: number;
}

const MAILS = ["email", "emails", "mails", "messages", "templates"];

/** "Three emails, four days apart: 'A', 'B', 'C'", "send 'A', 'B' and 'C' 3 days apart": one after the other. */
function readSpaced(source: Source, at: number): Written | undefined {
  return readAnnounced(source, at) ?? readTrailed(source, at);
}

function readAnnounced(source: Source, at: number): Written | undefined {
  const mails = [at, at + 1, at + 2].find((place) => isWord(tokenAt(source, place), ...MAILS));
  if (mails === undefined || !isOpening(source, at)) return undefined;
  const comma = isWord(tokenAt(source, mails + 1), ",", "(", "–", "-") ? mails + 2 : mails + 1;
  const gap = readGap(
    source,
    isWord(tokenAt(source, comma), "sent", "each", "spaced", "every") ? comma + 1 : comma,
  );
  if (gap === undefined) return undefined;
  const closed = isWord(tokenAt(source, gap.next), ")") ? gap.next + 1 : gap.next;
  if (!isWord(tokenAt(source, closed), ":", "–", "-", ",")) return undefined;
  const names = readNames(source, closed + 1);
  return names === undefined
    ? undefined
    : { tokens: sendEach(names.names, gap.tokens, tokenAt(source, at)), next: names.next };
}

function readTrailed(source: Source, at: number): Written | undefined {
  if (!isWord(tokenAt(source, at), "send", "email", "emails") || !isOpening(source, at))
    return undefined;
  const first = isWord(tokenAt(source, at + 1), "the", "emails", "them", "templates", "out")
    ? at + 2
    : at + 1;
  const names = readNames(source, first);
  if (names === undefined) return undefined;
  const behind = [",", "emails", "spaced", "each", "(", "templates", "email"];
  let next = names.next;
  while (isWord(tokenAt(source, next), ...behind)) next += 1;
  const gap = readGap(source, next);
  if (gap === undefined) return undefined;
  const end = isWord(tokenAt(source, gap.next), ")") ? gap.next + 1 : gap.next;
  return { tokens: sendEach(names.names, gap.tokens, tokenAt(source, at)), next: end };
}

function isOpening(source: Source, at: number): boolean {
  return at === 0 || isWord(tokenAt(source, at - 1), ".", ";", "\n", ":", "->", ",", "then", "and");
}

/** "four days apart" */
function readGap(source: Source, at: number): Written | undefined {
  const duration = readDuration(source, at);
  if (duration === undefined || !isWord(tokenAt(source, duration.next), "apart", "between"))
    return undefined;
  const isEach = isWord(tokenAt(source, duration.next), "between");
  const next =
    isEach && isWord(tokenAt(source, duration.next + 1), "each", "them")
      ? duration.next + 2
      : duration.next + 1;
  return { tokens: source.tokens.slice(at, duration.next), next };
}

/** Two names or more, with commas or "and" between them. */
function readNames(
  source: Source,
  from: number,
): { readonly names: readonly Token[]; readonly next: number } | undefined {
  const names: Token[] = [];
  let at = from;
  let next = from;
  while (tokenAt(source, at).kind === "quoted") {
    names.push(tokenAt(source, at));
    next = at + 1;
    at = next;
    while (isWord(tokenAt(source, at), ",", "and", "then", "&", "->")) at += 1;
  }
  return names.length < 2 ? undefined : { names, next };
}

function sendEach(names: readonly Token[], gap: readonly Token[], place: Token): readonly Token[] {
  return names.flatMap((name, index) => {
    const end = index === 0 ? [] : putBefore(",", name);
    const wait =
      index === 0
        ? []
        : [
            ...putBefore("wait", name),
            ...gap.map((token) => ({ ...token, start: name.start, end: name.start })),
            ...putBefore(",", name),
          ];
    const send = index === 0 ? put("send email", place) : putBefore("send email", name);
    return [...end, ...wait, ...send, name];
  });
}
