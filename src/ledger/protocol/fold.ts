/** Collects a batch's contributions and writes each touched roll-up row once. */
import { contribution, type RollupKey, type RollupSum } from "../contribution.ts";
import type { EndedRow } from "../items.ts";
import { changing, type Protocol } from "../statement.ts";

const ADD_ROLLUP = changing(
  `insert into rollups (ws, agent, kind, state, span, start, n, duration_ms, active_ms, steps, retries, warnings)
   values (?,?,?,?,?,?,?,?,?,?,?,?)
   on conflict (ws, span, start, agent, kind, state) do update set n = rollups.n + excluded.n,
     duration_ms = rollups.duration_ms + excluded.duration_ms, active_ms = rollups.active_ms + excluded.active_ms,
     steps = rollups.steps + excluded.steps, retries = rollups.retries + excluded.retries,
     warnings = rollups.warnings + excluded.warnings`,
);
const ADD_SKETCH = changing(
  `insert into sketches (ws, agent, kind, span, start, bucket, n) values (?,?,?,?,?,?,?)
   on conflict (ws, span, start, agent, kind, bucket) do update set n = sketches.n + excluded.n`,
);

interface Sum {
  readonly key: RollupKey;
  readonly sum: RollupSum;
}
interface Bucket {
  readonly key: RollupKey;
  readonly bucket: number;
  n: number;
}

export class Fold {
  readonly #sums = new Map<string, Sum>();
  readonly #buckets = new Map<string, Bucket>();

  add(row: EndedRow, state: string, endedAt: number): void {
    const { keys, sum, bucket } = contribution(row, state, endedAt);
    for (const key of keys) {
      const group = `${key.span}${key.start}/${key.ws}/${key.agent}/${key.kind}`;
      this.#addSum(`${group}/${state}`, key, sum);
      if (bucket !== null) this.#addBucket(`${group}/${bucket}`, key, bucket);
    }
  }

  *write(): Protocol<void> {
    for (const { key: k, sum: s } of this.#sums.values()) {
      const key = [k.ws, k.agent, k.kind, k.state, k.span, k.start];
      const sums = [s.n, s.durationMs, s.activeMs, s.steps, s.retries, s.warnings];
      yield { statement: ADD_ROLLUP, parameters: [...key, ...sums] };
    }
    for (const { key: k, bucket, n } of this.#buckets.values()) {
      const parameters = [k.ws, k.agent, k.kind, k.span, k.start, bucket, n];
      yield { statement: ADD_SKETCH, parameters };
    }
  }

  #addSum(name: string, key: RollupKey, sum: RollupSum): void {
    const found = this.#sums.get(name)?.sum;
    if (found === undefined) {
      this.#sums.set(name, { key, sum: { ...sum } });
      return;
    }
    found.n += sum.n;
    found.durationMs += sum.durationMs;
    found.activeMs += sum.activeMs;
    found.steps += sum.steps;
    found.retries += sum.retries;
    found.warnings += sum.warnings;
  }

  #addBucket(name: string, key: RollupKey, bucket: number): void {
    const found = this.#buckets.get(name);
    if (found === undefined) this.#buckets.set(name, { key, bucket, n: 1 });
    else found.n += 1;
  }
}
