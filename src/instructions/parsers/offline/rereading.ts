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
 * Reads a text. What cannot be carried out and plainly tells something is passed over as a remark, and what is left is read again: so
 * nothing that could have been understood is ever taken for talk.
 */
export function readPatiently(text: string, typed: readonly Token[]): Reading {
  let reading = readAll(text, typed);
  if (typed.length > MOST_TOKENS) return reading;
  let tokens = writeContractions(writeEmoticons(typed));
  const passed: Span[] = [];
  for (let turn = 0; turn < MOST_READINGS; turn++) {
    const [fault] = reading.faulty;
    const told =
      fault === undefined ? undefined : findTold({ text, tokens, end: tokens.length }, fault);
    if (told === undefined) break;
    passed.push(...tokens.slice(told.from, told.to).map(({ start, end }) => ({ start, end })));
    tokens = [...tokens.slice(0, told.from), ...tokens.slice(told.to)];
    reading = readAll(text, tokens);
  }
  passOver(reading, ...passed);
  return reading;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const LONGEST_SENTENCE = 80;

/** The longest stretch around a fault that tells something; with it goes the mark that parts it from what stands behind. */
function findTold(source: Source, fault: Span): Stretch | undefined {
  const sentence = sentenceAt(source, fault);
  if (sentence === undefined || sentence.to - sentence.from > LONGEST_SENTENCE) return undefined;
  const told = stretchesAround(source, sentence, fault).find((one) =>
    isTold(source, sentence, one),
  );
  if (told === undefined) return undefined;
  const mark = tokenAt(source, told.to);
  const isParted = told.from === sentence.from && (mark.kind === "mark" || isJoint(mark));
  return { from: told.from, to: Math.min(source.end, isParted ? told.to + 1 : told.to) };
}

function sentenceAt(source: Source, fault: Span): Stretch | undefined {
  const sentences = readLines(source.text, source.tokens)
    .flatMap(({ from, to }) => readSentences(source, from, to))
    .flatMap((sentence) => behindQuotes(source, sentence));
  return sentences.find(({ to }) => tokenAt(source, to - 1).end > fault.start);
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
