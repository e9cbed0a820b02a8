import type { SearchFile } from "./search-file.ts";
import type { SearchAnswer, SearchQuery, SearchView } from "./search.ts";
import { askedWords } from "./words.ts";

/** Of a search that has found too little after this time, the rest is for the next page. */
const PATIENCE_MS = 500;

/** Who wrote a document and who asks it call a word the same: by workspace, and by who may find it. */
export const wordFor = (view: SearchView, ws: number, word: string): string =>
  `${view === "full" ? "f" : "s"}${ws}:${word}`;

export function find(
  file: SearchFile,
  query: SearchQuery,
  now: () => number = () => performance.now(),
): Omit<SearchAnswer, "behindSince"> {
  const matches = matchesOf(query);
  const nos: number[] = [];
  if (matches.length === 0) return { nos, goOnFrom: null };
  const until = now() + PATIENCE_MS;
  const parts = file.partsBeyond(query);
  for (const part of parts) {
    if (nos.length >= query.limit) break;
    takeFrom(file, part, matches, query, nos);
    if (now() > until && part !== parts.at(-1)) {
      return { nos, goOnFrom: file.endOf(part, query.order) };
    }
  }
  return { nos, goOnFrom: nos.length < query.limit ? null : (nos.at(-1) ?? null) };
}

/** The longest word is likely the rarest. It is asked first whether a part has it at all. */
function matchesOf({ ws, view, text }: SearchQuery): readonly string[] {
  const words = askedWords(text).toSorted((a, b) => b.length - a.length);
  const match = (of: SearchView, word: string): string => `"${wordFor(of, ws, word)}"*`;
  return words.map((word) =>
    view === "summary"
      ? match("summary", word)
      : `${match("summary", word)} OR ${match("full", word)}`,
  );
}

function takeFrom(
  file: SearchFile,
  part: number,
  matches: readonly string[],
  query: SearchQuery,
  nos: number[],
): void {
  if (matches.length > 1 && !matches.every((match) => file.has(part, match))) return;
  for (const no of file.matching(part, matches, query)) {
    if (no !== nos.at(-1)) nos.push(no);
    if (nos.length === query.limit) return;
  }
}
