import { READERS, type Readings } from "./readers.ts";
import { type Source, tokenAt } from "./source.ts";
import { VOCABULARY } from "./vocabulary.ts";

/**
 * The grammar's notation for phrases:
 *   give|allow [it|them] <duration>
 * A word matches itself; `+send` any form of the verb; `a|b` either; `[…]` what may be missing (several words, alternatives
 * split by ` / `); `(… / …)` one of several phrases; `<name>` what a reader reads, kept under that name; `\\(` the mark itself.
 */
export type Captures = { readonly [Name in keyof Readings]?: Readings[Name] };

export interface Match {
  readonly next: number;
  readonly captures: Captures;
  /** Index of the first token of each reading. */
  readonly from: number;
}

type Node =
  | {
      readonly kind: "words";
      readonly words: ReadonlySet<string>;
      readonly lemmas: ReadonlySet<string>;
    }
  | {
      readonly kind: "choice";
      readonly options: readonly (readonly Node[])[];
      readonly isOptional: boolean;
    }
  | { readonly kind: "reader"; readonly name: keyof Readings };

export interface Pattern {
  readonly source: string;
  readonly nodes: readonly Node[];
  /** What a phrase of this pattern may begin with: most are told from a text's word at once. */
  readonly opening: Opening;
}

interface Opening {
  readonly words: ReadonlySet<string>;
  readonly lemmas: ReadonlySet<string>;
  /** Whether it may begin with what a reader reads, or with nothing at all. */
  readonly isOpen: boolean;
}

const compiled = new Map<string, Pattern>();

export function pattern(source: string): Pattern {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const made = compilePattern(source);
  compiled.set(source, made);
  return made;
}

function compilePattern(source: string): Pattern {
  const pieces = source.match(/[[\]()]|(?:\\[[\]()]|[^\s[\]()\\])+/g) ?? [];
  const [nodes, used] = compile(pieces, 0);
  if (used !== pieces.length) throw new Error(`Unbalanced pattern: ${source}`);
  return { source, nodes, opening: openingOf(nodes) };
}

function openingOf(nodes: readonly Node[]): Opening {
  const words = new Set<string>();
  const lemmas = new Set<string>();
  return { words, lemmas, isOpen: !collectOpening(nodes, words, lemmas) };
}

/** Collects what may stand first; false where that may be anything. */
function collectOpening(nodes: readonly Node[], words: Set<string>, lemmas: Set<string>): boolean {
  for (const node of nodes) {
    if (node.kind === "reader") return false;
    if (node.kind === "words") {
      for (const one of node.words) words.add(one);
      for (const one of node.lemmas) lemmas.add(one);
      return true;
    }
    const isClosed = node.options.map((option) => collectOpening(option, words, lemmas));
    if (isClosed.includes(false)) return false;
    if (!node.isOptional) return true;
  }
  return false;
}

function compile(pieces: readonly string[], from: number): [readonly Node[], number] {
  const nodes: Node[] = [];
  let at = from;
  while (at < pieces.length) {
    const piece = pieces[at] ?? "";
    if (piece === "]" || piece === ")" || piece === "/") break;
    if (piece === "[" || piece === "(") {
      const [choice, next] = compileChoice(pieces, at);
      nodes.push(choice);
      at = next;
      continue;
    }
    nodes.push(compileWord(piece));
    at += 1;
  }
  return [nodes, at];
}

function compileChoice(pieces: readonly string[], from: number): [Node, number] {
  const options: (readonly Node[])[] = [];
  let at = from;
  do {
    const [option, next] = compile(pieces, at + 1);
    options.push(option);
    at = next;
  } while (pieces[at] === "/");
  return [{ kind: "choice", options, isOptional: pieces[from] === "[" }, at + 1];
}

