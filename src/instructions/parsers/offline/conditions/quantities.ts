import type { Condition, Operator } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
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
      "no|not less|fewer|lower than",
      "greater|more|higher|larger than or equal to",
      "equal to or greater|more|higher than",
      "a minimum of",
      "minimum [of]",
      "> =",
    ],
  },
  {
    operator: "<=",
    phrases: [
      "<=",
      "at most",
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
      "over|above|exceeds|exceeding|beyond|past",
      "exceed",
      "north of",
      "upwards of",
      "in excess of",
    ],
  },
  {
    operator: "<",
    phrases: ["<", "less|fewer|lower|smaller than", "under|below|beneath", "south of"],
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
      "exactly|set to",
      "matches|match",
      "of",
      "as",
    ],
  },
];

const COMPILED = OPERATIONS.flatMap(({ operator, phrases }) =>
  phrases.map((phrase) => ({ operator, pattern: pattern(phrase.trim()) })),
);

export function readOperator(source: Source, at: number): Read<Operator> | undefined {
  for (const { operator, pattern: phrase } of COMPILED) {
    const match = matchAt(source, at, phrase);
    if (match !== undefined) return { value: operator, next: match.next };
  }
  return undefined;
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
  "[anywhere|somewhere] between|from <number> and|to|-|– <upper>",
  "<number> to|-|– <upper>",
].map(pattern);

function readRange(source: Source, at: number, field: string): Read<Condition> | undefined {
  const match = matchFirst(source, at, BETWEEN);
  if (match === undefined) return undefined;
  const { number = 0, upper = 0 } = match.captures;
  return {
    value: joinAll([compare(field, ">=", number), compare(field, "<=", upper)]),
    next: match.next,
  };
}

function readBounded(source: Source, at: number, field: string): Read<Condition> | undefined {
  const written = readOrdering(source, at);
  const number = readNumber(source, written?.next ?? at);
  if (number === undefined) return undefined;
  const bound = readBound(source, number.next);
  const operator = bound?.value ?? written?.value;
  if (operator === undefined) return undefined;
  return { value: compare(field, operator, number.value), next: bound?.next ?? number.next };
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
function readBound(source: Source, at: number): Read<Operator> | undefined {
  const least = matchFirst(source, at, AT_LEAST);
  if (least !== undefined) return { value: ">=", next: least.next };
  const most = matchFirst(source, at, AT_MOST);
  return most === undefined ? undefined : { value: "<=", next: most.next };
}
