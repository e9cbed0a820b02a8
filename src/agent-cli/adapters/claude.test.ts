import { adapterConformance } from "../adapter.conformance.ts";
import { claude } from "./claude.ts";

const SONNET = "claude-code-2.1.329";
const ANSWER = "All done: the answer is 42.";
/** One request of the fake model, two and three. */
const ONCE = { tokens: [300, 800, 100, 35, 0], nano: 2_040_000n } as const;
const TWICE = { tokens: [600, 1_600, 200, 70, 0], nano: 4_080_000n } as const;
const NOTHING = { tokens: [0, 0, 0, 0, 0], nano: 0n } as const;

adapterConformance({
  adapter: claude,
  recordings: {
    [`${SONNET}-text`]: { outcome: "succeeded", ...ONCE, text: ANSWER },
    [`${SONNET}-partial`]: { outcome: "succeeded", ...ONCE, text: ANSWER },
    [`${SONNET}-tool`]: { outcome: "succeeded", ...TWICE, text: ANSWER, tools: { Bash: 1 } },
    [`${SONNET}-flaky-retry`]: { outcome: "succeeded", ...ONCE, text: ANSWER, retries: 2 },
    // Its own guess at a price, for a model that nobody has.
    [`${SONNET}-unknown-model`]: { outcome: "succeeded", ...ONCE, nano: 2_560_000n },
    [`${SONNET}-resume-turn1`]: { outcome: "succeeded", ...ONCE },
    [`${SONNET}-resume-turn2`]: {
      outcome: "succeeded",
      ...ONCE,
      after: `${SONNET}-resume-turn1`,
    },
    [`${SONNET}-stdin-multiturn`]: { outcome: "succeeded", ...TWICE },
    [`${SONNET}-stdin-permission-allow`]: { outcome: "succeeded", ...TWICE, tools: { Write: 1 } },
    [`${SONNET}-stdin-permission-deny`]: {
      outcome: "succeeded",
      ...TWICE,
      tools: { Write: 1 },
      denials: 1,
    },
    [`${SONNET}-permission-denied`]: {
      outcome: "failed",
      reason: "denied",
      ...TWICE,
      tools: { Bash: 1 },
      denials: 1,
    },
    [`${SONNET}-err401`]: { outcome: "interrupted", reason: "interrupted", retries: 7 },
    [`${SONNET}-not-logged-in`]: { outcome: "failed", reason: "auth", ...NOTHING },
    [`${SONNET}-err429-default`]: {
      outcome: "failed",
      reason: "rate_limit",
      ...NOTHING,
      retries: 10,
    },
    [`${SONNET}-err500-default`]: {
      outcome: "failed",
      reason: "api_error",
      ...NOTHING,
      retries: 10,
    },
    [`${SONNET}-max-turns`]: { outcome: "failed", reason: "limit", ...TWICE, tools: { Bash: 2 } },
    [`${SONNET}-max-budget`]: {
      outcome: "failed",
      reason: "budget",
      tokens: [900, 2_400, 300, 105, 0],
      nano: 6_120_000n,
      tools: { Bash: 3 },
    },
    [`${SONNET}-resume-unknown`]: { outcome: "failed", reason: "bad_session", ...NOTHING },
    [`${SONNET}-unknown-flag`]: { outcome: "failed", reason: "bad_usage" },
    [`${SONNET}-sigint`]: {
      outcome: "interrupted",
      reason: "interrupted",
      message: null,
      tokens: [300, 800, 100, 8, 0],
      nano: 1_635_000n,
    },
    [`${SONNET}-stdin-interrupt`]: {
      outcome: "interrupted",
      reason: "interrupted",
      message: null,
      tokens: [300, 800, 100, 8, 0],
      nano: 1_635_000n,
    },
    [`${SONNET}-sigint-in-tool`]: {
      outcome: "interrupted",
      reason: "interrupted",
      message: null,
      ...ONCE,
      tools: { Bash: 1 },
    },
    [`${SONNET}-sigterm`]: { outcome: "interrupted", reason: "interrupted" },
    [`${SONNET}-sigkill-in-tool`]: {
      outcome: "interrupted",
      reason: "interrupted",
      tools: { Bash: 1 },
    },
  },
});
