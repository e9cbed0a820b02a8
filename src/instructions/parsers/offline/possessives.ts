import { readKnownField } from "./readers/fields.ts";
import { isWord, type Source, tokenAt } from "./source.ts";
import type { Token } from "./tokens.ts";

const NOUNS = ["deal", "contact", "company", "lead", "opportunity", "account"];

/** "the stage of the deal" as "the deal's stage": a field has one form. Each of the words has the place of all. */
export function writePossessives(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  const written: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const of = isWord(tokenAt(source, at), "the") ? readOf(source, at) : undefined;
    written.push(...(of?.tokens ?? [tokenAt(source, at)]));
    at = of?.next ?? at + 1;
  }
  return written;
}

function readOf(
  source: Source,
  at: number,
): { readonly tokens: readonly Token[]; readonly next: number } | undefined {
  const field = readKnownField(source, at + 1);
  if (field === undefined || !isWord(tokenAt(source, field.next), "of")) return undefined;
  const noun = tokenAt(source, field.next + 2);
  const isDefinite = isWord(tokenAt(source, field.next + 1), "the", "this", "that", "their", "its");
  if (!isDefinite || !isWord(noun, ...NOUNS)) return undefined;
  const place = { start: tokenAt(source, at).start, end: noun.end };
  const names = source.tokens.slice(at + 1, field.next);
  const tokens = [
    tokenAt(source, at),
    noun,
    { ...tokenAt(source, at), word: "'s", lemma: "'s", text: "'s" },
    ...names,
  ];
  return { tokens: tokens.map((token) => ({ ...token, ...place })), next: field.next + 3 };
}
