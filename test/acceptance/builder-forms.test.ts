/** The builder's forms over labelled texts: what a form changes is written so that it is read back. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { type PlanStep, walkPlan } from "#domain/plan.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";
import { applyEdit } from "#web/agents/edits.ts";
import { isSamePlan, type Wanted } from "#web/agents/forms/rewrite.ts";
import { wantAdded, wantChanged, wantTrigger, type Written } from "#web/agents/forms/wanted.ts";

const FILES = ["examples", "dev-ops", "dev-talk", "dev-cadence", "dev-automations"];

const textsOf = (file: string): readonly string[] =>
  readFileSync(new URL(`../instructions/${file}.jsonl`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { text: string }).text);

const understood: readonly Written[] = FILES.flatMap(textsOf).flatMap((text) => {
  const parsed = parseOffline(text);
  return "plan" in parsed ? [{ text, plan: parsed.plan }] : [];
});

/** Another wait, tag, task or template; other steps are said anew as they are. */
function changed(step: PlanStep): PlanStep {
  switch (step.type) {
    case "wait":
      return { ...step, params: { duration: "P9D" } };
    case "add_tag":
      return { ...step, params: { tags: ["Other"] } };
    case "create_task":
      return { ...step, params: { ...step.params, title: "Do another thing" } };
    case "send_email":
      return { ...step, params: { ...step.params, template: "Other one" } };
    default:
      return step;
  }
}

const isWritten = ({ text }: Written, { ways, plan }: Wanted): boolean =>
  ways.some((way) => {
    const parsed = parseOffline(applyEdit(text, way));
    return "plan" in parsed && isSamePlan(parsed.plan, plan);
  });

test("3.1-9 of the steps of labelled texts, 95 in 100 can be changed by form, and the words are read back as the form says", () => {
  const tried = understood.flatMap((written) =>
    [...walkPlan(written.plan)].map(({ path, planStep }) =>
      isWritten(written, wantChanged(written, path, changed(planStep))),
    ),
  );
  const written = tried.filter(Boolean).length;
  assert.ok(tried.length > 1000);
  assert.ok(written / tried.length > 0.95, `${written} of ${tried.length}`);
});

test("PG-94 a trigger can be said, changed and taken away by form, and a step added, in 98 of 100 texts", () => {
  const tried = understood.flatMap((written) => {
    const timed = wantTrigger(written, { type: "schedule", cron: "30 10 * * 2" });
    const byHand = wantTrigger(written, undefined);
    const tag = wantAdded(written, { type: "add_tag", params: { tags: ["Late"] } });
    return [timed, tag, ...(written.plan.trigger === undefined ? [] : [byHand])].map((wanted) =>
      isWritten(written, wanted),
    );
  });
  const written = tried.filter(Boolean).length;
  assert.ok(written / tried.length > 0.98, `${written} of ${tried.length}`);
});
