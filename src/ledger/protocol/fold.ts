/** Collects a batch's contributions and writes each touched roll-up row once. */
import { addCount, addEncoded, encodeSketch, type Sketch } from "#domain/sketch.ts";

import { contribution, type RollupKey, type RollupSum } from "../contribution.ts";
import type { EndedRow } from "../items.ts";
import { changing, type Protocol, query, reading } from "../statement.ts";

const ADD_ROLLUP = changing(
  `insert into rollups (ws, agent, kind, state, span, start, n, duration_ms, active_ms, steps, retries, warnings)
   values (?,?,?,?,?,?,?,?,?,?,?,?)
   on conflict (ws, span, start, agent, kind, state) do update set n = rollups.n + excluded.n,
     duration_ms = rollups.duration_ms + excluded.duration_ms, active_ms = rollups.active_ms + excluded.active_ms,
     steps = rollups.steps + excluded.steps, retries = rollups.retries + excluded.retries,
     warnings = rollups.warnings + excluded.warnings`,
);
const READ_SKETCH = reading(
  `select counts from sketches where ws = ? and agent = ? and kind = ? and span = ? and start = ?`,
);
const PUT_SKETCH = changing(
  `insert into sketches (ws, agent, kind, span, start, counts) values (?,?,?,?,?,?)
   on conflict (ws, span, start, agent, kind) do update set counts = excluded.counts`,
);
const ADD_TOTAL = changing(
  `insert into totals (ws, agent, kind, span, start, name, n) values (?,?,?,?,?,?,?)
   on conflict (ws, span, start, agent, kind, name) do update set n = totals.n + excluded.n`,
);

interface Sum {
  readonly key: RollupKey;
  readonly sum: RollupSum;
}
interface Durations {
  readonly key: RollupKey;
  readonly sketch: Sketch;
}
interface NamedTotal {
  readonly key: RollupKey;
  readonly name: string;
  n: number;
}

export class Fold {
  readonly #sums = new Map<string, Sum>();
  readonly #durations = new Map<string, Durations>();
  readonly #totals = new Map<string, NamedTotal>();

  add(row: EndedRow, state: string, endedAt: number): void {
    const { keys, sum, bucket, totals } = contribution(row, state, endedAt);
    for (const key of keys) {
      const group = `${key.span}${key.start}/${key.ws}/${key.agent}/${key.kind}`;
      this.#addSum(`${group}/${state}`, key, sum);
      if (bucket !== null) this.#addDuration(group, key, bucket);
      for (const [name, n] of totals) this.#addTotal(`${group}/${name}`, { key, name, n });
    }
  }

  *write(): Protocol<void> {
    for (const { key: k, sum: s } of this.#sums.values()) {
      const key = [k.ws, k.agent, k.kind, k.state, k.span, k.start];
      const sums = [s.n, s.durationMs, s.activeMs, s.steps, s.retries, s.warnings];
      yield { statement: ADD_ROLLUP, parameters: [...key, ...sums] };
    }
    for (const { key: k, sketch } of this.#durations.values()) {
      const key = [k.ws, k.agent, k.kind, k.span, k.start];
      const [before] = yield* query<{ counts: Uint8Array }>(READ_SKETCH, key);
      if (before !== undefined) addEncoded(sketch, before.counts);
      yield { statement: PUT_SKETCH, parameters: [...key, encodeSketch(sketch)] };
    }
    for (const { key: k, name, n } of this.#totals.values()) {
      const parameters = [k.ws, k.agent, k.kind, k.span, k.start, name, n];
      yield { statement: ADD_TOTAL, parameters };
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

  #addDuration(under: string, key: RollupKey, bucket: number): void {
    const found = this.#durations.get(under)?.sketch;
    const sketch: Sketch = found ?? [];
    addCount(sketch, bucket, 1);
    if (found === undefined) this.#durations.set(under, { key, sketch });
  }

  #addTotal(under: string, total: NamedTotal): void {
    const found = this.#totals.get(under);
    if (found === undefined) this.#totals.set(under, total);
    else found.n += total.n;
  }
}
