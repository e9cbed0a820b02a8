import type { Line } from "../layout.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Block, blockEnd, type Made } from "./block-lines.ts";
import { put, putBefore } from "./edit.ts";

const OPENERS = ["if", "unless", "when", "condition", "conditions", "skip", "where"];
const JOINTS: Readonly<Record<string, string>> = { all: "and", and: "and", any: "or", or: "or" };

/** "if:" with nothing behind it. */
export function isConditions({ source, lines }: Block, line: number): boolean {
  const here = lines[line];
  if (here === undefined || !isWord(tokenAt(source, here.from), ...OPENERS)) return false;
  return here.to === here.from + 2 && isWord(tokenAt(source, here.from + 1), ":");
}

/** The conditions below an "if:", with "and" or "or" between them; what is to be done stands in the lines behind them. */
export function joinConditions(
  { source, lines }: Block,
  line: number,
  end: number,
): Made | undefined {
  const here = lines[line];
  if (here === undefined) return undefined;
  const sides = lines.findIndex((other, index) => index > line && isSide(source, other));
  const to = sides > line && sides < end ? sides : end;
  const joined = joinLines({ source, lines }, line + 1, to, "and");
  const colon = source.tokens[here.from + 1];
  if (joined === undefined || colon === undefined) return undefined;
  const opener = source.tokens[here.from];
  const asked =
    opener === undefined
      ? []
      : isWord(opener, "if", "unless", "when")
        ? [opener]
        : put("if", opener);
  return { tokens: [...asked, ...joined, colon], lines: to };
}

/** "then:" and "else:" begin what is to be done. */
function isSide(source: Source, { from }: Line): boolean {
  return (
    isWord(tokenAt(source, from), "then", "else", "otherwise", "do", "steps", "actions") &&
    isWord(tokenAt(source, from + 1), ":")
  );
}

function joinLines(
  block: Block,
  from: number,
  to: number,
  joint: string,
): readonly Token[] | undefined {
  const parts: (readonly Token[])[] = [];
  let line = from;
  while (line < to) {
    const part = readPart(block, line, to, line === from);
    if (part === undefined) return undefined;
    parts.push(part.tokens);
    line = part.lines;
  }
  return parts.length === 0
    ? undefined
    : parts.flatMap((part, index) => withJoint(part, index === 0 ? "" : joint));
}

function withJoint(part: readonly Token[], joint: string): readonly Token[] {
  const [first] = part;
  return first === undefined || joint === "" ? part : [...putBefore(joint, first), ...part];
}

/** One condition, or a group of them. */
function readPart(block: Block, line: number, to: number, isFirst: boolean): Made | undefined {
  const { source, lines } = block;
  const here = lines[line];
  if (here === undefined) return undefined;
  const inner = readGroup(source, here);
  if (inner === undefined)
    return { tokens: source.tokens.slice(here.from, here.to), lines: line + 1 };
  const end = Math.min(blockEnd(lines, line), to);
  const tokens = grouped(joinLines(block, line + 1, end, inner), isFirst && end >= to);
  return tokens === undefined ? undefined : { tokens, lines: end };
}

/** "all:", "any of:" */
function readGroup(source: Source, { from, to }: Line): string | undefined {
  const isColon = isWord(tokenAt(source, to - 1), ":");
  const words = to - from;
  return isColon && words <= 4 ? JOINTS[tokenAt(source, from).word] : undefined;
}

function grouped(
  tokens: readonly Token[] | undefined,
  isOnly: boolean,
): readonly Token[] | undefined {
  const [first, last] = [tokens?.[0], tokens?.at(-1)];
  if (tokens === undefined || first === undefined || last === undefined || isOnly) return tokens;
  return [...putBefore("(", first), ...tokens, ...putBefore(")", { ...last, start: last.end })];
}
