import type { Token } from "./tokens.ts";

/** "if (x) { send 'a'; tag b }" as "if (x): send 'a', tag b;": what stands in brackets is one part of the text. */
export function writeBrackets(tokens: readonly Token[]): readonly Token[] {
  if (tokens.every(({ text }) => text !== "(" && text !== "{")) return tokens;
  const branches = findBranches(tokens);
  const closed = findClosed(tokens);
  const open: string[] = [];
  return tokens.map((token, at) => {
    if (token.kind !== "mark") return token;
    const mark = markOf(token.text, branches.has(at) ? "(" : open.at(-1));
    if (closed.has(at)) open.push(token.text);
    else if (CLOSING.has(token.text)) open.pop();
    return mark === undefined ? token : { ...token, word: mark, lemma: mark, text: mark };
  });
}

const CLOSING = new Set([")", "}"]);

/** The brackets that are closed again: parentheses within their line, braces anywhere. */
function findClosed(tokens: readonly Token[]): ReadonlySet<number> {
  const closed = new Set<number>();
  let isInLine = false;
  let isInText = false;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const { text } = tokens[at] ?? { text: "" };
    if (text === ")" || text === "\n") isInLine = text === ")";
    isInText ||= text === "}";
    if ((text === "(" && isInLine) || (text === "{" && isInText)) closed.add(at);
  }
  return closed;
}

const ARMS = new Set(["branch", "path", "route", "arm", "case", "option"]);

/** What stands in a line that is one branch ("Branch B (everyone else): …; …") belongs to it as a whole. */
function findBranches(tokens: readonly Token[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let isBranch = false;
  for (const [at, { word, text }] of tokens.entries()) {
    const before = tokens[at - 1]?.text ?? "\n";
    if (before === "\n") isBranch = ARMS.has(word) && tokens[at + 2]?.text === "(";
    if (isBranch && text === ";") inside.add(at);
  }
  return inside;
}

/** What a mark is written as, inside of which bracket. */
function markOf(text: string, inside: string | undefined): string | undefined {
  if (text === "{") return ":";
  if (text === "}") return ";";
  if (inside === undefined) return undefined;
  return text === ";" || (text === "\n" && inside === "{") ? "," : undefined;
}
