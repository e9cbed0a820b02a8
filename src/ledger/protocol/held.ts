/**
 * Who may append to a stream: its owner, at its epoch and at the version it has read. The version is what
 * the stream's facts say, so that a step has no row to rewrite.
 */
import type { SqlValue } from "#store/store.ts";

import type { Place } from "../items.ts";
import { query, reading, type Protocol } from "../statement.ts";

/**
 * Sees facts of earlier batches only. Of two appends at one version in one batch, the unique key of facts
 * refuses the second: the batch is undone, and each of its items is carried out in one of its own.
 */
export const HELD_AT = `no = ? and lane = ? and epoch = ? and owner is not null
   and (select max(version) from facts where no = ? and lane = ?) = ?`;
const HOLDING = reading(`select 1 from live where ${HELD_AT}`);

/** The parameters of {@link HELD_AT}. */
export function heldAt({ no, lane, epoch, version }: Place): readonly SqlValue[] {
  return [no, lane, epoch, no, lane, version];
}

export function* holding(place: Place): Protocol<boolean> {
  return (yield* query(HOLDING, heldAt(place))).length === 1;
}
