import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Text by path, the path seen from the root of the repository. */
export type Sources = ReadonlyMap<string, string>;

const FOLDERS = ["src", "web", "test", "bench", "examples", "scripts"];
const NOT_OURS = /(^|\/)(node_modules|dist)\//;

/** Every file below these folders whose name ends so, sorted. */
export function filesBelow(folders: readonly string[], ending: RegExp): readonly string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
    )
    .filter((path) => ending.test(path) && !NOT_OURS.test(path))
    .toSorted();
}

export function readSources(): Sources {
  return new Map(filesBelow(FOLDERS, /\.tsx?$/).map((path) => [path, readFileSync(path, "utf8")]));
}
