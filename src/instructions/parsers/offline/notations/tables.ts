import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { wordTable } from "../word-table.ts";
import { lineEnd, type Notation, put, putBefore, quote } from "./edit.ts";

/** What a column of a table tells. */
type Column = "point" | "act" | "channel" | "content" | "number";

const COLUMNS: Readonly<Record<string, Column>> = wordTable(
  Object.fromEntries(
    (
      [
        ["point", "day when timing date"],
        ["act", "action activity what do step task touch"],
        ["channel", "channel type medium"],
        ["content", "content template email message details name subject"],
        ["number", "# no nr number"],
      ] as const
    ).flatMap(([column, names]) =>
      [...wordsOf(names)].map((name): [string, Column] => [name, column]),
    ),
  ),
);

/** "| Day | Action |" with a step in each row below it. */
export const writeTables: Notation = (source) => {
  const { tokens } = source;
  if (!tokens.some(({ text }) => text === "|")) return tokens;
  const written: Token[] = [];
  let columns: readonly Column[] | undefined;
  let at = 0;
  while (at <= source.end) {
    const end = lineEnd(source, at);
    const cells = readCells(source, at, end);
    const header = columns === undefined ? readHeader(cells) : undefined;
    const row =
      columns === undefined || cells === undefined ? undefined : writeRow(source, columns, cells);
    columns = cells === undefined ? undefined : (columns ?? header);
    written.push(
      ...(header === undefined ? (row ?? tokens.slice(at, end)) : []),
      ...tokens.slice(end, end + 1),
    );
    at = end + 1;
  }
  return written;
};

/** What stands between the bars of a line that begins and ends with one. */
function readCells(
  source: Source,
  from: number,
  to: number,
): readonly (readonly Token[])[] | undefined {
  const isRow =
    to - from > 2 && isWord(tokenAt(source, from), "|") && isWord(tokenAt(source, to - 1), "|");
  if (!isRow) return undefined;
  const cells: Token[][] = [[]];
  for (const token of source.tokens.slice(from + 1, to - 1)) {
    if (isWord(token, "|")) cells.push([]);
    else cells.at(-1)?.push(token);
  }
  return cells;
}

function readHeader(
  cells: readonly (readonly Token[])[] | undefined,
): readonly Column[] | undefined {
  const columns = cells?.map(([first]) => (first === undefined ? undefined : COLUMNS[first.word]));
  if (columns === undefined || columns.length < 2) return undefined;
  const known = columns.filter((column) => column !== undefined);
  return known.length === columns.length ? known : undefined;
}

/** A row as its step; the line of dashes below the header is none. */
function writeRow(
  source: Source,
  columns: readonly Column[],
  cells: readonly (readonly Token[])[],
): readonly Token[] | undefined {
  if (cells.flat().every(({ text }) => /^[-–—:]$/.test(text))) return [];
  if (cells.length !== columns.length) return undefined;
  const of = (column: Column): readonly Token[] => cells[columns.indexOf(column)] ?? [];
  const does = [...of("act"), ...writeChannel(source.text, of("channel"), of("content"))];
  return [...writePoint(of("point")), ...does];
}

/** "4" and "Day 4" */
function writePoint(cell: readonly Token[]): readonly Token[] {
  const [first] = cell;
  const last = cell.at(-1);
  if (first === undefined || last === undefined) return [];
  const day = first.kind === "number" && cell.length === 1 ? putBefore("day", first) : [];
  return [...day, ...cell, ...putBefore(":", { ...last, start: last.end })];
}

const WORDS: Readonly<Record<string, string>> = wordTable({
  email: "send email",
  mail: "send email",
  task: "create task :",
  call: "create task :",
  phone: "create task :",
  tag: "add tag",
  notify: "notify",
});

function writeChannel(
  text: string,
  channel: readonly Token[],
  content: readonly Token[],
): readonly Token[] {
  const [first] = channel;
  const words = WORDS[first?.word ?? ""];
  if (first === undefined || words === undefined || content.length === 0)
    return [...channel, ...content];
  const isMail = words === "send email";
  return [...put(words, first), ...(isMail ? quote(text, content) : content)];
}
