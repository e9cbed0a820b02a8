import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { ERROR_STATES, errorGroupsQuerySchema } from "#contract/shapes/error-groups.ts";
import { DATE_RANGES } from "#contract/shapes/executions.ts";

import { filterOf, readErrorFilter, shownBy } from "./filter.ts";
import { arrange, besides } from "./order.ts";
import { ACTS_OF, phraseCourse, phraseError, phraseWhere, undoing } from "./words.ts";

const states = fc.constantFrom(...ERROR_STATES);
const ranges = fc.constantFrom(...DATE_RANGES);

test("PA-350 which errors are shown stands in the address and is read back the same; the server understands it", () => {
  fc.assert(
    fc.property(states, ranges, (state, dateRange) => {
      const filter = filterOf(state, dateRange);
      assert.deepEqual(readErrorFilter({ ...filter }), filter);
      assert.deepEqual(shownBy(filter), { state, dateRange });
      assert.ok(errorGroupsQuerySchema.safeParse(shownBy(filter)).success);
    }),
  );
  assert.deepEqual(filterOf("open", "30d"), {});
  assert.deepEqual(readErrorFilter({ state: "solved", range: "1y" }), {});
});

test("PA-351 rows stay where they are while they are looked at; what comes up meanwhile waits, and what has left is gone", () => {
  const ids = fc.uniqueArray(fc.nat(20).map(String), { maxLength: 10 });
  fc.assert(
    fc.property(ids, ids, (known, now) => {
      const items = now.map((id) => ({ id }));
      const { rows, fresh } = arrange(items, known);
      const shown = rows.map(({ id }) => id);
      assert.deepEqual(
        shown,
        known.filter((id) => now.includes(id)),
      );
      assert.deepEqual(
        fresh.map(({ id }) => id),
        now.filter((id) => !known.includes(id)),
      );
      assert.deepEqual(arrange(items, undefined), { rows: items, fresh: [] });
    }),
  );
});

test("PA-352 who goes by keys goes on at the row after the one that leaves, at the end at the one before", () => {
  assert.equal(besides(["a", "b", "c"], "b"), "c");
  assert.equal(besides(["a", "b"], "b"), "a");
  assert.equal(besides(["a"], "a"), undefined);
  assert.equal(besides(["a"], "x"), undefined);
});

test("PA-353 whatever was done to an error can be taken back, and that as well", () => {
  for (const state of ERROR_STATES) {
    for (const act of ACTS_OF[state]) {
      const asked = { act, group: { id: "err_1", message: "It broke", state } };
      const back = undoing(asked);
      assert.notEqual(back.act, act);
      assert.ok(ACTS_OF[back.group.state].includes(back.act));
      assert.deepEqual(undoing(back), asked);
    }
  }
});

test("PA-354 an error says who met it and how it came", () => {
  const agent = (name: string, deleted = false) => ({ id: "agt_1" as never, name, deleted });
  const kind = "automation";
  assert.equal(phraseWhere({ kind: "invocation", agents: [] }), "Agent CLI");
  assert.equal(phraseWhere({ kind, agents: [agent("A"), agent("B", true)] }), "A and B (deleted)");
  const many = ["A", "B", "C", "D"].map((name) => agent(name));
  assert.equal(phraseWhere({ kind, agents: many }), "A, B and 2 more");
  const hours = Array.from({ length: 24 }, (_, hour) => (hour === 3 ? 5 : 0));
  assert.equal(phraseCourse({ counts: hours }), "0 in the last hour, at most 5 in one");
  assert.equal(phraseCourse({ counts: [4, 2] }), "2 in the last day, at most 4 in one");
});

test("PG-131 a list that is narrowed by an error says what it says, or that it was not seen", () => {
  const items = [{ id: "err_1", message: "It broke" }];
  assert.equal(phraseError({ items, lookedBackTo: null }, "err_1"), "It broke");
  assert.equal(phraseError({ items, lookedBackTo: null }, "err_2"), "not seen in the last 30 days");
  const lookedBackTo = "2026-11-20T00:00:00.000Z";
  assert.equal(phraseError({ items, lookedBackTo }, "err_2"), "not seen lately");
});
