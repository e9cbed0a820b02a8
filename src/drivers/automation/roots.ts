/** What `@form.…`, `@user.…`, `@memory.…` and `@search.…` stand for: roots of variables that no entity has. */
import { z } from "zod";

import { keyOfName } from "#crm/fields.ts";
import type { Known, Looked } from "#domain/conditions.ts";

/** The key under which a journey remembers what its last web search found. */
export const SEARCH_RESULTS = "search.results";

const UNKNOWN: Looked = { known: false };

export const known = (value: Known): Looked => ({ known: true, value });

type Path = readonly string[];

/** A field that was not filled in is empty; `first_name` and `firstName` are one. */
export function formField(form: Readonly<Record<string, string>> | undefined, path: Path): Looked {
  const name = path.join(".");
  const given = new Map(Object.entries(form ?? {}));
  const value =
    given.get(name) ?? [...given].find(([key]) => keyOfName(key) === keyOfName(name))?.[1];
  return value === undefined && path.length > 1 ? UNKNOWN : known(value ?? null);
}

interface Person {
  readonly name: string;
  readonly email: string;
}

/** `@user.manager` is a name, `@user.manager.email` an address. */
export function userField(
  named: ((name: string) => Person | undefined) | undefined,
  [name = "", field = "name", ...more]: Path,
): Looked {
  const member = named?.(name);
  if (member === undefined || more.length > 0) return UNKNOWN;
  const first = member.name.trim().split(/\s+/)[0] ?? null;
  const fields = new Map<string, Known>([
    ["name", member.name],
    ["firstname", first],
    ["email", member.email],
  ]);
  const value = fields.get(keyOfName(field));
  return value === undefined ? UNKNOWN : known(value);
}

const resultsSchema = z.array(
  z.object({ title: z.string(), snippet: z.string().default(""), url: z.string().default("") }),
);
type Results = z.output<typeof resultsSchema>;

/** `search.results` is a text of a line each; `search.results[0].title`, `search.results.count` are what they say. */
export function searchField(kept: string | null | undefined, field: string): Looked {
  const results = kept === null || kept === undefined ? [] : readResults(kept);
  const match = /^search\.results(?:\[(\d+)\])?(?:\.(\w+))?$/i.exec(field);
  if (match === null) return UNKNOWN;
  const [, index, part] = match;
  if (index === undefined) return allResults(results, part);
  const one = results[Number(index)];
  if (part === undefined) return known(one === undefined ? null : lineOf(one));
  return isPart(part) ? known(one?.[part] ?? null) : UNKNOWN;
}

function readResults(kept: string): Results {
  return resultsSchema.parse(JSON.parse(kept));
}

function allResults(results: Results, part: string | undefined): Looked {
  if (part === undefined) return known(results.map(lineOf).join("\n"));
  return part === "count" || part === "length" ? known(results.length) : UNKNOWN;
}

const isPart = (part: string): part is keyof Results[number] =>
  part === "title" || part === "snippet" || part === "url";

const lineOf = ({ title, url }: Results[number]): string =>
  url === "" ? title : `${title} (${url})`;
