/** Files that are whole at any moment, whoever dies when. The writer holds the lock. */
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { isMissing } from "#domain/missing-file.ts";

/** A crash leaves the old file or the new one. The text is on disk when this settles. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Always the same name: what a crash left of it is written over by the next writer.
  const unfinished = join(folder, `.${basename(path)}.unfinished`);
  await writeAndSync(unfinished, "w", text);
  await rename(unfinished, path);
  await syncFolder(folder);
}

const NEWLINE = "\n";

/** Adds a line. Half a line that a crash left is closed first, so that it spoils no other. */
export async function appendLine(path: string, line: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const before = (await readIfThere(path)) ?? "";
  const start = before === "" || before.endsWith(NEWLINE) ? "" : NEWLINE;
  await writeAndSync(path, "a", `${start}${line}${NEWLINE}`);
  if (before === "") await syncFolder(folder);
}

async function writeAndSync(path: string, how: "w" | "a", text: string): Promise<void> {
  await using file = await open(path, how);
  await file.writeFile(text);
  await file.sync();
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, "r");
  await folder.sync();
}

/** Null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  return await unlessMissing(readFile(path, "utf8"), null);
}

/** The names in a folder, sorted, those that begin with a dot left out; none where there is none. */
export async function namesIn(path: string): Promise<readonly string[]> {
  const names = await unlessMissing(readdir(path), []);
  return names.filter((name) => !name.startsWith(".")).toSorted();
}

async function unlessMissing<Found>(reading: Promise<Found>, instead: Found): Promise<Found> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return instead;
    throw error;
  }
}
