import type { Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Kind, readKnownField } from "../readers/fields.ts";
import { readLimit } from "../readers/limits.ts";
import { readText } from "../readers/values.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { readAtom } from "./atoms.ts";
import { readNone, readWithElisions, withoutBoth } from "./elisions.ts";
import { readBareName } from "./places.ts";
import { readPosition } from "./positions.ts";
import { bind, type Operand } from "./precedence.ts";
import { readQuantity } from "./quantities.ts";
import { ofWho, OR } from "./relatives.ts";
import { compare, joinAll, joinAny, negate, type Scope } from "./scope.ts";
import { readThing } from "./things.ts";

/**
 * Comparisons joined by words, as precedence.ts binds them; what stands side by side in a search ("VPs in Toronto") is joined by
 * and; parentheses and "not (…)" nest, to a bound.
 */
const DEEPEST = 20;

export function readCondition(
  source: Source,
  at: number,
  scope: Scope,
  depth = 0,
): Read<Condition> | undefined {
  const listed = readHolding(source, at, scope, depth);
  if (listed !== undefined) return listed;
  const first = readOne(source, at, scope, depth);
  if (first === undefined) return undefined;
  const operands: Operand[] = [{ joint: "first", value: first.value }];
  let { next } = first;
  for (;;) {
    const before = operands.at(-1);
    const more = readNext(source, next, scope, depth, before?.value);
    if (more === undefined) break;
    operands.push(ofWho(source, next, before, more.value));
    ({ next } = more);
  }
  return { value: bind(operands), next };
}

const HOLDING = pattern(
  "[where|if|that] [at] [least] any|one|either|all|each|every [one] of these|the|those|them [following] [conditions|things|criteria] [hold|holds|apply|applies|match|matches|is|are] [true|met] :",
);

/** "any of these holds: A, B, C" */
function readHolding(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
): Read<Condition> | undefined {
  const head = matchAt(source, at, HOLDING);
  const said = head === undefined ? undefined : readCondition(source, head.next, scope, depth + 1);
  if (head === undefined || said === undefined || !("all" in said.value)) return said;
  const isAll = [0, 1, 2].some((index) =>
    isWord(tokenAt(source, at + index), "all", "each", "every"),
  );
  return isAll ? said : { value: joinAny(said.value.all), next: said.next };
}

const AND = pattern("[,] and|but|&|plus|+|as [also] [well] [as] [is|are] [if] [also]");
const COMMA = pattern(",");

/** The comparison that follows, and what joins it to the one before. */
function readNext(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
  before: Condition | undefined,
): Read<Operand> | undefined {
  const or = matchAt(source, at, OR);
  const isParted = isWord(tokenAt(source, at), ",");
  if (or !== undefined) {
    const operand = readOperand(source, or.next, scope, depth);
    return operandOf(operand, isParted ? ", or" : "or");
  }
  const and = matchAt(source, at, AND);
  const joint = and ?? matchAt(source, at, COMMA);
  const more = readFurther(source, at, joint?.next, scope, depth, before);
  if (joint === undefined) return operandOf(more, "beside");
  if (scope.searched === "contact" && arePeople(source, joint.next)) return operandOf(more, "or");
  return operandOf(more, isParted ? "," : "and");
}

/** "CTOs in Berlin and CFOs in Munich" are two kinds of people. */
function arePeople(source: Source, at: number): boolean {
  const position = readPosition(source, at);
  return position !== undefined && /s$/i.test(tokenAt(source, position.next - 1).text);
}

function operandOf(
  read: Read<Condition> | undefined,
  joint: Operand["joint"],
): Read<Operand> | undefined {
  return read === undefined ? undefined : { value: { joint, value: read.value }, next: read.next };
}

/** One comparison; "either A or B", "who are either A or B" are one together, whatever stands before or behind them. */
function readOne(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
): Read<Condition> | undefined {
  const isLed = isWord(tokenAt(source, at), "either");
  const led = isLed ? readOperand(source, at + 1, scope, depth) : undefined;
  const first = led ?? readOperand(source, at, scope, depth);
  const isOpen = first !== undefined && (isLed || opensEither(source, at, first.next));
  return isOpen ? readEither(source, first, scope, depth) : first;
}

