import { adapterConformance } from "../adapter.conformance.ts";
import { codex } from "./codex.ts";

const V = "codex-0.169.0";
const ANSWER = "All done: the answer is 42.";
/** No cost is reported: 400 × $1.25, 800 × $0.125 and 35 × $10 a million. */
const ONCE = { tokens: [400, 800, 0, 35, 10], nano: 950_000n } as const;
const TWICE = { tokens: [800, 1_600, 0, 70, 20], nano: 1_900_000n } as const;
const BROKEN = { outcome: "interrupted", reason: "interrupted" } as const;

adapterConformance({
  adapter: codex,
  model: "gpt-5.1-codex",
  recordings: {
    [`${V}-text`]: { outcome: "succeeded", ...ONCE, text: ANSWER },
    [`${V}-tool`]: { outcome: "succeeded", ...TWICE, text: ANSWER, tools: { shell: 1 } },
    [`${V}-flaky`]: { outcome: "succeeded", ...ONCE },
    [`${V}-resume-turn1`]: { outcome: "succeeded", ...ONCE },
    [`${V}-resume-turn2`]: { outcome: "succeeded", ...ONCE, after: `${V}-resume-turn1` },
    [`${V}-err401`]: { outcome: "failed", reason: "auth", retries: 5 },
    [`${V}-err429`]: { outcome: "failed", reason: "rate_limit", retries: 5 },
    [`${V}-err500`]: { outcome: "failed", reason: "api_error", retries: 5 },
    [`${V}-midcut`]: { outcome: "failed", reason: "api_error", retries: 5 },
    [`${V}-resume-unknown`]: { outcome: "failed", reason: "bad_session" },
    [`${V}-sigint`]: BROKEN,
    [`${V}-sigterm`]: BROKEN,
    [`${V}-sigint-in-tool`]: { ...BROKEN, tools: { shell: 1 } },
    [`${V}-sigkill-in-tool`]: { ...BROKEN, tools: { shell: 1 } },
  },
});
