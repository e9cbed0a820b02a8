import { FACTS_VERSION } from "#domain/facts.ts";

import type { Append } from "../items.ts";
import type { Batch } from "./batch.ts";

interface Stream {
  readonly no: number;
  readonly lane: number;
  /** After these facts. */
  readonly version: number;
  readonly epoch: number;
}

/** Adds facts to a stream; answers with the position of the last one. */
export function addFacts(
  batch: Batch,
  stream: Stream,
  { at, count, data, payloads }: Append,
): number {
  const { no, lane, version, epoch } = stream;
  batch.counters.position += count;
  const { position } = batch.counters;
  batch.facts.push(position, no, lane, version, count, FACTS_VERSION, epoch, at, data);
  if (payloads !== undefined) {
    for (const { part, subject, body } of payloads) {
      batch.payloads.push(no, lane, version, part, subject, body);
    }
  }
  return position;
}
