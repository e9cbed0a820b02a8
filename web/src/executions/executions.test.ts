import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  type Execution,
  executionsQuerySchema,
  type ExecutionItem,
  type ExecutionStep,
} from "#contract/shapes/executions.ts";
import { PHASES } from "#domain/kinds.ts";

import { belongs, type ExecutionFilter, pillsOf, queryOf, readFilter } from "./filter.ts";
import { receive } from "./fresh.ts";
import { describeParams, outcomesOf, phraseFound } from "./results.ts";
import { waysToRetry } from "./retry-ways.ts";
import { openAtFirst, openSince, partOf, phraseStepProgress } from "./steps.ts";
import {
  partDone,
  phraseFailed,
  phraseNodeUsage,
  phraseTriggered,
  threeFacts,
  titleOf,
} from "./words.ts";

const item = (id: string, more: Partial<ExecutionItem> = {}): ExecutionItem =>
  ({
    id,
    kind: "automation",
    phase: "active",
    agent: null,
    label: "Welcome",
    createdAt: `2026-11-21T00:00:0${id.length}.000Z`,
    ...more,
  }) as ExecutionItem;

const filters: fc.Arbitrary<ExecutionFilter> = fc.record(
  {
    status: fc.subarray([...PHASES], { minLength: 1 }).map((phases) => phases.join(",")),
    agent: fc.constant("agt_1"),
    range: fc.constantFrom("24h", "7d", "30d"),
    from: fc.constant("2026-11-01"),
    to: fc.constant("2026-11-20"),
    search: fc.constantFrom("acme", "run_1"),
    error: fc.constant("err_0123456789abcdef01234567"),
    sort: fc.constant("oldest"),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const startOf = (day: string, later: number): string =>
  new Date(Date.parse(day) + later * 86_400_000).toISOString();

test("WB-9 a filter written into the address is read back the same, and what is not understood is left out", () => {
  fc.assert(fc.property(filters, (filter) => assert.deepEqual(readFilter({ ...filter }), filter)));
  assert.deepEqual(
    readFilter({
      status: "failed,nonsense",
      range: "1y",
      from: "yesterday",
      error: "crash",
      sort: "up",
      search: 42,
    }),
    { status: "failed", search: "42" },
  );
});

test("WB-10 whatever the filter, the server understands what it is asked", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const query = queryOf(filter, startOf);
      assert.ok(executionsQuerySchema.safeParse(query).success, JSON.stringify(query));
      assert.equal(query.dateRange !== undefined && query.from !== undefined, false);
    }),
  );
});

test("WB-11 every filter in force is a pill, and taking all pills away leaves only the order", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      let left = filter;
      for (
        let pills = pillsOf(left, () => "Agent", "It broke");
        pills.length > 0;
        pills = pillsOf(left, () => "Agent", "It broke")
      ) {
        assert.ok(pills.every(({ text }) => text !== ""));
        left = readFilter({ ...pills[0]!.without });
        if (left.range !== undefined && left.from === undefined && left.to === undefined) continue;
      }
      const { sort: _sort, ...rest } = left;
      assert.deepEqual(rest, {});
    }),
  );
});

test("WB-12 a new execution waits behind “N new”; one that is shown, or does not fit the filter, does not", () => {
  const rows = [item("aa")];
  assert.deepEqual(receive([], item("aa"), { rows, belongs: true }), []);
  const [first] = receive([], item("bbb"), { rows, belongs: true });
  assert.equal(first?.id, "bbb");
  assert.deepEqual(receive([], item("bbb"), { rows, belongs: false }), []);
  assert.deepEqual(
    receive([], item("c"), { rows, belongs: true }),
    [],
    "it began before the newest row",
  );
  const changed = receive([item("bbb")], item("bbb", { phase: "failed" }), {
    rows,
    belongs: false,
  });
  assert.deepEqual(
    changed.map(({ id, phase }) => [id, phase]),
    [["bbb", "failed"]],
  );
  assert.equal(belongs(item("x", { phase: "failed" }), { status: "waiting" }), false);
  assert.equal(belongs(item("x", { label: "Acme" }), { search: "acme" }), true);
  assert.equal(belongs(item("x"), { to: "2026-11-20" }), false);
  assert.equal(belongs(item("x"), { error: "err_0123456789abcdef01234567" }), false);
});

test("WB-13 beside every open execution stand what it waits for, until when, and who must act", () => {
  const open = { phase: "waiting", blocked: null, resumeAt: "2026-11-26T00:00:00.000Z" } as const;
  const timer = { what: "timer", text: "5 days", until: null, who: null } as const;
  assert.deepEqual(threeFacts({ ...open, waitsFor: timer }), {
    waitsFor: "5 days",
    until: open.resumeAt,
    who: "nobody: it goes on by itself",
  });
  assert.match(threeFacts({ ...open, waitsFor: null, blocked: "3" }).waitsFor, /step 3/);
  assert.equal(threeFacts({ ...open, phase: "active", waitsFor: null }).who, "nobody");
  assert.equal(
    threeFacts({ ...open, waitsFor: { ...timer, what: "person", who: "Ada" } }).who,
    "Ada",
  );
});

