/** How large the files of a data folder are. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export interface FileSize {
  readonly file: string;
  readonly bytes: number;
}

/** The largest first; what lies in a folder of it counts together. */
export async function fileSizes(folder: string): Promise<FileSize[]> {
  const sums = new Map<string, number>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const [top = ""] = path.slice(folder.length + 1).split("/");
    sums.set(top, (sums.get(top) ?? 0) + (await sizeOf(path)));
  }
  const sizes = [...sums].map(([file, bytes]) => ({ file, bytes }));
  return sizes.toSorted((a, b) => b.bytes - a.bytes);
}

/** One that went meanwhile needs nothing. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}
