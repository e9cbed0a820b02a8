import type { Look } from "./conditions.ts";

/**
 * Variables in texts: `@contact.firstName`, with a fallback `@contact.firstName|there` (or `|"my friend"`), lists
 * `@search.results[0].title`, custom fields `@contact.custom.leadScore`. `@@contact.firstName` is the text itself. An address like
 * a@b.com holds no variable, and the value of one is never looked through for more.
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

const VARIABLE_ROOTS = ["contact", "company", "deal", "form", "memory", "search", "user"] as const;

const PART = String.raw`(?:\.[\p{L}_][\p{L}\p{N}_]*|\[\d{1,4}\])`;
const FALLBACK = String.raw`(?:\|(?:"([^"\n]*)"|'([^'\n]*)'|([\p{L}\p{N}_-]+)))?`;
const FORM = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.+-])(@@?)((?:${VARIABLE_ROOTS.join("|")})${PART}+)${FALLBACK}`,
  "gu",
);

interface Found extends Variable {
  readonly isEscaped: boolean;
}

function* scan(text: string): Generator<Found> {
  for (const match of text.matchAll(FORM)) {
    const fallback = match[3] ?? match[4] ?? match[5];
    const place = { start: match.index, end: match.index + match[0].length };
    yield { name: match[2] ?? "", fallback, ...place, isEscaped: match[1] === "@@" };
  }
}

export function findVariables(text: string): readonly Variable[] {
  return [...scan(text)]
    .filter(({ isEscaped }) => !isEscaped)
    .map(({ name, fallback, start, end }) =>
      fallback === undefined ? { name, start, end } : { name, fallback, start, end },
    );
}

/** `fallbackOf` gives what stands for a field's missing value where the text itself names nothing. */
export function resolveText(
  text: string,
  look: Look,
  fallbackOf?: (name: string) => string | undefined,
): Resolved {
  const missing = new Set<string>();
  let resolved = "";
  let at = 0;
  for (const { name, fallback, start, end, isEscaped } of scan(text)) {
    resolved += text.slice(at, start);
    at = end;
    if (isEscaped) {
      resolved += text.slice(start + 1, end);
      continue;
    }
    const value = textOf(name, look) ?? fallback ?? fallbackOf?.(name);
    if (value === undefined) missing.add(`@${name}`);
    resolved += value ?? "";
  }
  return { text: resolved + text.slice(at), missing: [...missing] };
}

function textOf(name: string, look: Look): string | undefined {
  const looked = look(name);
  if (!looked.known || looked.value === null) return undefined;
  const text = Array.isArray(looked.value) ? looked.value.join(", ") : String(looked.value);
  return text.trim() === "" ? undefined : text;
}
