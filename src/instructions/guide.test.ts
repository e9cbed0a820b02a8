import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";

import { phrasePlan } from "#domain/phrasing/phrase.ts";
import { PLAIN } from "#domain/phrasing/style.ts";
import type { Plan } from "#domain/plan.ts";

import { parseOffline } from "./parsers/offline.ts";

const GUIDE = readFileSync(new URL("../../docs/instructions.md", import.meta.url), "utf8");

const SENTENCES = { ...PLAIN, layout: "sentences" } as const;

function planOf(text: string): Plan {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}\n${JSON.stringify(parsed)}`);
  return parsed.plan;
}

/** The rows below a table's header, each cell without its backquotes. */
function rowsUnder(header: string): readonly (readonly string[])[] {
  const tables = GUIDE.split(`${header}\n`).slice(1);
  return tables.flatMap((table) => {
    const lines = table.split("\n");
    const end = lines.findIndex((line) => !line.startsWith("|"));
    return lines.slice(1, end === -1 ? undefined : end).map((line) =>
      line
        .split(/(?:^| )\|(?: |$)/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll(/^`|`$/g, "")),
    );
  });
}

suite("the guide of instructions", () => {
  test("PA-190 each example is read as the guide says", () => {
    const rows = rowsUnder("| You can say | Stint reads |");
    assert.ok(rows.length > 60, String(rows.length));
    for (const [said = "", read = ""] of rows)
      assert.equal(phrasePlan(planOf(said), SENTENCES).replaceAll("\n", " "), read, said);
    const blocks = [...GUIDE.matchAll(/```text\n([\s\S]*?)\n```\n\n```plan\n([\s\S]*?)\n```/g)];
    assert.ok(blocks.length > 4);
    for (const [, said = "", read = ""] of blocks)
      assert.equal(phrasePlan(planOf(said)), read, said);
  });

  test("PA-191 what the guide says cannot be said is refused, and what it says instead is understood", () => {
    const rows = rowsUnder("| Not this | Why | But this |");
    assert.ok(rows.length > 10, String(rows.length));
    for (const [not = "", , instead = ""] of rows) {
      assert.ok("error" in parseOffline(not), not);
      planOf(instead);
    }
  });
});
