/** The examples of docs/variables.md, as they stand there. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

import { resolved } from "#actions/texts.ts";
import { customFields } from "#crm/custom-fields.ts";
import { setField } from "#crm/set-field.ts";
import { evaluateCondition, type Look } from "#domain/conditions.ts";
import { type Comparison, OPERATORS, parsePlan } from "#domain/plan.ts";

import { SEARCH_RESULTS } from "./roots.ts";
import { lookNow, subjectNow } from "./scene.ts";
import { HOUR, openWorld, type World } from "./testing.ts";

const guide = readFileSync(new URL("../../../docs/variables.md", import.meta.url), "utf8");

/** The rows of the table whose first heading is `head`. */
function rowsOf(head: string): readonly (readonly [string, string])[] {
  const [, table = ""] = guide.split(`| ${head} |`);
  const lines = (table.split("\n\n")[0] ?? "").split("\n").slice(2);
  return lines.map((line) => {
    const [, left = "", right = ""] = line.split(/(?<!\\)\|/);
    return [left.trim().replaceAll("\\|", "|"), right.trim()];
  });
}

const zone = "Europe/Berlin";
const TODAY = Date.parse("2026-03-10T11:00:00Z");
let look: Look = () => ({ known: false });

async function meetBo(world: World): Promise<Look> {
  const { needs, change, entered } = world;
  const write = async (
    made: Promise<{ readonly writes: Parameters<typeof needs.store.write>[0] }>,
  ) => needs.store.write((await made).writes);
  const score = { entity: "contact", name: "Lead Score", type: "number" } as const;
  await write(customFields(needs.store).define(change(), score));
  const acme = await world.add("company", { name: "Acme", industry: "SaaS", employees: 120 });
  const bo = await world.add(
    "contact",
    {
      firstName: "Bo",
      title: "Chief Executive Officer",
      city: "Zürich",
      leadScore: 85,
      companyId: acme.id,
    },
    ["VIP"],
  );
  const deal = { name: "Rollout", value: 12_500, stage: "Demo", contactId: bo.id };
  const { id } = await world.add("deal", deal);
  const moved = { entity: "deal", id, field: "stage", value: "Offer" } as const;
  await write(setField(needs.store, change(), moved, zone));
  const agent = await world.agent("Notify me.");
  const input = {
    agentNo: agent.no,
    agentId: agent.id,
    agentName: agent.name,
    agentVersion: 1,
    plan: null,
    parseError: null,
    zone,
    triggeredBy: null,
    memoryLasts: "execution",
    reenrolment: "always",
    form: { budget: "$10,000" },
  } as const;
  const item = { segment: 0, entity: "contact", id: bo.id, remembered: {} } as const;
  const executionId = "run_guide" as never;
  const found = [{ title: "Acme raises 10 million", url: "https://news.test/1" }];
  const remembered = new Map([
    [SEARCH_RESULTS, JSON.stringify(found)],
    ["offer", "10% off"],
  ]);
  const stage = { ws: entered.workspace.no, executionId, input, item, remembered };
  return lookNow(stage, await subjectNow(stage, needs), needs);
}

before(async () => {
  await using world = await openWorld({ zone, start: TODAY - 24 * HOUR });
  look = await meetBo(world);
});

test("3.1-3 the guide's examples of variables are sent as it says", () => {
  const rows = rowsOf("text");
  assert.ok(rows.length > 10);
  const scene = { zone, fallbackOf: () => undefined };
  for (const [text, sent] of rows) {
    assert.equal(resolved(text.slice(1, -1), { look, scene }), sent);
  }
});

function read(text: string): Comparison {
  const [field = "", operator = "", ...rest] = text.split(" ");
  const found = OPERATORS.find((one) => one === operator);
  assert.ok(found !== undefined, text);
  const value = rest.length === 0 ? undefined : (JSON.parse(rest.join(" ")) as Comparison["value"]);
  const params = { field, operator: found, ...(value !== undefined && { value }) };
  const parsed = parsePlan({ steps: [{ type: "skip", params }] });
  assert.ok("plan" in parsed, text);
  return params;
}

const HOLDS = { yes: "true", no: "false", unknown: "unknown" } as const;

test("3.6-1 the guide's examples of conditions hold as it says", () => {
  const rows = rowsOf("condition");
  assert.ok(rows.length > 20);
  for (const [text, holds] of rows) {
    const { outcome } = evaluateCondition(read(text), look, { now: TODAY, zone });
    assert.equal(outcome, HOLDS[holds as keyof typeof HOLDS], text);
  }
});
