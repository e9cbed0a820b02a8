import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

import { Fault } from "#domain/fault.ts";

import { type FilterOptions, queryOf } from "./execution-filters.ts";
import { EXIT } from "./exit-codes.ts";
import { placeOf, reach } from "./reach.ts";
import { findWorkspace } from "./workspace.ts";

export interface ExportOptions extends FilterOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly format: string;
  readonly out?: string;
}

/** Writes the file as it comes in. @throws Fault where it breaks off, or the file cannot be written */
export async function exportExecutions(options: ExportOptions): Promise<number> {
  await using client = await reach(placeOf(options.data));
  const { id } = await findWorkspace(client, options.workspace);
  const query = await queryOf(client, id, options);
  query.set("format", options.format);
  const path = `/api/workspaces/${id}/executions/export?${query.toString()}`;
  const file = await client.stream({ method: "GET", path });
  try {
    if (options.out === undefined) await pipeline(file, process.stdout, { end: false });
    else await pipeline(file, createWriteStream(options.out));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("unavailable", `The export broke off: ${why}`, {
      cause,
      suggestion: "Try again; what was written is not the whole of it",
    });
  }
  return EXIT.done;
}
