/**
 * What SQLite cannot say by itself: its `lower` and `like` know no letters beyond ASCII, and it has
 * no collation of languages. A search must find exactly what a condition holds for, so it asks the
 * same code. Connections that read have these functions; no index and no write may use them.
 */
import type { AggregateOptions, DatabaseSync, SQLOutputValue } from "node:sqlite";

import { compareValues } from "#domain/comparing.ts";
import { OPERATORS, type Operator } from "#domain/plan.ts";
import { addEncoded, encodeSketch, type Sketch } from "#domain/sketch.ts";

const NEVER = { now: 0, zone: "UTC" };

/** `text_holds(operator, actual, expected)`: 1 where the comparison of two texts or numbers holds. */
export function defineFunctions(db: DatabaseSync): void {
  db.function("text_holds", { deterministic: true }, (operator, actual, expected) =>
    compareValues(operatorOf(operator), plain(actual), plain(expected), NEVER, "text") ? 1 : 0,
  );
  defineSketches(db);
}

/** `add_sketches(counts)`: the sum of a group's sketches of durations. */
function defineSketches(db: DatabaseSync): void {
  db.aggregate("add_sketches", {
    start: (): Sketch => [],
    step: (sketch: Sketch, counts: SQLOutputValue) => {
      if (counts instanceof Uint8Array) addEncoded(sketch, counts);
      return sketch;
    },
    result: encodeSketch,
  } as unknown as AggregateOptions<Uint8Array>);
}

function operatorOf(text: SQLOutputValue): Operator {
  const operator = OPERATORS.find((one) => one === text);
  if (operator === undefined) throw new TypeError(`text_holds knows no operator ${String(text)}`);
  return operator;
}

function plain(value: SQLOutputValue): string | number | null {
  return typeof value === "string" || typeof value === "number" ? value : null;
}
