/**
 * How long executions took, as counts by logarithmic bucket: two of them add up exactly, and a quantile
 * is off by 1 % at most. Kept as one value, since thousands of rows would be read for each dashboard.
 */

/** How many durations fell into each bucket. */
export type Sketch = Map<number, number>;

/** Bucket b holds durations in (1.02^(b-1), 1.02^b] milliseconds, bucket 0 everything up to one (DDSketch). */
const LOG_GROWTH = Math.log(1.02);

export function bucketOf(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / LOG_GROWTH - 1e-9);
}

/** The middle of a bucket, in milliseconds. */
function valueOf(bucket: number): number {
  return bucket === 0 ? 1 : Math.exp((bucket - 0.5) * LOG_GROWTH);
}

export function addTo(sketch: Sketch, other: Sketch): void {
  for (const [bucket, n] of other) sketch.set(bucket, (sketch.get(bucket) ?? 0) + n);
}

/** The duration that the share `q` does not exceed, in milliseconds; null: there are none. */
export function quantileOf(sketch: Sketch, q: number): number | null {
  let total = 0;
  for (const n of sketch.values()) total += n;
  if (total === 0) return null;
  let rank = Math.max(1, Math.ceil(q * total));
  for (const bucket of [...sketch.keys()].toSorted((a, b) => a - b)) {
    rank -= sketch.get(bucket) ?? 0;
    if (rank <= 0) return Math.round(valueOf(bucket));
  }
  return null;
}

/** The same bytes for the same counts: by bucket, each as its distance to the one before and its count. */
export function encodeSketch(sketch: Sketch): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const bucket of [...sketch.keys()].toSorted((a, b) => a - b)) {
    putNumber(bytes, bucket - before);
    putNumber(bytes, sketch.get(bucket) ?? 0);
    before = bucket;
  }
  return Uint8Array.from(bytes);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function putNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

/** Adds what was encoded. */
export function addEncoded(sketch: Sketch, bytes: Uint8Array): void {
  let [value, scale, bucket, isCount] = [0, 1, 0, false];
  for (const byte of bytes) {
    value += (byte % 128) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    if (isCount) sketch.set(bucket, (sketch.get(bucket) ?? 0) + value);
    else bucket += value;
    [value, scale, isCount] = [0, 1, !isCount];
  }
}
