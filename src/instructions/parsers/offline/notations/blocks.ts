import { type Line, readLines } from "../layout.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Act, readActName, slotOf } from "./acts.ts";
import { type Block, blockEnd, type Made } from "./block-lines.ts";
import { isConditions, joinConditions } from "./condition-blocks.ts";
import { type Detail, sayAct } from "./details.ts";
import { type Notation, putBefore } from "./edit.ts";
import { readLabel } from "./label-reading.ts";
import { writeSearch } from "./search-blocks.ts";

/**
 * Lists of names and values, as in YAML: "handoff:" with "to: …" and "timeout: …" below it is one sentence, "if:" with its conditions below
 * it another, and so is "audience:" with what they are like.
 */
export const writeBlocks: Notation = (source) => {
  if (!source.tokens.some(({ text }) => text === "\n")) return source.tokens;
  const lines = readLines(source.text, source.tokens);
  const written: Token[] = [];
  let at = 0;
  let line = 0;
  while (line < lines.length) {
    const here = lines[line];
    if (here === undefined) break;
    const end = blockEnd(lines, line);
    const block = { source, lines };
    const made = end > line + 1 ? writeBlock(block, line, end) : writeFlat(block, line);
    if (made !== undefined) {
      const last = lines[made.lines - 1];
      written.push(...source.tokens.slice(at, here.from), ...made.tokens);
      at = last?.to ?? at;
      line = made.lines;
      continue;
    }
    written.push(...source.tokens.slice(at, here.to));
    at = here.to;
    line += 1;
  }
  return [...written, ...source.tokens.slice(at)];
};

function writeBlock(block: Block, line: number, end: number): Made | undefined {
  return (
    writeSearch(block, line, end) ??
    writeAct(block, line, end) ??
    writeTyped(block, line, end) ??
    (isConditions(block, line) ? joinConditions(block, line, end) : undefined) ??
    writeList(block, line, end)
  );
}

/** "handoff:", "Create task" or "- email: 'Intro'", and its details below it. */
function writeAct({ source, lines }: Block, line: number, end: number): Made | undefined {
  const here = lines[line];
  const act = here === undefined ? undefined : readActName(source, here.from);
  if (here === undefined || act === undefined) return undefined;
  const isMarked = isWord(tokenAt(source, act.next), ":");
  if (!isMarked && act.next < here.to) return undefined;
  const value = source.tokens.slice(act.next + 1, here.to);
  const details = detailsOf(source, lines, line + 1, end);
  if (details === undefined) return undefined;
  const own = value.length === 0 ? [] : [{ value }];
  const said = sayAct(source.text, act.value, tokenAt(source, here.from), [...own, ...details]);
  return said === undefined ? undefined : { tokens: said, lines: end };
}

/** "Task: Call Ann", and its details on the lines behind it: "Due: tomorrow". */
function writeFlat(block: Block, line: number): Made | undefined {
  const { source, lines } = block;
  const here = lines[line];
  const act = here === undefined ? undefined : readActName(source, here.from);
  if (here === undefined || act === undefined) return undefined;
  let end = line + 1;
  while (isDetail(block, end, act.value) && lines[end]?.depth === here.depth) end += 1;
  return end > line + 1 ? writeAct(block, line, end) : undefined;
}

function isDetail({ source, lines }: Block, line: number, act: Act): boolean {
  const { from } = lines[line] ?? { from: source.end };
  const isNamed = [1, 2].some((words) => isWord(tokenAt(source, from + words), ":"));
  return (
    isNamed &&
    readActName(source, from) === undefined &&
    slotOf(act, tokenAt(source, from).word) !== undefined
  );
}

const TYPE = ["type", "action", "step", "kind", "do", "name", "uses"];
const STOPS = ["stop", "end", "exit"];

/** "- type: wait", and its details below it. */
function writeTyped({ source, lines }: Block, line: number, end: number): Made | undefined {
  const here = lines[line];
  if (here === undefined || !isWord(tokenAt(source, here.from), ...TYPE)) return undefined;
  if (!isWord(tokenAt(source, here.from + 1), ":")) return undefined;
  if (isWord(tokenAt(source, here.from + 2), ...STOPS)) return undefined;
  const act = readActName(source, here.from + 2);
  if (act === undefined || act.next < here.to) return undefined;
  const details = detailsOf(source, lines, line + 1, end);
  if (details === undefined) return undefined;
  const said = sayAct(source.text, act.value, tokenAt(source, here.from), details);
  return said === undefined ? undefined : { tokens: said, lines: end };
}

const WRAPPERS = new Set([
  "params",
  "parameters",
  "config",
  "settings",
  "with",
  "args",
  "options",
  "details",
]);

/** Lines of a name and its value each. */
function detailsOf(
  source: Source,
  lines: readonly Line[],
  from: number,
  to: number,
): readonly Detail[] | undefined {
  const details: Detail[] = [];
  for (const line of lines.slice(from, to)) {
    const colon = colonOf(source, line);
    if (colon === undefined) return undefined;
    const { word } = tokenAt(source, line.from);
    const value = source.tokens.slice(colon + 1, line.to);
    if (value.length === 0 && WRAPPERS.has(word)) continue;
    details.push({ name: word, value });
  }
  return details;
}

/** "due:", "Assign to:", "Due date:" */
function colonOf(source: Source, { from }: Line): number | undefined {
  return [from + 1, from + 2].find((at) => isWord(tokenAt(source, at), ":"));
}

/** "Audience:" or "Exclude:" with a list below it. */
function writeList({ source, lines }: Block, line: number, end: number): Made | undefined {
  const here = lines[line];
  const label = here === undefined ? undefined : readLabel(source, here.from);
  if (here === undefined || label === undefined || label.next < here.to) return undefined;
  const { meaning } = label;
  const parts = lines.slice(line + 1, end).map(({ from, to }) => source.tokens.slice(from, to));
  const head = source.tokens.slice(here.from, label.next);
  if (meaning === "audience" || meaning === "filter") {
    const joined = parts.flatMap((part, index) => (index === 0 ? part : [...comma(part), ...part]));
    return { tokens: [...head, ...joined], lines: end };
  }
  if (meaning !== "exclusion") return undefined;
  const skips = parts.flatMap((part) => {
    const [first] = part;
    if (first === undefined) return [];
    const words = source.tokens
      .slice(here.from, label.next)
      .map((token) => ({ ...token, start: first.start, end: first.start }));
    return [...(part === parts[0] ? head : [...putBefore(";", first), ...words]), ...part];
  });
  return { tokens: skips, lines: end };
}

function comma([first]: readonly Token[]): readonly Token[] {
  return first === undefined ? [] : putBefore(",", first);
}
