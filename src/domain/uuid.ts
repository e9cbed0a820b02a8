/**
 * UUIDv7 with a pool of random bytes: asking the system for them each time costs more than all the
 * rest. What is made later sorts later, within a millisecond too.
 */
import { v7 } from "uuid";

const RANDOM_BYTES = 16;
const pool = new Uint8Array(256 * RANDOM_BYTES);
const words = new DataView(pool.buffer);
let used = pool.length;
let msecs = 0;
let seq = 0;

export function uuid(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + RANDOM_BYTES);
  moveOn(words.getUint32(used));
  used += RANDOM_BYTES;
  return v7({ random, msecs, seq });
}

/** A new millisecond begins at a random number of 31 bits; within it the numbers grow. */
function moveOn(random: number): void {
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = random >>> 1;
  } else {
    seq = (seq + 1) & 0x7fff_ffff;
    if (seq === 0) msecs += 1;
  }
}
