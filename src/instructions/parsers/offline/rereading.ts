import type { Span } from "#domain/plan.ts";

import { isWritten, mayBeCondition } from "./asides/beside.ts";
import { readAll } from "./block.ts";
import { writeContractions } from "./contractions.ts";
import { writeEmoticons } from "./emoticons.ts";
import { readLines } from "./layout.ts";
import { isBareStart } from "./links.ts";
import { passOver, type Reading } from "./reading.ts";
import { readSentences } from "./sentences.ts";
import { type Source, tokenAt, wordsOf } from "./source.ts";
import type { Place } from "./telling/parts.ts";
import { tells } from "./telling/tells.ts";
import type { Token } from "./tokens.ts";

/** How often a text is read again, and how long it may be for that: nobody talks more. */
const MOST_READINGS = 10;
const MOST_TOKENS = 500;

/**
 * Reads a text. What cannot be carried out and plainly tells something is passed over as a remark, with the sentences behind it that hold
 * no word to begin a step with and tell something, too; what is left is read again. So nothing that says what to do is taken for talk.
 */
export function readPatiently(text: string, typed: readonly Token[]): Reading {
  let reading = readAll(text, typed);
  if (typed.length > MOST_TOKENS) return reading;
  let tokens = writeContractions(writeEmoticons(typed));
  const passed: Span[] = [];
  for (let turn = 0; turn < MOST_READINGS; turn++) {
    const [fault] = reading.faulty;
    const source: Source = { text, tokens, end: tokens.length };
    const told = fault === undefined ? [] : findTold(source, fault);
    if (told.length === 0) break;
    const isPassed = (at: number): boolean => told.some(({ from, to }) => at >= from && at < to);
    passed.push(
      ...tokens.filter((_, at) => isPassed(at)).map(({ start, end }) => ({ start, end })),
    );
    tokens = tokens.filter((_, at) => !isPassed(at));
    reading = readAll(text, tokens);
  }
  passOver(reading, ...passed);
  return reading;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What tells something around a fault, and the sentences behind it that only tell. */
function findTold(source: Source, fault: Span): readonly Stretch[] {
  const sentences = sentencesOf(source);
  const at = sentences.findIndex(({ to }) => tokenAt(source, to - 1).end > fault.start);
  const sentence = sentences[at];
  const told = sentence === undefined ? undefined : findAround(source, sentence, fault);
  if (sentence === undefined || told === undefined) return [];
  const idle = sentences.slice(at + 1).filter((one) => isIdle(source, one));
  return [withMark(source, sentence, told), ...idle.map((one) => withMark(source, one, one))];
}

function isIdle(source: Source, sentence: Stretch): boolean {
  const isShort = sentence.to - sentence.from <= LONGEST_SENTENCE;
  const hasNone = !hasStart(source, sentence.from, sentence.to);
  return isShort && hasNone && isTold(source, sentence, sentence);
}

const LONGEST_SENTENCE = 80;

/** The longest stretch around a fault that tells something. */
function findAround(source: Source, sentence: Stretch, fault: Span): Stretch | undefined {
  if (sentence.to - sentence.from > LONGEST_SENTENCE) return undefined;
  const stretches = stretchesAround(source, sentence, fault);
  return stretches.find((one) => isTold(source, sentence, one));
}

/** With the mark that parts it from what stands behind, where it begins its sentence. */
function withMark(source: Source, sentence: Stretch, { from, to }: Stretch): Stretch {
  const mark = tokenAt(source, to);
  const isParted = from === sentence.from && (mark.kind === "mark" || isJoint(mark));
  return { from, to: Math.min(source.end, isParted ? to + 1 : to) };
}

function sentencesOf(source: Source): readonly Stretch[] {
  return readLines(source.text, source.tokens)
    .flatMap(({ from, to }) => readSentences(source, from, to))
    .flatMap((sentence) => behindQuotes(source, sentence));
}

/** "… the note 'Hi.' Best wishes": a quoted sentence ends the one that it stands in. */
function behindQuotes(source: Source, { from, to }: Stretch): readonly Stretch[] {
  for (let at = from + 1; at < to; at++) {
    const { kind, text } = tokenAt(source, at - 1);
    if (kind !== "quoted" || !/[.!?]$/.test(text) || !tokenAt(source, at).isCapital) continue;
    return [{ from, to: at }, ...behindQuotes(source, { from: at, to })];
  }
  return [{ from, to }];
}

const JOINTS = wordsOf(", – - : so and but");
const isJoint = ({ word, text }: Token): boolean =>
  JOINTS.has(word) || /^\p{Extended_Pictographic}/u.test(text);
const MOST_CUTS = 12;

/** From joint to joint around the fault, the longest first. */
function stretchesAround(source: Source, { from, to }: Stretch, fault: Span): readonly Stretch[] {
  const cuts = [from];
  for (let at = from + 1; at < to; at++) if (isJoint(tokenAt(source, at))) cuts.push(at);
  if (cuts.length > MOST_CUTS) return [];
  const before = cuts.filter((at) => tokenAt(source, at).start <= fault.start);
  const behind = [...cuts.slice(before.length), to];
  return before
    .flatMap((start) => behind.map((end) => ({ from: start, to: end })))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from));
}

function isTold(source: Source, sentence: Stretch, { from, to }: Stretch): boolean {
  if (from > sentence.from && mayBelong(source, sentence.from, from)) return false;
  const place: Place = {
    isFirst: from === sentence.from,
    isOpening: !hasStart(source, 0, from),
    isClosing: !hasStart(source, to + 1, source.end),
  };
  return tells(source, place.isFirst ? from : from + 1, to, place);
}

/** Whether what stands here could go on with a title, a message or a condition. */
function mayBelong(source: Source, from: number, at: number): boolean {
  return isWritten(source, from, at) || mayBeCondition(source, from, at);
}

function hasStart(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isBareStart(source, at)) return true;
  return false;
}
