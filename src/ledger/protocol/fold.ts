/** Collects contributions and writes each touched roll-up row once. */
import {
  type Contributing,
  contribution,
  type RollupKey,
  type RollupSum,
} from "../contribution.ts";
import { changing, type Protocol, type Statement } from "../statement.ts";

/** Where sums are kept: of all that ended, or of what was pruned. */
export interface SumTables {
  readonly rollups: Statement;
  readonly sketches: Statement;
}

function sumTables(rollups: string, sketches: string): SumTables {
  const add = (table: string, columns: readonly string[]): string =>
    columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(", ");
  return {
    rollups: changing(
      `insert into ${rollups} (ws, agent, kind, state, span, start, ${SUMS.join(", ")})
       values (?,?,?,?,?,?,?,?,?,?,?,?)
       on conflict (ws, span, start, agent, kind, state) do update set ${add(rollups, SUMS)}`,
    ),
    sketches: changing(
      `insert into ${sketches} (ws, agent, kind, span, start, bucket, n) values (?,?,?,?,?,?,?)
       on conflict (ws, span, start, agent, kind, bucket) do update set ${add(sketches, ["n"])}`,
    ),
  };
}

const SUMS = ["n", "duration_ms", "active_ms", "steps", "retries", "warnings"];
const KEPT = sumTables("rollups", "sketches");
export const BASE = sumTables("rollup_base", "sketch_base");

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

  add(row: Contributing, state: string, endedAt: number): void {
    const { keys, sum, bucket } = contribution(row, state, endedAt);
    for (const key of keys) {
      const group = `${key.span}${key.start}/${key.ws}/${key.agent}/${key.kind}`;
      this.#addSum(`${group}/${state}`, key, sum);
      if (bucket !== null) this.#addBucket(`${group}/${bucket}`, key, bucket);
    }
  }

  *write(into: SumTables = KEPT): Protocol<void> {
    for (const { key: k, sum: s } of this.#sums.values()) {
      const key = [k.ws, k.agent, k.kind, k.state, k.span, k.start];
      const sums = [s.n, s.durationMs, s.activeMs, s.steps, s.retries, s.warnings];
      yield { statement: into.rollups, parameters: [...key, ...sums] };
    }
    for (const { key: k, bucket, n } of this.#buckets.values()) {
      const parameters = [k.ws, k.agent, k.kind, k.span, k.start, bucket, n];
      yield { statement: into.sketches, parameters };
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
