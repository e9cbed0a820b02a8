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
    if (line.to > line.from) lines.push(line);
    from = at + 1;
  }
  return lines;
}

function readLine(text: string, tokens: readonly Token[], from: number, to: number): Line {
  const marker = markerLength(tokens, from, to);
  const indent = indentOf(text, tokens[from]?.start ?? 0);
  return { from: from + marker, to, depth: indent * 2 + (marker > 0 ? 1 : 0) };
}

function indentOf(text: string, start: number): number {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  return text.slice(lineStart, start).replaceAll("\t", "    ").length;
}

/** How many tokens a bullet or a number at the start of a line takes. */
function markerLength(tokens: readonly Token[], from: number, to: number): number {
  const [first, second, third] = [tokens[from], tokens[from + 1], tokens[from + 2]];
  if (first === undefined || from >= to) return 0;
  if (first.kind === "mark" && BULLETS.has(first.text)) return second?.text === "[" ? 3 : 1;
  const isLetter = first.kind === "word" && first.text.length === 1;
  const isNumbered = first.kind === "number" || isLetter;
  if (isNumbered && second?.text === ")" && third?.isApart === true) return 2;
  return first.kind === "number" && second?.text === "." && third?.isApart === true ? 2 : 0;
}
