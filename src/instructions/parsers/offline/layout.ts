import type { Token } from "./tokens.ts";

/** A line of the text as tokens `from`..`to`, without its bullet or number; `depth` grows with indentation and bullets. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

const BULLETS = new Set(["-", "*", "•", "◦", "▪", "–", "·", "‣", "○", "●", "+", "☐", "✓"]);

export function readLines(text: string, tokens: readonly Token[]): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    if (at < tokens.length && tokens[at]?.text !== "\n") continue;
    const line = readLine(text, tokens, from, at);
    if (line.to > line.from) lines.push(besideIf(tokens, lines, line));
    from = at + 1;
  }
  return lines;
}

const ELSE = new Set(["otherwise", "else", "elif"]);

/** An "otherwise" without a bullet stands beside the bulleted if above it. */
function besideIf(tokens: readonly Token[], before: readonly Line[], line: Line): Line {
  if (!ELSE.has(tokens[line.from]?.word ?? "")) return line;
  const above = before.findLast(({ depth }) => depth <= line.depth + 1);
  const isIf = above !== undefined && tokens[above.from]?.word === "if";
  return isIf && above.depth === line.depth + 1 ? { ...line, depth: above.depth } : line;
}

function readLine(text: string, tokens: readonly Token[], from: number, to: number): Line {
  const marker = markerLength(tokens, from, to);
  const indent = indentOf(text, tokens[from]?.start ?? 0);
  return { from: from + marker, to, depth: indent * 2 + (marker > 0 ? 1 : 0) };
}

/** Of the line itself: words that were left out at its beginning do not move it. */
function indentOf(text: string, start: number): number {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const [indent = ""] = /^\s*/.exec(text.slice(lineStart, start)) ?? [];
  return indent.replaceAll("\t", "    ").length;
}

/** How many tokens a bullet or a number at the start of a line takes. */
function markerLength(tokens: readonly Token[], from: number, to: number): number {
  const [first, second, third] = tokens.slice(from, Math.min(to, from + 3));
  if (first === undefined || second === undefined) return 0;
  if (first.kind === "mark") return bulletLength(first, second);
  return third?.isApart === true && isNumbering(first, second.text) ? 2 : 0;
}

function bulletLength(first: Token, second: Token): number {
  if (!BULLETS.has(first.text)) return 0;
  return second.text === "[" ? 3 : 1;
}

/** "1.", "2)", "a)", "b.". */
function isNumbering(first: Token, second: string): boolean {
  if (first.kind === "number") return second === "." || second === ")";
  const isLetter = first.kind === "word" && first.text.length === 1;
  return isLetter && (second === ")" || (second === "." && !first.isCapital));
}
