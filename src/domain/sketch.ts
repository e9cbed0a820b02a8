/**
 * How long executions took, as counts by logarithmic bucket: two of them add up exactly, and a quantile
 * is off by 1 % at most. Kept as one value, since thousands of rows would be read for each dashboard.
 */

/** How many durations fell into each bucket, by the bucket's number; most have none. */
export type Sketch = number[];

/** Bucket b holds durations in (1.02^(b-1), 1.02^b] milliseconds, bucket 0 everything up to one (DDSketch). */
const LOG_GROWTH = Math.log(1.02);

export function bucketOf(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / LOG_GROWTH - 1e-9);
}

/** The middle of a bucket, in milliseconds. */
function valueOf(bucket: number): number {
  return bucket === 0 ? 1 : Math.exp((bucket - 0.5) * LOG_GROWTH);
}

export function addCount(sketch: Sketch, bucket: number, n: number): void {
  sketch[bucket] = (sketch[bucket] ?? 0) + n;
}

/** The duration that the share `q` does not exceed, in milliseconds; null: there are none. */
export function quantileOf(sketch: Sketch, q: number): number | null {
  const total = sketch.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  let rank = Math.max(1, Math.ceil(q * total));
  const bucket = sketch.findIndex((n) => (rank -= n ?? 0) <= 0);
  return Math.round(valueOf(bucket));
}

/** The same bytes for the same counts: by bucket, each as its distance to the one before and its count. */
export function encodeSketch(sketch: Sketch): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  sketch.forEach((n, bucket) => {
    if (n === 0) return;
    putNumber(bytes, bucket - before);
    putNumber(bytes, n);
    before = bucket;
  });
  return Uint8Array.from(bytes);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function putNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

/** Adds what was encoded. A dashboard reads thousands, so it decodes in place. */
export function addEncoded(sketch: Sketch, bytes: Uint8Array): void {
  let at = 0;
  const next = (): number => {
    let value = 0;
    let scale = 1;
    let byte = 128;
    for (; byte > 127; scale *= 128) {
      byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
    }
    return value;
  };
  for (let bucket = 0; at < bytes.length;) {
    bucket += next();
    sketch[bucket] = (sketch[bucket] ?? 0) + next();
  }
}