test("WB-14 a deleted agent's execution keeps its name and says so; its trigger names who pressed", () => {
  const agent = { id: "agt_1", name: "Outbound Campaign", deleted: true } as never;
  assert.equal(
    titleOf({ agent, label: null, kind: "automation", id: "run_1" as never }),
    "Agent 'Outbound Campaign' (deleted)",
  );
  assert.equal(
    phraseTriggered({ type: "manual", event: null, by: { type: "user", id: "u", name: "Ada" } }),
    "Run Now by Ada",
  );
  assert.equal(
    phraseTriggered({
      type: "event",
      event: "tag_added",
      by: { type: "system", id: null, name: "Stint" },
    }),
    "tag added",
  );
});

const step = (path: string, more: Partial<ExecutionStep> = {}): ExecutionStep =>
  ({ path, status: "completed", warnings: [], progress: null, ...more }) as ExecutionStep;

test("WB-15 failed and warning steps stand open, one that fails later opens by itself, a closed one stays closed", () => {
  const steps = [
    step("1"),
    step("2", { status: "failed" }),
    step("3", { warnings: [{ message: "w", count: 1 }] }),
  ];
  assert.deepEqual(openAtFirst(steps, undefined), ["2", "3"]);
  assert.deepEqual(openAtFirst(steps, "1"), ["1", "2", "3"]);
  assert.deepEqual(openSince(["1"], new Set(["2"]), steps), ["1", "3"]);
});

test("WB-16 a step's bar counts whoever is through it, and says how they came through", () => {
  const progress = { total: 10, done: 5, failed: 1, skipped: 0, waiting: 2 };
  assert.equal(partOf({ progress }), 0.6);
  assert.equal(phraseStepProgress({ progress }), "5 of 10 done, 1 failed, 2 waiting");
  assert.equal(partOf({ progress: null }), undefined);
  assert.equal(partDone({ stepsDone: 3, stepsTotal: null, phase: "active" }), undefined);
});

test("WB-17 a step's params are told in the plan's words, and its result for each one it worked on", () => {
  assert.deepEqual(
    describeParams("search_contacts", { field: "status", operator: "==", value: "Lead" }),
    [["where", "status is Lead"]],
  );
  assert.equal(describeParams("no_such_verb", {}), undefined);
  const result = [
    {
      name: "Ada",
      result: {
        figures: { emailsSent: 1 },
        detail: { messageId: "msg_1", to: "a@b.c", subject: "Hi", body: "…" },
      },
    },
  ];
  assert.deepEqual(outcomesOf(result), [{ who: "Ada", what: "a@b.c · Hi" }]);
  assert.equal(outcomesOf([1, 2]), undefined);
  assert.equal(phraseFound({ entity: "company", ids: ["a", "b"] }), "2 companies");
});

test("AP-65 what a node of the tree used is said of itself, and of all under it", () => {
  const unspent = { cost: null, costUnknown: 0, tokens: null };
  const own = { steps: 1, retries: 0, warnings: 0, ...unspent };
  const total = { ...own, steps: 7, executions: 4 };
  assert.equal(phraseNodeUsage({ own, total, children: 0, more: false }), "1 step");
  assert.equal(
    phraseNodeUsage({ own, total, children: 3, more: false }),
    "1 step, 7 steps in 4 executions in all",
  );
  assert.match(phraseNodeUsage({ own, total, children: 9, more: true }), /at least 7 steps/);
  const tokens = { input: 9, cacheRead: 0, cacheWrite: 0, output: 1 };
  const paid = { ...own, cost: "0.02", costUnknown: 2, tokens };
  assert.equal(
    phraseNodeUsage({ own: paid, total, children: 0, more: false }),
    "1 step, $0.02 (2 not known)",
  );
  const unknown = { ...paid, cost: null };
  assert.match(
    phraseNodeUsage({ own: unknown, total, children: 0, more: false }),
    /cost not known/,
  );
});

test("PG-135 only what an agent did is told as an agent's", () => {
  assert.equal(phraseFailed("automation", { step: "2" }), "Agent failed at step 2");
  assert.equal(phraseFailed("invocation", { step: null }), "Execution failed");
});

test("AP-66 beside a paused execution stands that somebody must resume it, and no time", () => {
  const waitsFor = { what: "person", text: "somebody who resumes it", until: null, who: "you" };
  const paused = { phase: "waiting", blocked: null, resumeAt: "2026-11-26T00:00:00.000Z" } as const;
  const facts = threeFacts({ ...paused, waitsFor: { ...waitsFor, what: "person" } });
  assert.deepEqual(facts, { waitsFor: "somebody who resumes it", until: null, who: "you" });
});

test("AP-43 an execution offers the retries that make sense for it, the one that repeats least first", () => {
  const ways = (phase: string, failed: number, kind = "automation"): readonly string[] =>
    waysToRetry({ kind, phase, steps: [{ progress: { failed } }] } as unknown as Execution).map(
      ({ label }) => label,
    );
  assert.deepEqual(ways("succeeded", 0), ["From the start"]);
  assert.deepEqual(ways("failed", 0), ["From the failed step", "From the start"]);
  const partly = ["From the failed step", "Failed contacts only", "From the start"];
  assert.deepEqual(ways("succeeded", 2), partly);
  assert.deepEqual(ways("canceled", 0), ["From where it stopped", "From the start"]);
  assert.deepEqual(ways("failed", 1, "program"), ["From the start"]);
});
