import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Fault } from "#domain/fault.ts";
import { isMissing } from "#domain/missing-file.ts";

const SHORTEST = 32;

/**
 * What signs sessions: `STINT_SECRET`, else a file in the data folder that only its owner may read, made at the first
 * start. Two processes that start at once agree on one: a file gets its name only when it is whole, and only once.
 */
export function readSecret(folder: string, fromEnvironment: string | undefined): string {
  if (fromEnvironment !== undefined && fromEnvironment !== "") return checked(fromEnvironment);
  const path = join(folder, "secret");
  return read(path) ?? make(folder, path);
}

function checked(secret: string): string {
  if (secret.length >= SHORTEST) return secret;
  throw new Fault("invalid", `STINT_SECRET has ${secret.length} characters; it needs ${SHORTEST}`, {
    suggestion: "Set it to the output of: openssl rand -hex 32",
  });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function make(folder: string, path: string): string {
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return read(path) ?? make(folder, path);
}
