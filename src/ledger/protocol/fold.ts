/** Collects contributions and writes each touched roll-up row once. */
import { addCount, addEncoded, encodeSketch, type Sketch } from "#domain/sketch.ts";

import {
  type Contributing,
  type Contribution,
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
  /** Where nothing is left after something was taken out, no row is. */
  readonly dropRollup: Statement;
  readonly dropSketch: Statement;
  readonly dropTotal: Statement;
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
    dropRollup: changing(
      `delete from ${rollups} where ws = ? and agent = ? and kind = ? and state = ? and span = ? and start = ?
       and n = 0`,
    ),
    dropSketch: changing(
      `delete from ${sketches} where ws = ? and agent = ? and kind = ? and span = ? and start = ?`,
    ),
    dropTotal: changing(
      `delete from ${totals} where ws = ? and agent = ? and kind = ? and span = ? and start = ? and name = ?
       and n = 0`,
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
  /** Something was taken out: what is nothing now leaves no row. */
  #hasTaken = false;

  add(row: Contributing, state: string, endedAt: number): void {
    this.#count(contribution(row, state, endedAt), 1);
  }

  /** Takes out again what was added when it ended so. */
  take(row: Contributing, state: string, endedAt: number): void {
    this.#hasTaken = true;
    this.#count(contribution(row, state, endedAt), -1);
  }

  *write(into: SumTables = KEPT): Protocol<void> {
    for (const sum of this.#sums.values()) yield* this.#writeSum(into, sum);
    for (const durations of this.#durations.values()) yield* this.#writeSketch(into, durations);
    for (const total of this.#totals.values()) yield* this.#writeTotal(into, total);
  }

  *#writeSum(into: SumTables, { key: k, sum: s }: Sum): Protocol<void> {
    const key = [k.ws, k.agent, k.kind, k.state, k.span, k.start];
    const sums = [s.n, s.durationMs, s.activeMs, s.steps, s.retries, s.warnings];
    yield { statement: into.addRollup, parameters: [...key, ...sums] };
    if (this.#hasTaken) yield { statement: into.dropRollup, parameters: key };
  }

  *#writeSketch(into: SumTables, { key: k, sketch }: Durations): Protocol<void> {
    const key = [k.ws, k.agent, k.kind, k.span, k.start];
    const [before] = yield* query<{ counts: Uint8Array }>(into.readSketch, key);
    if (before !== undefined) addEncoded(sketch, before.counts);
    const counts = encodeSketch(sketch);
    if (counts.length === 0) yield { statement: into.dropSketch, parameters: key };
    else yield { statement: into.putSketch, parameters: [...key, counts] };
  }

  *#writeTotal(into: SumTables, { key: k, name, n }: NamedTotal): Protocol<void> {
    const key = [k.ws, k.agent, k.kind, k.span, k.start, name];
    yield { statement: into.addTotal, parameters: [...key, n] };
    if (this.#hasTaken) yield { statement: into.dropTotal, parameters: key };
  }

  /** @param times 1 adds it, -1 takes it out */
  #count({ keys, sum, bucket, totals }: Contribution, times: 1 | -1): void {
    for (const key of keys) {
      const group = `${key.span}${key.start}/${key.ws}/${key.agent}/${key.kind}`;
      this.#addSum(`${group}/${key.state}`, key, sum, times);
      if (bucket !== null) this.#addDuration(group, key, bucket, times);
      for (const [name, n] of totals)
        this.#addTotal(`${group}/${name}`, { key, name, n: n * times });
    }
  }

  #addSum(name: string, key: RollupKey, sum: RollupSum, times: number): void {
    let found = this.#sums.get(name)?.sum;
    if (found === undefined) this.#sums.set(name, { key, sum: (found = { ...NO_SUM }) });
    for (const part of SUM_PARTS) found[part] += sum[part] * times;
  }

  #addDuration(under: string, key: RollupKey, bucket: number, times: number): void {
    const found = this.#durations.get(under)?.sketch;
    const sketch: Sketch = found ?? [];
    addCount(sketch, bucket, times);
    if (found === undefined) this.#durations.set(under, { key, sketch });
  }

  #addTotal(under: string, total: NamedTotal): void {
    const found = this.#totals.get(under);
    if (found === undefined) this.#totals.set(under, total);
    else found.n += total.n;
  }
}

const NO_SUM: RollupSum = {
  n: 0,
  durationMs: 0,
  activeMs: 0,
  steps: 0,
  retries: 0,
  warnings: 0,
};
const SUM_PARTS = Object.keys(NO_SUM) as (keyof RollupSum)[];
