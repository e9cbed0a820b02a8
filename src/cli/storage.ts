import type { WholeStorage } from "#contract/shapes/retention.ts";

import { EXIT } from "./exit-codes.ts";
import { reachFolder } from "./holder-client.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export interface StorageOptions {
  readonly data: string;
  readonly json: boolean;
}

export async function showStorage(terminal: Terminal, options: StorageOptions): Promise<number> {
  await using client = await reachFolder(options.data);
  const storage = (await client.ask({ method: "GET", path: "/api/storage" })) as WholeStorage;
  if (options.json) terminal.out(JSON.stringify(storage));
  else for (const line of phrase(storage)) terminal.out(line);
  return EXIT.done;
}

function phrase({ tables, freeBytes, files }: WholeStorage): readonly string[] {
  const rows = tables.map(({ table: name, bytes }) => [name, phraseBytes(bytes)]);
  return [
    ...table(
      ["FILE", "SIZE"],
      files.map(({ file, bytes }) => [file, phraseBytes(bytes)]),
    ),
    "",
    ...table(["TABLE OF stint.db", "SIZE"], [...rows, ["(free pages)", phraseBytes(freeBytes)]]),
  ];
}

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;

function phraseBytes(bytes: number): string {
  let [size, unit] = [bytes, 0];
  for (; size >= 1024 && unit < UNITS.length - 1; unit += 1) size /= 1024;
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit] ?? ""}`;
}
