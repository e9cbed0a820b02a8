import type { Condition, Operator } from "#domain/plan.ts";

import { type Match, matchAt, matchFirst, pattern, type Pattern, possibleAt } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { compare, joinAll } from "./scope.ts";

interface Operation {
  readonly operator: Operator;
  readonly isNegated?: boolean;
  readonly phrases: readonly string[];
}

/** Longer phrases stand before the shorter ones that they begin with. */
const OPERATIONS: readonly Operation[] = [
  {
    operator: ">=",
    phrases: [
      ">=",
      "at least",
      "at or above|over",
      "no|not less|fewer|lower than",
      "greater|more|higher|larger than or equal to",
      "equal to or greater|more|higher than",
      "a minimum of",
      "reached|reaches|reach|hits|hit",
      "minimum [of]",
      "> =",
    ],
  },
  {
    operator: "<=",
    phrases: [
      "<=",
      "at most",
      "at or below|under",
      "at the most",
      "no|not more|greater|higher|larger than",
      "not over|above",
      "less|fewer|lower|smaller than or equal to",
      "equal to or less|lower than",
      "a maximum of",
      "up to",
      "< =",
    ],
  },
  {
    operator: ">",
    phrases: [
      ">",
      "more|greater|higher|larger|bigger|better than",
      "+go|climbs|climbed|rises|rose|grows|grew|jumps over|above|past|beyond",
      "over|above|exceeds|exceeding|beyond|past",
      "exceed",
      "passes|passed|surpasses|surpassed|crosses|crossed|tops|topped",
      "north of",
      "upwards of",
      "in excess of",
    ],
  },
  {
    operator: "<",
    phrases: [
      "<",
      "drops|dropped|falls|fell|dips|dipped|goes|went|sinks below|under|beneath",
      "less|fewer|lower|smaller than",
      "under|below|beneath",
      "south of",
    ],
  },
  {
    operator: "!=",
    phrases: [
      "! =",
      "!=",
      "other than",
      "anything but",
      "anything other than",
      "different from",
      "different than",
      "except",
      "not equal to",
      "does|do not equal",
    ],
  },
  {
    operator: "contains",
    phrases: [
      "~|=~ [=]",
      "contains|containing|contain|includes|including|include|mentions|mentioning|mention [the] word|words|term|phrase|keyword|string",
      "contains|containing|contain|includes|including|include|mentions|mentioning|mention",
      "with the word|words",
      "has the word|words",
      "like",
    ],
  },
  {
    operator: "==",
    phrases: [
      "==",
      "=",
      "equals|equal|equalling [to]",
      "exactly|precisely [equal] [to]",
      "set to",
      "matches|match",
      "of",
      "as",
    ],
  },
];

const COMPILED = OPERATIONS.flatMap(({ operator, phrases }) =>
  phrases.map((phrase) => ({ operator, pattern: pattern(phrase.trim()) })),
);

function patternOf({ pattern: one }: (typeof COMPILED)[number]): readonly Pattern[] {
  return [one];
}

export function readOperator(source: Source, at: number): Read<Operator> | undefined {
  for (const { operator, pattern: phrase } of possibleAt(source, at, COMPILED, patternOf)) {
    const match = matchAt(source, at, phrase);
    if (match !== undefined && !isName(source, at, match.next))
      return { value: operator, next: match.next };
  }
  return undefined;
}

/** "Past Customer", "Over Quota" behind "is" are names. */
function isName(source: Source, at: number, next: number): boolean {
  const [before, first, after] = [
    tokenAt(source, at - 1),
    tokenAt(source, at),
    tokenAt(source, next),
  ];
  const isTitled = first.isCapital && first.text !== first.text.toUpperCase();
  return isTitled && before.kind === "word" && after.kind === "word" && after.isCapital;
}

/** "over $50k", "at least 20", "100 or more", "between 5 and 10", "exactly 3", for the field that is spoken of. */
export function readQuantity(
  source: Source,
  at: number,
  field: string,
): Read<Condition> | undefined {
  const start = isWord(tokenAt(source, at), "of") ? at + 1 : at;
  return readRange(source, start, field) ?? readBounded(source, start, field);
}

const BETWEEN = [
  "[anywhere|somewhere] between|from <number> and|to|till|until|-|–|& <upper>",
  "<number> to|-|– <upper>",
].map(pattern);

function readRange(source: Source, at: number, field: string): Read<Condition> | undefined {
  const match = matchFirst(source, at, BETWEEN);
  if (match === undefined) return undefined;
  const { number: least = 0, upper = 0 } = match.captures;
  const number = least * scaleBehind(source, match);
  return {
    value: joinAll([compare(field, ">=", number), compare(field, "<=", upper)]),
    next: match.next,
  };
}

/** "10-50k" are thousands on both sides. */
function scaleBehind(source: Source, { from, next }: Match): number {
  const numbers = source.tokens.slice(from, next).filter(({ kind }) => kind === "number");
  const scales = numbers.map(({ text }) => SCALE.exec(text)?.[0].toLowerCase());
  return scales[0] === undefined && scales[1] !== undefined ? (SCALES[scales[1]] ?? 1) : 1;
}

const SCALE = /[km]$/i;
const SCALES: Readonly<Record<string, number>> = wordTable({ k: 1e3, m: 1e6 });

const PERSONS = pattern("persons|heads");

/** "1000 persons or more" */
function skipPersons(source: Source, at: number): number {
  return matchAt(source, at, PERSONS)?.next ?? at;
}

function readBounded(source: Source, at: number, field: string): Read<Condition> | undefined {
  const written = readOrdering(source, at);
  const amount = readAmount(source, written?.next ?? at);
  if (amount === undefined) return undefined;
  const bound = readBound(source, skipPersons(source, amount.next));
  const operator = bound?.value ?? written?.value;
  if (operator === undefined) return undefined;
  return { value: compare(field, operator, amount.value), next: bound?.next ?? amount.next };
}

function readAmount(source: Source, at: number): Read<number> | undefined {
  const number = readNumber(source, at);
  if (number === undefined || !isJoined(source, number.next, "m")) return number;
  return { value: number.value * 1e6, next: number.next + 1 };
}

/** "10m" of an amount are millions; of a time they were minutes. */
function isJoined(source: Source, at: number, word: string): boolean {
  const token = tokenAt(source, at);
  return token.word === word && !token.isApart;
}

const ORDERINGS: ReadonlySet<Operator> = new Set([">", "<", ">=", "<=", "=="]);

function readOrdering(source: Source, at: number): Read<Operator> | undefined {
  const written = readOperator(source, at);
  return written !== undefined && ORDERINGS.has(written.value) ? written : undefined;
}

const AT_LEAST = [
  "or more|above|higher|over|greater|up|better|upwards",
  "upwards|plus|+",
  "and up|above|over",
].map(pattern);
const AT_MOST = ["or less|fewer|below|lower|under|smaller", "and below|under"].map(pattern);

/** "100 or more": the bound behind the number. */
export function readBound(source: Source, at: number): Read<Operator> | undefined {
  const least = matchFirst(source, at, AT_LEAST);
  if (least !== undefined) return { value: ">=", next: least.next };
  const most = matchFirst(source, at, AT_MOST);
  return most === undefined ? undefined : { value: "<=", next: most.next };
}
