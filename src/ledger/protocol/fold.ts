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

export interface Fold {
  readonly add: (row: EndedRow, state: string, endedAt: number) => void;
  readonly write: () => Protocol<void>;
}

export function openFold(): Fold {
  const sums = new Map<string, { readonly key: RollupKey; readonly sum: RollupSum }>();
  const buckets = new Map<
    string,
    { readonly key: RollupKey; readonly bucket: number; n: number }
  >();

  function addSum(name: string, key: RollupKey, sum: RollupSum): void {
    const found = sums.get(name);
    if (found === undefined) {
      sums.set(name, { key, sum: { ...sum } });
      return;
    }
    found.sum.n += sum.n;
    found.sum.durationMs += sum.durationMs;
    found.sum.activeMs += sum.activeMs;
    found.sum.steps += sum.steps;
    found.sum.retries += sum.retries;
    found.sum.warnings += sum.warnings;
  }

  function addBucket(name: string, key: RollupKey, bucket: number): void {
    const found = buckets.get(name);
    if (found === undefined) buckets.set(name, { key, bucket, n: 1 });
    else found.n += 1;
  }

  return {
    add: (row, state, endedAt) => {
      const { keys, sum, bucket } = contribution(row, state, endedAt);
      for (const key of keys) {
        const group = `${key.span}${key.start}/${key.ws}/${key.agent}/${key.kind}`;
        addSum(`${group}/${state}`, key, sum);
        if (bucket !== null) addBucket(`${group}/${bucket}`, key, bucket);
      }
    },
    *write() {
      for (const { key: k, sum: s } of sums.values()) {
        yield {
          statement: ADD_ROLLUP,
          parameters: [
            k.ws,
            k.agent,
            k.kind,
            k.state,
            k.span,
            k.start,
            s.n,
            s.durationMs,
            s.activeMs,
            s.steps,
            s.retries,
            s.warnings,
          ],
        };
      }
      for (const { key: k, bucket, n } of buckets.values()) {
        yield {
          statement: ADD_SKETCH,
          parameters: [k.ws, k.agent, k.kind, k.span, k.start, bucket, n],
        };
      }
    },
  };
}