function compileWord(piece: string): Node {
  if (piece.startsWith("<") && piece.length > 2) {
    const name = piece.slice(1, -1);
    if (!isReading(name)) throw new Error(`No reader is called ${name}`);
    return { kind: "reader", name };
  }
  const alternatives = piece
    .replaceAll("\\", "")
    .split("|")
    .filter((word) => word !== "");
  for (const word of alternatives) VOCABULARY.add(word.replace(/^\+/, ""));
  return {
    kind: "words",
    words: new Set(alternatives.filter((word) => !isLemma(word))),
    lemmas: new Set(alternatives.filter((word) => isLemma(word)).map((word) => word.slice(1))),
  };
}

function isReading(name: string): name is keyof Readings {
  return Object.hasOwn(READERS, name);
}

type Continue = (at: number, captures: Captures) => Match | undefined;

export function matchAt(
  source: Source,
  at: number,
  { nodes, opening }: Pattern,
): Match | undefined {
  if (!opening.isOpen && !isNext(source, at, opening)) return undefined;
  return follow(source, nodes, 0, at, {}, (next, captures) => ({ next, captures, from: at }));
}

function follow(
  source: Source,
  nodes: readonly Node[],
  index: number,
  at: number,
  captures: Captures,
  done: Continue,
): Match | undefined {
  const node = nodes[index];
  if (node === undefined) return done(at, captures);
  const go: Continue = (next, found) => follow(source, nodes, index + 1, next, found, done);
  if (node.kind === "words") return isNext(source, at, node) ? go(at + 1, captures) : undefined;
  if (node.kind === "reader") {
    const read = READERS[node.name](source, at);
    return read === undefined ? undefined : go(read.next, { ...captures, [node.name]: read.value });
  }
  for (const option of node.options) {
    const match = follow(source, option, 0, at, captures, go);
    if (match !== undefined) return match;
  }
  return node.isOptional ? go(at, captures) : undefined;
}

function isNext(
  source: Source,
  at: number,
  node: { readonly words: ReadonlySet<string>; readonly lemmas: ReadonlySet<string> },
): boolean {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") return false;
  return node.words.has(token.word) || node.lemmas.has(token.lemma);
}

/** The first of several patterns that matches here, with its place in the list. */
export function matchFirst(
  source: Source,
  at: number,
  patterns: readonly Pattern[],
): Match | undefined {
  for (const one of possibleAt(source, at, patterns, only)) {
    const match = matchAt(source, at, one);
    if (match !== undefined) return match;
  }
  return undefined;
}

const only = (one: Pattern): readonly Pattern[] => [one];

/** Which items of each list may begin with which word; lists are constants, so there are few. */
const beginnings = new WeakMap<object, Map<string, readonly unknown[]>>();
const MOST_WORDS = 2000;
const FEW = 4;

/** Those of a list whose patterns may begin with the word at a place: looked up, since most begin with others. */
export function possibleAt<Item extends object>(
  source: Source,
  at: number,
  items: readonly Item[],
  patternsOf: (item: Item) => readonly Pattern[],
): readonly Item[] {
  if (items.length < FEW) return items;
  const { kind, word, lemma } = tokenAt(source, at);
  const key = kind === "quoted" ? "" : word === lemma ? word : `${word} ${lemma}`;
  const byWord = beginnings.get(items) ?? new Map<string, readonly Item[]>();
  const known = byWord.get(key);
  if (known !== undefined) return known as readonly Item[];
  const possible = items.filter((item) =>
    patternsOf(item).some(({ opening }) => opening.isOpen || isNext(source, at, opening)),
  );
  if (byWord.size >= MOST_WORDS) byWord.clear();
  beginnings.set(items, byWord.set(key, possible));
  return possible;
}

/** The one that comes furthest; of equals the first. */
export function matchLongest(
  source: Source,
  at: number,
  patterns: readonly Pattern[],
): Match | undefined {
  let best: Match | undefined;
  for (const one of possibleAt(source, at, patterns, only)) {
    const match = matchAt(source, at, one);
    if (match !== undefined && match.next > (best?.next ?? at)) best = match;
  }
  return best;
}

function isLemma(word: string): boolean {
  return word.startsWith("+") && word.length > 1;
}
