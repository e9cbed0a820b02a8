import type { Token } from "./tokens.ts";

/** "if (x) { send 'a'; tag b }" as "if (x): send 'a', tag b;": what stands in brackets is one part of the text. */
export function writeBrackets(tokens: readonly Token[]): readonly Token[] {
  if (tokens.every(({ text }) => text !== "(" && text !== "{")) return tokens;
  const closed = findClosed(tokens);
  const open: string[] = [];
  return tokens.map((token, at) => {
    if (token.kind !== "mark") return token;
    const mark = markOf(token.text, open.at(-1));
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

/** What a mark is written as, inside of which bracket. */
function markOf(text: string, inside: string | undefined): string | undefined {
  if (text === "{") return ":";
  if (text === "}") return ";";
  if (inside === undefined) return undefined;
  return text === ";" || (text === "\n" && inside === "{") ? "," : undefined;
}
