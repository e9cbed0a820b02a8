import assert from "node:assert/strict";
import { test } from "node:test";

import { outputPageSchema } from "./invocation-output.ts";
import { invocationInputSchema } from "./invocations.ts";

const problemsOf = (given: unknown): readonly string[] =>
  (invocationInputSchema.safeParse(given).error?.issues ?? []).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

test("IV-1 an Agent CLI needs a prompt and a folder, a command its words, and each is refused what is the other's", () => {
  const folder = "/srv/app";
  const { permission } = invocationInputSchema.parse({ cli: "claude", prompt: "Go", folder });
  assert.equal(permission, "edit");
  assert.deepEqual(problemsOf({ cli: "command", command: ["ls"], folder }), []);
  assert.deepEqual(problemsOf({ cli: "acp:goose acp", prompt: "Go", folder }), []);
  assert.match(problemsOf({ cli: "claude", folder }).join(), /prompt: is missing/);
  assert.match(problemsOf({ cli: "command", folder }).join(), /command: is missing/);
  assert.match(
    problemsOf({ cli: "codex", prompt: "Go", command: ["ls"], folder }).join(),
    /command: is only for/,
  );
});

test("IV-1 what cannot be started is refused by field, with what is wrong", () => {
  const fits = { cli: "claude", prompt: "Go", folder: "/srv/app" };
  const problems = (more: object) => problemsOf({ ...fits, ...more }).join("\n");
  assert.match(problems({ cli: "bash" }), /cli: is one of claude/);
  assert.match(problems({ folder: "app" }), /folder: is the absolute path/);
  assert.match(problems({ prompt: " " }), /prompt: may not be empty/);
  assert.match(problems({ env: { "A-B": "x" } }), /env\.A-B/);
  assert.match(problems({ session: "--resume" }), /session: is no name/);
  assert.match(problems({ limits: { cost: "free" } }), /limits\.cost: is an amount/);
});

test("IV-2 what an Agent CLI writes has one form for all, with what is not said as null", () => {
  const said = { at: 0, type: "tool_ended", id: "t1", ok: null, output: null } as const;
  const page = { items: [said], from: 0, to: 90, size: 90, ended: true };
  assert.deepEqual(outputPageSchema.parse(page), page);
});
