/** What a backup says of itself, so that whoever restores it knows that it is whole. */
import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { z } from "zod";

import { Fault } from "#domain/fault.ts";

export const MANIFEST = "backup.json";

const manifestSchema = z.object({
  format: z.literal(1),
  ledgerId: z.string(),
  /** When the cut was made, in epoch milliseconds. */
  at: z.number(),
  /** Of the last fact in it. */
  position: z.number(),
  counts: z.object({ facts: z.number(), open: z.number(), ended: z.number() }),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type Manifest = z.output<typeof manifestSchema>;
export type Counts = Manifest["counts"];

/** @throws Fault `invalid` where there is none, or one that this Stint does not read */
export function readManifest(folder: string): Manifest {
  const parsed = manifestSchema.safeParse(readJson(join(folder, MANIFEST)));
  if (parsed.success) return parsed.data;
  throw new Fault("invalid", `${folder} is no backup that this Stint can read`, {
    suggestion: `Name a folder that \`stint backup\` made: there is a ${MANIFEST} in it`,
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
