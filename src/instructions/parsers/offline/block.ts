import type { Span } from "#domain/plan.ts";

import { dropAddress } from "./asides/address.ts";
import { dropRemarks } from "./asides/beside.ts";
import { dropStamps } from "./asides/stamps.ts";
import { writeBrackets } from "./brackets.ts";
import { writeContractions } from "./contractions.ts";
import { writeDefinitions } from "./definitions.ts";
import { dropDisfluencies } from "./disfluencies.ts";
import { writeEmoticons } from "./emoticons.ts";
import { writeInnerTimes } from "./inner-times.ts";
import { type Line, readLines } from "./layout.ts";
import { writeNotations } from "./notations.ts";
import { rewriteArrows } from "./notes.ts";
import { joined } from "./passing.ts";
import { writePossessives } from "./possessives.ts";
import { fault, openReading, type Reading } from "./reading.ts";
import { repair } from "./repairs.ts";
import { readSentence } from "./sentence.ts";
import { readSentences } from "./sentences.ts";
import { writeOut } from "./shorthand.ts";
import { writeSteps } from "./steps.ts";
import type { Token } from "./tokens.ts";

/** Reads a text's tokens from the first to the last; what hesitates is left out, and what notes leave out is put back. */
export function readAll(text: string, typed: readonly Token[]): Reading {
  const whole = writeContractions(writeEmoticons(typed));
  const said = dropDisfluencies(writeBrackets(dropAddress(text, dropStamps(whole))));
  const bare = dropRemarks(text, writeDefinitions(text, said));
  const noted = writeNotations(text, writeSteps(repair(bare)));
  const tokens = writeOut(writeInnerTimes(writePossessives(noted)));
  const reading = openReading(rewriteArrows({ text, tokens, end: tokens.length }));
  reading.passed.push(...dropped(typed, tokens));
  reading.remarks.push(...dropped(whole, bare), ...labelled(text, dropped(bare, tokens)));
  readBlock(reading, readLines(text, tokens));
  return reading;
}

/** "Objective: win back stalled deals", "Workflow: Inbound triage": what stood behind a label that no step comes of. */
function labelled(text: string, spans: readonly Span[]): readonly Span[] {
  return joined(text, spans).filter(({ start, end }) => LABELLED.test(text.slice(start, end)));
}

const LABELLED = /:\s*\p{L}/u;

/** Where those stand that are no longer there. */
function dropped(before: readonly Token[], after: readonly Token[]): readonly Span[] {
  const kept = new Set(after.map(({ start }) => start));
  return before.filter(({ start }) => !kept.has(start)).map(({ start, end }) => ({ start, end }));
}

/** Reads the lines; deeper ones belong to the scope that the line above them opened. */
function readBlock(reading: Reading, lines: readonly Line[]): void {
  readLevel(reading, lines, 0, lines.length, 0);
}

const DEEPEST = 20;

function readLevel(
  reading: Reading,
  lines: readonly Line[],
  from: number,
  to: number,
  level: number,
): void {
  const base = reading.builder.depth();
  let at = from;
  while (at < to && reading.faults.length === 0) {
    const line = lines[at];
    if (line === undefined) return;
    const children = level < DEEPEST ? childrenEnd(lines, at, to) : at + 1;
    readLine(reading, line, base);
    if (children > at + 1 && (reading.builder.isWaiting() || !isFlat(lines, at, to))) {
      readLevel(reading, lines, at + 1, children, level + 1);
      reading.builder.closeTo(base, true);
      at = children;
    } else {
      at += 1;
    }
    refuseEmpty(reading, line, at >= to && level === 0);
  }
}

/** Deeper lines below a line that opened nothing go on at its own level. */
function isFlat(lines: readonly Line[], at: number, to: number): boolean {
  return at + 1 >= to || (lines[at + 1]?.depth ?? 0) <= (lines[at]?.depth ?? 0);
}

function childrenEnd(lines: readonly Line[], at: number, to: number): number {
  const depth = lines[at]?.depth ?? 0;
  let end = at + 1;
  while (end < to && (lines[end]?.depth ?? 0) > depth) end += 1;
  return end;
}

function readLine(reading: Reading, { from, to }: Line, base: number): void {
  for (const sentence of readSentences(reading.source, from, to)) {
    if (reading.faults.length > 0) return;
    readSentence(reading, sentence, base);
  }
}

function refuseEmpty(reading: Reading, { from, to }: Line, isEnd: boolean): void {
  if (!isEnd || !reading.builder.isWaiting() || reading.faults.length > 0) return;
  fault(
    reading,
    from,
    to,
    "The condition has nothing to do behind it",
    "Say what is to happen, such as: If they replied, notify me",
  );
}
