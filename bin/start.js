/** Runs the build of Stint where there is one and no source is newer, and else the sources as they stand. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = join(import.meta.dirname, "..");
const inRoot = (name) => join(ROOT, name);

const BUILD = inRoot("dist/server/main.js");
const SOURCE = inRoot("src/cli/main.ts");

/** What a build is made from: `scripts/setup.sh` has the same list. An installed Stint has none of it. */
const FOLDERS = ["src", "bench"].map(inRoot);
const FILES = ["package-lock.json", "scripts/build-server.ts"].map(inRoot);

function isCurrent(build) {
  if (!existsSync(build)) return false;
  const builtAt = changedAt(build);
  // Folders count, since one changes when a file comes to it or leaves it.
  const sources = [...FILES, ...FOLDERS, ...FOLDERS.flatMap(below)];
  return sources.every((path) => changedAt(path) <= builtAt);
}

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const below = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
    : [];

await import(pathToFileURL(isCurrent(BUILD) ? BUILD : SOURCE).href);