/** Whether "either" stands there, and its "or" does not. */
function opensEither(source: Source, from: number, to: number): boolean {
  let isOpen = false;
  for (let at = from; at < to; at++) {
    if (isWord(tokenAt(source, at), "either")) isOpen = true;
    if (isWord(tokenAt(source, at), "or", "/")) isOpen = false;
  }
  return isOpen;
}

/** The alternatives behind the first one. */
function readEither(
  source: Source,
  first: Read<Condition>,
  scope: Scope,
  depth: number,
): Read<Condition> {
  const operands: Operand[] = [];
  let read: Read<Condition> | undefined = first;
  let { next } = first;
  while (read !== undefined) {
    const more: Read<Condition> = readBeside(source, read, scope, depth);
    operands.push({ joint: "or", value: more.value });
    ({ next } = more);
    const or = matchAt(source, next, OR);
    read = or === undefined ? undefined : readOperand(source, or.next, scope, depth);
  }
  return { value: bind(operands), next };
}

/** "VPs in Toronto": what stands side by side. */
function readBeside(
  source: Source,
  first: Read<Condition>,
  scope: Scope,
  depth: number,
): Read<Condition> {
  const isParted = matchFirst(source, first.next, [OR, AND, COMMA]) !== undefined;
  const more = isParted
    ? undefined
    : readFurther(source, first.next, undefined, scope, depth, first.value);
  if (more === undefined) return first;
  return readBeside(
    source,
    { value: joinAll([first.value, more.value]), next: more.next },
    scope,
    depth,
  );
}

/** Another comparison behind "and", a comma, or (in a search) nothing at all. */
function readFurther(
  source: Source,
  at: number,
  behind: number | undefined,
  scope: Scope,
  depth: number,
  before: Condition | undefined,
): Read<Condition> | undefined {
  if (behind === undefined && !scope.isLoose) return readTrailing(source, at, scope, depth);
  const next = behind ?? at;
  const own = speakOf(source, next, scope, before);
  const operand = readOne(source, next, own, depth);
  if (operand !== undefined) return operand;
  return behind === undefined
    ? undefined
    : (readBoundAgain(source, at, next, scope, before) ?? readMore(source, next, scope, before));
}

/** "the stage is Proposal and it has not been updated": "it" is what was spoken of before. */
function speakOf(source: Source, at: number, scope: Scope, before: Condition | undefined): Scope {
  const isIt = isWord(tokenAt(source, at), "it", "its") && scope.searched === undefined;
  const isBare = scope.searched === undefined && SAID_ON.has(tokenAt(source, at).word);
  const entity = isIt || isBare ? entityOf(before) : undefined;
  const isSame = entity !== undefined && (isIt || entity === "deal");
  return isSame ? { ...scope, subject: entity } : scope;
}

/** What goes on speaking of the same: "the deal is over 5k but not yet in Legal". */
const SAID_ON = wordsOf("is has was not never still in at with worth over under above below stuck");

function entityOf(condition: Condition | undefined): Kind | undefined {
  if (condition === undefined) return undefined;
  if ("not" in condition) return entityOf(condition.not);
  const [entity] = "field" in condition ? condition.field.split(".") : [];
  return entity === "deal" || entity === "company" ? entity : undefined;
}

/** Outside a search only what clearly goes on stands without a joint: "replied with …" does not. */
function readTrailing(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
): Read<Condition> | undefined {
  const goesOn = ["with", "without", "who", "whose", "where", "tagged", "in", "from"].includes(
    tokenAt(source, at).word,
  );
  return goesOn ? readOperand(source, at, scope, depth) : undefined;
}

/** "budget over 450k, no more than 20" tells in a search how many are wanted. */
function readBoundAgain(
  source: Source,
  at: number,
  next: number,
  scope: Scope,
  before: Condition | undefined,
): Read<Condition> | undefined {
  const isLimit = scope.searched !== undefined && isWord(tokenAt(source, at), ",");
  return isLimit && readLimit(source, next) !== undefined
    ? undefined
    : readAgain(source, next, before);
}

