import assert from "node:assert/strict";
import { test } from "node:test";

import type { ErrorGroup } from "#contract/shapes/error-groups.ts";

import { phraseErrors } from "./errors.ts";

const AT = "2026-01-05T09:00:00.000Z";

const group = (more: Partial<ErrorGroup>): ErrorGroup => ({
  id: "err_1",
  state: "open",
  seenAgain: false,
  mark: null,
  kind: "invocation",
  code: "failed",
  message: "It broke",
  suggestion: null,
  count: 2,
  counts: [2],
  firstSeen: AT,
  lastSeen: AT,
  executionId: "inv_1" as ErrorGroup["executionId"],
  agents: [],
  ...more,
});

test("CL-182 each error is one line, which cannot steer the terminal, and names agents that are deleted as such", () => {
  const named = (name: string, deleted: boolean) =>
    ({ id: "agt_1", name, deleted }) as ErrorGroup["agents"][number];
  const agents = [named("Welcome", false), named("Win\nback", true)];
  const message = "No template\n'A'\u001B[2J\tis there";
  const [, ...lines] = phraseErrors([group({}), group({ kind: "automation", agents, message })]);
  const times = "2026-01-05 09:00:00  2026-01-05 09:00:00";
  assert.deepEqual(lines, [
    `err_1  open   2      ${times}  invocation                   It broke`,
    `err_1  open   2      ${times}  Welcome, Win back (deleted)  No template 'A' is there`,
  ]);
});
