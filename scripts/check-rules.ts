/**
 * Promises and tests are checked against each other: every ID of `docs/behaviour/*.md` begins the name
 * of a test, and every ID that begins the name of a test is promised there, once.
 */
import { readFileSync } from "node:fs";

import { filesBelow, type Sources } from "./sources.ts";

const ID = String.raw`(?:[A-Z]{1,2}|\d+\.\d+)-\d+`;
const PROMISE = new RegExp(String.raw`^\s*- \*\*(${ID})\*\* \S`, "gm");
const TEST_NAME = new RegExp(
  String.raw`\b(?:test|it)(?:\.\w+)?\(\s*["'\x60](${ID}(?:(?:, | and )${ID})*) `,
  "g",
);

/** Where each ID stands. */
type Places = ReadonlyMap<string, readonly string[]>;

export function checkRules(behaviour: Sources, tests: Sources, index: string): readonly string[] {
  const promised = placesOf(behaviour, promisesIn);
  const tested = placesOf(tests, testedIn);
  return [
    ...[...promised].flatMap(([id, places]) =>
      tested.has(id) ? [] : [`${id} is promised and never tested (${places.join(", ")})`],
    ),
    ...[...tested].flatMap(([id, places]) =>
      promised.has(id) ? [] : [`${id} is tested and promised nowhere (${places.join(", ")})`],
    ),
    ...[...promised].flatMap(([id, places]) =>
      places.length === 1
        ? []
        : [`${id} is promised ${places.length} times (${places.join(", ")})`],
    ),
    ...[...behaviour.keys()].flatMap((path) =>
      index.includes(path.replace("docs/", "")) ? [] : [`docs/behaviour.md does not link ${path}`],
    ),
  ];
}

export const promisesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(PROMISE), ([, id = ""]) => id);

export const testedIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(TEST_NAME), ([, ids = ""]) => ids.split(/, | and /)).flat();

function placesOf(sources: Sources, idsIn: (text: string) => readonly string[]): Places {
  const found = [...sources].flatMap(([path, text]) => idsIn(text).map((id) => ({ id, path })));
  const byId = Map.groupBy(found, ({ id }) => id);
  return new Map([...byId].map(([id, places]) => [id, places.map(({ path }) => path)]));
}

const read = (paths: readonly string[]): Sources =>
  new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));

if (import.meta.main) {
  const problems = checkRules(
    read(filesBelow(["docs/behaviour"], /\.md$/)),
    read(
      filesBelow(
        ["src", "web", "test", "scripts", "bench", "examples"],
        /\.(test|conformance)\.ts$/,
      ),
    ),
    readFileSync("docs/behaviour.md", "utf8"),
  );
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
