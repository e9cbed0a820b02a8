import assert from "node:assert/strict";
import { suite, test } from "node:test";

import fc from "fast-check";

import { phrasePlan, phraseStep } from "#domain/phrasing/phrase.ts";
import { PLAIN, type Style, styleOf } from "#domain/phrasing/style.ts";
import type { Plan } from "#domain/plan.ts";

import { anyPlan } from "./any-plan.ts";
import { allTexts } from "./corpora.ts";
import { differences } from "./evaluation/agreement.ts";
import { parseOffline } from "./parsers/offline.ts";

const PLANS = allTexts().flatMap(({ expect }) => ("error" in expect ? [] : [expect]));

function assertReadBack(plan: Plan, style: Style): void {
  const text = phrasePlan(plan, style);
  const parsed = parseOffline(text);
  assert.deepEqual(differences(plan, parsed), [], `${text}\n${JSON.stringify(parsed)}`);
}

suite("a plan in words", () => {
  test("PA-184 is read back into the same plan in the plain style, for every plan of the corpora", () => {
    for (const plan of PLANS) assertReadBack(plan, PLAIN);
  });

  test("PA-184 is read back into the same plan in the plain style, however the plan is put together", () => {
    fc.assert(fc.property(anyPlan, (plan) => assertReadBack(plan, PLAIN)));
  });

  test("PA-185 is read back into the same plan in every other style, for every plan of the corpora", () => {
    for (const [index, plan] of PLANS.entries()) assertReadBack(plan, styleOf(index));
  });

  test("PA-186 reads well in the plain style", () => {
    const replied = { field: "contact.replied", operator: "==", value: true } as const;
    const plan: Plan = {
      trigger: { type: "schedule", cron: "0 9 * * 1-5" },
      steps: [
        {
          type: "search_contacts",
          params: {
            all: [
              { field: "title", operator: "contains", value: "CEO" },
              { field: "company.employees", operator: ">", value: 50 },
            ],
            limit: 20,
          },
        },
        { type: "send_email", params: { template: "Intro" } },
        { type: "wait", params: { duration: "P5D" } },
        {
          type: "if",
          params: replied,
          then: [{ type: "handoff", params: { to: "@user.salesRep", timeout: "PT4H" } }],
          else: [
            { type: "add_tag", params: { tags: ["Cold", "Q3"] } },
            { type: "stop", params: {} },
          ],
        },
      ],
    };
    assert.equal(
      phrasePlan(plan),
      [
        "Every weekday at 9:00 AM:",
        "Find contacts where title contains 'CEO' and the company's employees is over 50, limit 20.",
        "Send the 'Intro' email.",
        "Wait 5 days.",
        "If the contact replied:",
        "  - Hand off to @user.salesRep, timeout 4 hours.",
        "Otherwise:",
        "  - Add the tags 'Cold' and 'Q3'.",
        "  - Stop.",
      ].join("\n"),
    );
    assert.equal(
      phraseStep({ type: "skip", params: replied }, "companies"),
      "Skip companies where the contact replied.",
    );
  });
});
