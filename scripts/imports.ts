import { builtinModules } from "node:module";
import { posix } from "node:path";

/** One import as it is written. `type` ones vanish when the types are stripped. */
export interface Import {
  readonly specifier: string;
  readonly isType: boolean;
}

/** Where an import leads: to a file of ours, to a package, or into Node. */
export type Target =
  | {
      readonly to: "file";
      readonly path: string;
      readonly written: "subpath" | "relative" | "self";
    }
  | { readonly to: "package"; readonly name: string }
  | { readonly to: "node"; readonly name: string };

const STATEMENT =
  /^[ \t]*(?:import|export)\s+(type\s+)?(?:[\w$*{},\s]+?\sfrom\s*)?["']([^"'\n]+)["']/gm;
const DYNAMIC = /(typeof\s+)?\bimport\(\s*["']([^"'\n]+)["']/g;
/** A worker is started by the address of its file, which loads it just as an import does. */
const BY_ADDRESS = /()\bnew URL\(\s*["'](\.[^"'\n]+\.ts)["'],\s*import\.meta\.url/g;

export function importsOf(text: string): readonly Import[] {
  return [STATEMENT, DYNAMIC, BY_ADDRESS].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, type, specifier = ""]) => ({
      specifier,
      isType: type !== undefined && type !== "",
    })),
  );
}

/** What package.json says about names: `imports` for "#…", `exports` for the package's own name. */
export interface Manifest {
  readonly name: string;
  readonly imports: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
}

export function resolve(from: string, specifier: string, manifest: Manifest): Target {
  if (specifier.startsWith("#")) {
    return { to: "file", path: resolveSubpath(specifier, manifest), written: "subpath" };
  }
  if (specifier.startsWith(".")) {
    const path = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ""));
    return { to: "file", path, written: "relative" };
  }
  const self = manifest.exports[specifier.replace(manifest.name, ".")];
  if (isWithin(specifier, manifest.name) && self !== undefined) {
    return { to: "file", path: posix.normalize(self), written: "self" };
  }
  const bare = specifier.replace(/^node:/, "");
  if (specifier.startsWith("node:") || builtinModules.includes(bare))
    return { to: "node", name: bare };
  return { to: "package", name: packageName(specifier) };
}

function resolveSubpath(specifier: string, { imports }: Manifest): string {
  const exact = imports[specifier];
  if (exact !== undefined) return posix.normalize(exact);
  for (const [pattern, place] of Object.entries(imports)) {
    const head = pattern.replace("*", "");
    if (pattern.endsWith("*") && specifier.startsWith(head)) {
      return posix.normalize(place.replace("*", specifier.slice(head.length)));
    }
  }
  return specifier;
}

const isWithin = (specifier: string, name: string): boolean =>
  specifier === name || specifier.startsWith(`${name}/`);

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
