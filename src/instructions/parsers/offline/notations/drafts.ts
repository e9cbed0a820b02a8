import { type Match, matchAt, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Notation, putBefore } from "./edit.ts";

const SUBJECT = pattern("[the] [email|mail] subject [line] :|=|is <quoted> [.|,|;|and]");
const BODY = pattern(
  "[the] [email|mail|message] body|text|content|copy :|=|is <quoted> [.|,|;|and]",
);
const SENDING = pattern("[then|and|please|now] send|email [out] this|that|it [email|mail|message]");

interface Draft {
  readonly subject?: Token | undefined;
  readonly body?: Token | undefined;
  readonly next: number;
}

/** "Subject: 'S'. Body: 'B'. Send that to …": an email written down before it is sent is put behind its verb. */
export const writeDrafts: Notation = (source) => {
  if (!source.tokens.some(({ kind }) => kind === "quoted")) return source.tokens;
  const written: Token[] = [];
  let at = 0;
  while (at < source.end) {
    const draft = isOpen(source, at) ? readDraft(source, at) : undefined;
    const sent = draft === undefined ? undefined : readSending(source, draft.next);
    if (draft === undefined || sent === undefined) written.push(tokenAt(source, at));
    else written.push(...sendDraft(tokenAt(source, sent.next - 1), draft));
    at = sent?.next ?? at + 1;
  }
  return written;
};

/** "Send it again" sends what was sent before. */
function readSending(source: Source, at: number): Match | undefined {
  const match = matchAt(source, at, SENDING);
  const isFirst = match !== undefined && !isWord(tokenAt(source, match.next), "again", "once");
  return isFirst ? match : undefined;
}

function isOpen(source: Source, at: number): boolean {
  const { kind, text } = tokenAt(source, at - 1);
  return at === 0 || (kind === "mark" && /[.\n;:!-]/.test(text));
}

function readDraft(source: Source, at: number): Draft | undefined {
  let draft: Draft = { next: at };
  for (;;) {
    const start = skipLineEnds(source, draft.next);
    const subject = draft.subject === undefined ? matchAt(source, start, SUBJECT) : undefined;
    const body = draft.body === undefined ? matchAt(source, start, BODY) : undefined;
    const next = subject?.next ?? body?.next;
    if (next === undefined) return start > at ? { ...draft, next: start } : undefined;
    const quoted = source.tokens.slice(start, next).find(({ kind }) => kind === "quoted");
    draft =
      subject === undefined
        ? { ...draft, body: quoted, next }
        : { ...draft, subject: quoted, next };
  }
}

function skipLineEnds(source: Source, at: number): number {
  let next = at;
  while (tokenAt(source, next).text === "\n") next += 1;
  return next;
}

/** "send email with subject 'S' and body 'B'" */
function sendDraft(place: Token, { subject, body }: Draft): readonly Token[] {
  const parts = [
    ...(subject === undefined ? [] : [...putBefore("with subject", place), subject]),
    ...(body === undefined ? [] : [...putBefore("with body", place), body]),
  ];
  return [...putBefore("send email", place), ...parts];
}
