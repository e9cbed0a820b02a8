/** Collects contributions and writes each touched roll-up row once. */
import { addCount, addEncoded, encodeSketch, type Sketch } from "#domain/sketch.ts";

import {
  type Contributing,
  contribution,
  type RollupKey,
  type RollupSum,
} from "../contribution.ts";
import { changing, type Protocol, query, reading, type Statement } from "../statement.ts";

/** Where sums are kept: of all that ended, or of what was pruned. */
export interface SumTables {
  readonly addRollup: Statement;
  readonly readSketch: Statement;
  readonly putSketch: Statement;
  readonly addTotal: Statement;
}

const SUMS = ["n", "duration_ms", "active_ms", "steps", "retries", "warnings"];

function sumTables(rollups: string, sketches: string, totals: string): SumTables {
  const sums = SUMS.map((sum) => `${sum} = ${rollups}.${sum} + excluded.${sum}`);
  return {
    addRollup: changing(
      `insert into ${rollups} (ws, agent, kind, state, span, start, ${SUMS.join(", ")})
       values (?,?,?,?,?,?,?,?,?,?,?,?)
       on conflict (ws, span, start, agent, kind, state) do update set ${sums.join(", ")}`,
    ),
    readSketch: reading(
      `select counts from ${sketches} where ws = ? and agent = ? and kind = ? and span = ? and start = ?`,
    ),
    putSketch: changing(
      `insert into ${sketches} (ws, agent, kind, span, start, counts) values (?,?,?,?,?,?)
       on conflict (ws, span, start, agent, kind) do update set counts = excluded.counts`,
    ),
    addTotal: changing(
      `insert into ${totals} (ws, agent, kind, span, start, name, n) values (?,?,?,?,?,?,?)
       on conflict (ws, span, start, agent, kind, name) do update set n = ${totals}.n + excluded.n`,
    ),
  };
}

const KEPT = sumTables("rollups", "sketches", "totals");
export const BASE = sumTables("rollup_base", "sketch_base", "total_base");

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

  add(row: Contributing, state: string, endedAt: number): void {
    const { keys, sum, bucket, totals } = contribution(row, state, endedAt);
    for (const key of keys) {
      const group = `${key.span}${key.start}/${key.ws}/${key.agent}/${key.kind}`;
      this.#addSum(`${group}/${state}`, key, sum);
      if (bucket !== null) this.#addDuration(group, key, bucket);
      for (const [name, n] of totals) this.#addTotal(`${group}/${name}`, { key, name, n });
    }
  }

  *write(into: SumTables = KEPT): Protocol<void> {
    for (const { key: k, sum: s } of this.#sums.values()) {
      const key = [k.ws, k.agent, k.kind, k.state, k.span, k.start];
      const sums = [s.n, s.durationMs, s.activeMs, s.steps, s.retries, s.warnings];
      yield { statement: into.addRollup, parameters: [...key, ...sums] };
    }
    for (const { key: k, sketch } of this.#durations.values()) {
      const key = [k.ws, k.agent, k.kind, k.span, k.start];
      const [before] = yield* query<{ counts: Uint8Array }>(into.readSketch, key);
      if (before !== undefined) addEncoded(sketch, before.counts);
      yield { statement: into.putSketch, parameters: [...key, encodeSketch(sketch)] };
    }
    for (const { key: k, name, n } of this.#totals.values()) {
      const parameters = [k.ws, k.agent, k.kind, k.span, k.start, name, n];
      yield { statement: into.addTotal, parameters };
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
