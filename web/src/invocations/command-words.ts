/** A command line as people type it, split into the words that are started: quotes and backslashes as in a shell, and nothing else of one. */

export type Split =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly message: string };

const PART = /"((?:\\[^]|[^"\\])*)"|'([^']*)'|\\([^])|([^\s"'\\]+)/y;
const BLANK = /\s+/y;

export function splitWords(line: string): Split {
  const words: string[] = [];
  let [place, word]: [number, string | undefined] = [0, undefined];
  while (place < line.length) {
    BLANK.lastIndex = place;
    if (BLANK.test(line)) {
      place = BLANK.lastIndex;
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    PART.lastIndex = place;
    const part = PART.exec(line);
    if (part === null)
      return {
        ok: false,
        message: `has a ${line[place]} that is not closed: ${line.slice(place)}`,
      };
    word = (word ?? "") + textOf(part);
    place = PART.lastIndex;
  }
  if (word !== undefined) words.push(word);
  return { ok: true, words };
}

function textOf([, double, single, escaped, plain]: RegExpExecArray): string {
  if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, "$1");
  return single ?? escaped ?? plain ?? "";
}

const PLAIN = /^[\w./:=@%+,-]+$/;

/** The same line again: split, it is these words. */
export function quoteWords(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : quoted(word))).join(" ");
}

/** Within double quotes these mean something else. */
const MEANING = /["\\$`]/;

function quoted(word: string): string {
  if (word.includes("'") && !MEANING.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
