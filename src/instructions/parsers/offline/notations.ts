import { writeBlocks } from "./notations/blocks.ts";
import { writeCode } from "./notations/calls.ts";
import { writeCases } from "./notations/cases.ts";
import { writeDrafts } from "./notations/drafts.ts";
import type { Notation } from "./notations/edit.ts";
import { writeGiven } from "./notations/given.ts";
import { writeLabels } from "./notations/labels.ts";
import { dropLooks } from "./notations/markdown.ts";
import { writeNumbered } from "./notations/numbered.ts";
import { writeOpening } from "./notations/opening.ts";
import { writeRules } from "./notations/rules.ts";
import { writeTables } from "./notations/tables.ts";
import { writeTimes } from "./notations/timed.ts";
import { writeToldBehind } from "./notations/told-behind.ts";
import type { Token } from "./tokens.ts";

/** In this order: each writes what it knows in the words of sentences. */
const NOTATIONS: readonly Notation[] = [
  writeTables,
  dropLooks,
  writeGiven,
  writeDrafts,
  writeCases,
  writeCode,
  writeBlocks,
  writeToldBehind,
  writeTimes,
  writeLabels,
  writeNumbered,
  writeOpening,
  writeRules,
];

/**
 * Texts that are written as documents or code instead of sentences: marked-up headings, labels ("Audience: …"), lists of names and values, steps
 * of a cadence, pseudo-code. They are written as sentences before anything is read, so that the grammar knows one way only. A word that is put in
 * has the place of what it stands for.
 */
export function writeNotations(text: string, tokens: readonly Token[]): readonly Token[] {
  return NOTATIONS.reduce(
    (written, write) => write({ text, tokens: written, end: written.length }),
    tokens,
  );
}
