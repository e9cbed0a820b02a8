/**
 * Holds the code to the tables of `layers.ts`: who imports whom, how an import is written,
 * what the library and the writer thread load, and who may start processes.
 */
import { readFileSync } from "node:fs";

import { importsOf, resolve, type Import, type Manifest, type Target } from "./imports.ts";
import {
  AROUND,
  FRUGAL,
  type Frugal,
  LAYERS,
  MAY_START_PROCESSES,
  WITHOUT_NODE,
} from "./layers.ts";
import { readSources, type Sources } from "./sources.ts";

interface Edge extends Import {
  readonly from: string;
  readonly target: Target;
}

export function checkImports(sources: Sources, manifest: Manifest): readonly string[] {
  const edges = edgesOf(sources, manifest);
  const problems = edges.flatMap((edge) =>
    [
      problemWithPlace(edge, sources),
      problemWithLayers(edge),
      problemWithForm(edge),
      problemWithNode(edge),
    ].flatMap((problem) => (problem === undefined ? [] : [`${edge.from}: ${problem}`])),
  );
  return [...problems, ...FRUGAL.flatMap((frugal) => problemsWithLoads(frugal, edges))];
}

const edgesOf = (sources: Sources, manifest: Manifest): readonly Edge[] =>
  [...sources].flatMap(([from, text]) =>
    importsOf(text).map((one) => ({
      ...one,
      from,
      target: resolve(from, one.specifier, manifest),
    })),
  );

/** The unit that a file belongs to: a folder of `src/`, `app`, `library`, or a folder beside `src/`. */
export function unitOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  if (top !== "src") return top;
  if (second === "app.ts") return "app";
  return second.endsWith(".ts") ? "library" : second;
}

const isTest = (path: string): boolean => /\.(test|conformance)\.tsx?$/.test(path);

function mayImport(unit: string): readonly string[] {
  const place = LAYERS.findIndex((layer) => layer === unit);
  return place === -1 ? (AROUND[unit] ?? []) : LAYERS.slice(0, place);
}

const isKnown = (unit: string): boolean => unit in AROUND || LAYERS.some((layer) => layer === unit);

function problemWithPlace({ specifier, target }: Edge, sources: Sources): string | undefined {
  if (target.to !== "file" || !/\.tsx?$/.test(target.path)) return undefined;
  return sources.has(target.path)
    ? undefined
    : `"${specifier}" leads to ${target.path}, which does not exist`;
}

function problemWithLayers({ from, target }: Edge): string | undefined {
  if (target.to !== "file") return undefined;
  const [unit, wanted] = [unitOf(from), unitOf(target.path)];
  if (!isKnown(unit)) return `${unit} has no place in the tables of scripts/layers.ts`;
  const allowed = isTest(from) && unit !== "web" ? (AROUND["test"] ?? []) : mayImport(unit);
  if (unit === wanted || allowed.includes(wanted)) return undefined;
  return `${unit} may not import ${wanted} (${target.path})`;
}

function problemWithForm({ from, specifier, target }: Edge): string | undefined {
  if (target.to !== "file") return undefined;
  const isInside = unitOf(from) === unitOf(target.path);
  if (isInside && target.written === "subpath")
    return `"${specifier}" is in the same folder: import it as ./…`;
  if (!isInside && target.written === "relative")
    return `"${specifier}" is in another folder: import it as #…`;
  return undefined;
}

function problemWithNode({ from, target, isType }: Edge): string | undefined {
  if (target.to !== "node" || isTest(from)) return undefined;
  if (WITHOUT_NODE.includes(unitOf(from)) && !isType) {
    return `a browser loads ${unitOf(from)}, so it may not import node:${target.name}`;
  }
  if (target.name === "child_process" && !MAY_START_PROCESSES.some((place) => place.test(from))) {
    return "only src/agent-cli/supervisor* and the command line start processes";
  }
  return undefined;
}

/** Follows what is really loaded from the entries on, and names the way to what should not be. */
function problemsWithLoads(frugal: Frugal, edges: readonly Edge[]): readonly string[] {
  const loads = Map.groupBy(
    edges.filter(({ isType }) => !isType),
    ({ from }) => from,
  );
  const wayTo = new Map<string, string>(frugal.entries.map((entry) => [entry, entry]));
  const problems: string[] = [];
  for (const [path, way] of wayTo) {
    for (const { target } of loads.get(path) ?? []) {
      const stranger = strangerTo(frugal, target);
      if (stranger !== undefined) problems.push(`${frugal.name} would load ${stranger}: ${way}`);
      else if (target.to === "file" && !wayTo.has(target.path)) {
        wayTo.set(target.path, `${way} → ${target.path}`);
      }
    }
  }
  return problems;
}

function strangerTo({ folders, packages }: Frugal, target: Target): string | undefined {
  if (target.to === "file") {
    return folders.includes(unitOf(target.path)) ? undefined : target.path;
  }
  if (target.to === "node") return undefined;
  return packages.includes(target.name) ? undefined : target.name;
}

if (import.meta.main) {
  const manifest: Manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const problems = checkImports(readSources(), manifest);
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
