import type { FieldType, Known, Look } from "./conditions.ts";

/**
 * Variables in texts: `@contact.firstName`, with a fallback `@contact.firstName|there` (or `|"my friend"`), lists
 * `@search.results[0].title`, custom fields `@contact.custom.leadScore`. `@contact` alone is its name. `@@contact.firstName`
 * is the text itself. An address like a@b.com holds no variable, and the value of one is never looked through for more.
 */
export interface Variable {
  /** Without the @: "contact.firstName". */
  readonly name: string;
  readonly fallback?: string | undefined;
  readonly start: number;
  readonly end: number;
}

export interface Resolved {
  readonly text: string;
  /** The variables, as "@contact.firstName", that had neither a value nor a fallback. Such a text is never sent. */
  readonly missing: readonly string[];
}

/** How a text is filled in. */
export interface Filling {
  /** What stands for a field's missing value where the text itself names nothing. */
  readonly fallbackOf?: ((name: string) => string | undefined) | undefined;
  /** How a value is written; as it is, unless it is said. */
  readonly show?: ((value: Known, type: FieldType | undefined) => string) | undefined;
  /** What makes a value harmless in a text that is more than text (HTML). */
  readonly escape?: ((value: string) => string) | undefined;
}

const VARIABLE_ROOTS = ["contact", "company", "deal", "form", "memory", "search", "user"] as const;

const PART = String.raw`(?:\.[\p{L}_][\p{L}\p{N}_]*|\[\d{1,4}\])`;
/** A name alone: "Call @contact." */
const ALONE = String.raw`(?:contact|company|deal)(?![\p{L}\p{N}_])`;
/** No field lies deeper; what goes on is text. */
const MOST_PARTS = 8;
const NAME = String.raw`(?:${VARIABLE_ROOTS.join("|")})${PART}{1,${MOST_PARTS}}|${ALONE}`;
const FALLBACK = String.raw`(?:\|(?:"([^"\n]*)"|'([^'\n]*)'|“([^”\n]*)”|([\p{L}\p{N}_-]+)))?`;
const FORM = new RegExp(String.raw`(?<!@)(@{1,20})(${NAME})${FALLBACK}`, "giu");
/** What an address may have before its @. */
const BEFORE = /[\p{L}\p{N}_.+-]$/u;

interface Found extends Variable {
  /** Every @@ before it is one @ of the text; with nothing left over so is what follows. */
  readonly literal: string;
  readonly isEscaped: boolean;
  /** It touches what stands before it, so it may be an address. */
  readonly isGlued: boolean;
}

function* scan(text: string): Generator<Found> {
  for (const match of text.matchAll(FORM)) {
    const fallback = match[3] ?? match[4] ?? match[5] ?? match[6];
    const signs = match[1]?.length ?? 1;
    yield {
      name: nameOf(match[2] ?? ""),
      fallback,
      start: match.index,
      end: match.index + match[0].length,
      literal: "@".repeat(Math.floor(signs / 2)),
      isEscaped: signs % 2 === 0,
      isGlued: BEFORE.test(text.slice(Math.max(0, match.index - 2), match.index)),
    };
  }
}

/** The root in small letters: somebody may begin a sentence with `@Contact.firstName`. */
function nameOf(written: string): string {
  const root = /^[a-z]+/i.exec(written)?.[0] ?? "";
  return root.toLowerCase() + written.slice(root.length);
}

export function findVariables(text: string): readonly Variable[] {
  return [...scan(text)]
    .filter(({ isEscaped, isGlued }) => !isEscaped && !isGlued)
    .map(({ name, fallback, start, end }) =>
      fallback === undefined ? { name, start, end } : { name, fallback, start, end },
    );
}

/** The variable that the whole text is, where it is one and nothing else. */
export function variableOf(text: string): Variable | undefined {
  const [only] = findVariables(text.trim());
  return only?.start === 0 && only.end === text.trim().length ? only : undefined;
}

export function resolveText(text: string, look: Look, filling: Filling = {}): Resolved {
  const missing = new Set<string>();
  let resolved = "";
  let at = 0;
  for (const found of scan(text)) {
    if (found.isGlued && isAddress(found.name, look)) continue;
    resolved += text.slice(at, found.start) + found.literal;
    at = found.end;
    if (found.isEscaped) {
      resolved += text.slice(found.start, found.end).replace(/^@+/, "");
      continue;
    }
    const value = fill(found, look, filling);
    if (value === undefined) missing.add(`@${found.name}`);
    resolved += value ?? "";
  }
  return { text: resolved + text.slice(at), missing: [...missing] };
}

/** "ann@contact.com" is an address, "Hi@contact.firstName" lacks a space: only where the name means something. */
function isAddress(name: string, look: Look): boolean {
  const looked = look(name);
  if (!looked.known || !name.includes(".")) return true;
  return !/^(?:contact|company|deal)\./.test(name) && looked.value === null;
}

/** What stands in the variable's place; undefined where nothing can. */
function fill({ name, fallback }: Found, look: Look, filling: Filling): string | undefined {
  const { fallbackOf, escape = asItIs } = filling;
  const { known, rest } = knownPart(name, fallback === undefined, look);
  const value = valueOf(known, look, filling);
  if (value !== undefined) return escape(value) + rest;
  if (fallback !== undefined) return fillFallback(fallback, look, filling);
  const general = fallbackOf?.(known);
  return general === undefined ? undefined : escape(general) + rest;
}

/** A quoted fallback may name variables itself: `@contact.firstName|"@company.name team"`. */
function fillFallback(fallback: string, look: Look, filling: Filling): string | undefined {
  const { text, missing } = resolveText(fallback, look, filling);
  return missing.length === 0 ? text : undefined;
}

const asItIs = (text: string): string => text;

/** A sentence's end that lacks its space ("@contact.firstName.Thanks") is no part of the name. */
export function knownPart(
  name: string,
  mayEnd: boolean,
  look: Look,
): { readonly known: string; readonly rest: string } {
  let known = name;
  while (mayEnd && !look(known).known) {
    const shorter = known.replace(/\.[^.[\]]+$/, "");
    if (shorter === known || !shorter.includes(".")) return { known: name, rest: "" };
    known = shorter;
  }
  return { known, rest: name.slice(known.length) };
}

function valueOf(name: string, look: Look, { show }: Filling): string | undefined {
  const looked = look(name.includes(".") ? name : `${name}.name`);
  if (!looked.known || looked.value === null) return undefined;
  const { value, type } = looked;
  const text = show?.(value, type) ?? (Array.isArray(value) ? value.join(", ") : String(value));
  return text.trim() === "" ? undefined : text;
}
