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

type Node = Words | Choice | { readonly kind: "reader"; readonly name: keyof Readings };

interface Words {
  readonly kind: "words";
  readonly words: ReadonlySet<string>;
  readonly lemmas: ReadonlySet<string>;
}

interface Choice {
  readonly kind: "choice";
  readonly options: readonly (readonly Node[])[];
  readonly isOptional: boolean;
  readonly opening: Opening;
}

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

function openingOf(nodes: readonly Begun[]): Opening {
  const words = new Set<string>();
  const lemmas = new Set<string>();
  return { words, lemmas, isOpen: !collectOpening(nodes, words, lemmas) };
}

/** A node whose own opening is not asked for. */
type Begun = Node | Omit<Choice, "opening">;

/** Collects what may stand first; false where that may be anything. */
function collectOpening(nodes: readonly Begun[], words: Set<string>, lemmas: Set<string>): boolean {
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
  const choice = { kind: "choice", options, isOptional: pieces[from] === "[" } as const;
  return [{ ...choice, opening: openingOf([{ ...choice, isOptional: false }]) }, at + 1];
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
  if (!mayBegin(source, at, opening)) return undefined;
  return follow(source, nodes, 0, at, {}, (next, captures) => ({ next, captures, from: at }));
}

/** Goes along the nodes; only a choice that may begin here has to try what follows it, too. */
function follow(
  source: Source,
  nodes: readonly Node[],
  index: number,
  at: number,
  captures: Captures,
  done: Continue,
): Match | undefined {
  let next = at;
  let found = captures;
  for (let step = index; step < nodes.length; step += 1) {
    const node = nodes[step];
    if (node === undefined) break;
    if (node.kind === "words") {
      if (!isNext(source, next, node)) return undefined;
      next += 1;
    } else if (node.kind === "reader") {
      const read = READERS[node.name](source, next);
      if (read === undefined) return undefined;
      next = read.next;
      found = withReading(found, node.name, read.value);
    } else if (mayBegin(source, next, node.opening)) {
      return choose(source, node, next, found, (to, more) =>
        follow(source, nodes, step + 1, to, more, done),
      );
    } else if (!node.isOptional) return undefined;
  }
  return done(next, found);
}

function withReading(
  captures: Captures,
  name: keyof Readings,
  value: Readings[keyof Readings],
): Captures {
  return { ...captures, [name]: value };
}

function choose(
  source: Source,
  { options, isOptional }: Choice,
  at: number,
  captures: Captures,
  go: Continue,
): Match | undefined {
  for (const option of options) {
    const match = follow(source, option, 0, at, captures, go);
    if (match !== undefined) return match;
  }
  return isOptional ? go(at, captures) : undefined;
}

const mayBegin = (source: Source, at: number, opening: Opening): boolean =>
  opening.isOpen || isNext(source, at, opening);

function isNext(source: Source, at: number, { words, lemmas }: Words | Opening): boolean {
  const token = at < source.end ? source.tokens[at] : undefined;
  if (token === undefined || token.kind === "quoted") return false;
  return words.has(token.word) || (lemmas.size > 0 && lemmas.has(token.lemma));
}

/** The first of several patterns that matches here, in a way that will do. */
export function matchFirst(
  source: Source,
  at: number,
  patterns: readonly Pattern[],
  willDo: (match: Match) => boolean = () => true,
): Match | undefined {
  for (const one of possibleAt(source, at, patterns, only)) {
    const match = matchAt(source, at, one);
    if (match !== undefined && willDo(match)) return match;
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
    patternsOf(item).some(({ opening }) => mayBegin(source, at, opening)),
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
