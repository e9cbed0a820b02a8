/** Finds the words that a model quoted: models straighten quotes, change case and lose line breaks when they copy. */
import type { Span } from "#domain/plan.ts";

export interface QuoteFinder {
  /** The first place at or after `from` that ends by `to`; undefined where there is none. */
  readonly find: (quote: string, from: number, to: number) => Span | undefined;
}

/** A text as it is compared, and where each of its characters stands in the text itself. */
interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

const ALIKE: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "–": "-",
  "—": "-",
};

function fold(text: string): Folded {
  const at: number[] = [];
  let folded = "";
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    const plain = /\s/.test(char) ? " " : (ALIKE[char] ?? char.toLowerCase().charAt(0));
    if (plain === " " && (folded === "" || folded.endsWith(" "))) continue;
    folded += plain;
    at.push(index);
  }
  return { text: folded, at };
}

/** What a model puts around a quote, or drops at its end. */
const trimQuote = (quote: string): string =>
  quote
    .trim()
    .replace(/^["']?(.*?)["'.,;:!…]*$/s, "$1")
    .trim();

export function quoteFinder(text: string): QuoteFinder {
  const whole = fold(text);

  function search(wanted: string, from: number, to: number): Span | undefined {
    if (wanted === "") return undefined;
    for (let index = whole.text.indexOf(wanted); index !== -1;) {
      const start = whole.at[index] ?? 0;
      const end = (whole.at[index + wanted.length - 1] ?? start) + 1;
      if (start >= from) return end <= to ? { start, end } : undefined;
      index = whole.text.indexOf(wanted, index + 1);
    }
    return undefined;
  }

  return {
    find: (quote, from, to) => {
      const plain = fold(quote.trim()).text.trim();
      return search(plain, from, to) ?? search(trimQuote(plain), from, to);
    },
  };
}
