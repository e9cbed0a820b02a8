import type { Readable } from "node:stream";

import type { FastifyInstance } from "fastify";

import { decodeCsv } from "#crm/csv.ts";
import { Fault } from "#domain/fault.ts";

import { readJson } from "./malformed.ts";

const MIB = 1024 * 1024;
const MOST_JSON = MIB;
const MOST_CSV = 32 * MIB;
/** A refused body is still read this far: who is cut off while sending often never sees the answer. */
const MOST_DRAINED = 64 * MIB;

/** The bodies that the API understands; another media type answers 415. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json\b/,
    async (_request: unknown, payload: Readable) => {
      const text = (await gather(payload, MOST_JSON, "A JSON body")).toString("utf8");
      return text.trim() === "" ? undefined : readJson(text);
    },
  );
  app.addContentTypeParser("text/csv", async (_request: unknown, payload: Readable) =>
    decodeCsv(await gather(payload, MOST_CSV, "A CSV file")),
  );
}

/** @throws Fault `too_large` once it is longer than `most`. */
async function gather(payload: Readable, most: number, what: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of payload as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_DRAINED) break;
    if (size > most) parts.length = 0;
    else parts.push(part);
  }
  if (size <= most) return Buffer.concat(parts);

  throw new Fault("too_large", `${what} may have at most ${most / MIB} MiB`, {
    suggestion: "Send less at once",
    facts: { limitBytes: most },
  });
}
