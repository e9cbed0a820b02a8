import { isWord, type Source } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Case, readCases, readExplained, readHead } from "./case-reading.ts";
import { type Notation, put, putBefore } from "./edit.ts";

/**
 * "switch on deal.stage: Demo → …; Won → …; default → …", "Depending on the status: New → …", "Hot leads (score > 80): …": each case is
 * an if. Where something is done with all others, the next is asked where the one before did not hold.
 */
export const writeCases: Notation = (source) => {
  const { tokens } = source;
  const head = readHead(source);
  const cases = head === undefined ? readExplained(source, 0) : readCases(source, head.next);
  if (cases.length < 2) return tokens;
  const field = head === undefined ? [] : tokens.slice(head.from, head.to);
  const isNested = cases.some(({ isOthers }) => isOthers);
  return [
    ...tokens.slice(0, head?.at ?? cases[0]?.at),
    ...cases.flatMap((one, index) => {
      const stop = index === 0 ? [] : stopBefore(tokens[one.at]);
      const asked = one.isOthers
        ? sayAt(source, one, "otherwise")
        : [
            ...sayAt(source, one, index > 0 && isNested ? "otherwise if" : "if"),
            ...ask(source, one, field),
          ];
      return [...stop, ...asked, ...done(source, one)];
    }),
    ...tokens.slice(cases.at(-1)?.end),
  ];
};

function stopBefore(place: Token | undefined): readonly Token[] {
  return place === undefined ? [] : put(".", { ...place, end: place.start });
}

function sayAt({ tokens }: Source, { at }: Case, words: string): readonly Token[] {
  const place = tokens[at];
  return place === undefined ? [] : putBefore(words, place);
}

/** The field and its value, or the condition as it stands. */
function ask({ tokens }: Source, { from, to }: Case, field: readonly Token[]): readonly Token[] {
  const said = tokens.slice(from, to);
  const [first] = said;
  if (field.length === 0 || first === undefined) return said;
  return [...field, ...putBefore(comparing(field), first), ...said];
}

/** Of a title each case is part. */
function comparing(field: readonly Token[]): string {
  return /(?:^|\.)title$/.test(field.at(-1)?.word ?? "") ? "contains" : "is";
}

/** What is done, behind the mark that becomes a comma. */
function done({ tokens }: Source, { mark, end }: Case): readonly Token[] {
  const place = tokens[mark];
  const comma = place === undefined ? [] : put(",", place);
  const isMark = place !== undefined && isWord(place, "->", ":");
  return [...(isMark ? comma : []), ...tokens.slice(mark + 1, end)];
}