/** "more than 80 employees but fewer than 400": the same field again. */
function readAgain(
  source: Source,
  at: number,
  before: Condition | undefined,
): Read<Condition> | undefined {
  if (before === undefined || !("field" in before) || typeof before.value !== "number")
    return undefined;
  const again = readQuantity(source, at, before.field);
  if (again === undefined) return undefined;
  const isUnit = ["employees", "people", "staff"].includes(tokenAt(source, again.next).word);
  return isUnit ? { ...again, next: again.next + 1 } : again;
}

/** "no phone number and no LinkedIn URL", "a phone number and an email": something else that they have. */
function readMore(
  source: Source,
  at: number,
  scope: Scope,
  before: Condition | undefined,
): Read<Condition> | undefined {
  const last = before !== undefined && "not" in before ? before.not : before;
  if (last === undefined || !("field" in last)) return undefined;
  const token = tokenAt(source, at);
  if (isWord(token, "not") && last.operator === "contains")
    return readNotThat(source, at + 1, last.field);
  if (isWord(token, "no")) return readThing(source, at, scope, false, () => false);
  if (!isWord(token, "a", "an")) return undefined;
  if (last.operator === "exists") return readThing(source, at, scope, last !== before, () => false);
  return readFieldAlone(source, at, scope);
}

/** "with status SQL and a phone number": of those who are looked for, with nothing behind it. */
function readFieldAlone(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const field = scope.searched === undefined ? undefined : readKnownField(source, at + 1);
  const isAlone = field !== undefined && tokenAt(source, field.next).kind === "mark";
  return isAlone ? readThing(source, at, scope, false, () => false) : undefined;
}

/** "tagged A and B but not C" */
function readNotThat(source: Source, at: number, field: string): Read<Condition> | undefined {
  const isPath = /^@?\w+\.\w/.test(tokenAt(source, at).text);
  const text = isPath ? undefined : readText(source, at);
  if (text === undefined) return undefined;
  return { value: negate(compare(field, "contains", text.value)), next: text.next };
}

function readOperand(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
): Read<Condition> | undefined {
  if (depth > DEEPEST) return undefined;
  if (isWord(tokenAt(source, at), "both")) return readOperand(source, at + 1, scope, depth + 1);
  const negated = matchAt(source, at, NOT_GROUP);
  if (negated !== undefined) return readGroup(source, negated.next, scope, depth, true);
  if (isWord(tokenAt(source, at), "(", "[")) return readGroup(source, at + 1, scope, depth, false);
  return (
    readNone(source, at, scope) ??
    readWithElisions(source, at, scope) ??
    readBoth(source, at, scope, depth) ??
    readListed(source, at, scope) ??
    readDenied(source, at, scope)
  );
}

/** "not tagged VIP" */
function readDenied(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const not = isWord(tokenAt(source, at), "not", "!") ? readAtom(source, at + 1, scope) : undefined;
  return not === undefined ? undefined : { value: negate(not.value), next: not.next };
}

/** Behind a comma or a colon: "CTOs, Munich, SaaS". */
function readListed(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  return isWord(tokenAt(source, at - 1), ",", ":") ? readBareName(source, at, scope) : undefined;
}

/** "has both A and B": what stands without the word is one condition by itself; of "either" it ends with the alternatives. */
function readBoth(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
): Read<Condition> | undefined {
  const plain = withoutBoth(source, at);
  if (plain === undefined) return undefined;
  const inner = depth + DEEPEST / 4;
  const read = plain.isEither
    ? readPlainEither(plain.rest, at, scope, inner)
    : readCondition(plain.rest, at, scope, inner);
  return read === undefined ? undefined : { value: read.value, next: read.next + 1 };
}

function readPlainEither(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
): Read<Condition> | undefined {
  const first = readOperand(source, at, scope, depth);
  return first === undefined ? undefined : readEither(source, first, scope, depth);
}

const NOT_GROUP = pattern("not|! \\(");

function readGroup(
  source: Source,
  at: number,
  scope: Scope,
  depth: number,
  isNegated: boolean,
): Read<Condition> | undefined {
  const inner = readCondition(source, at, scope, depth + 1);
  if (inner === undefined || !isWord(tokenAt(source, inner.next), ")", "]")) return undefined;
  return { value: isNegated ? negate(inner.value) : inner.value, next: inner.next + 1 };
}
