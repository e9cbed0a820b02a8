import { adapterConformance } from "../adapter.conformance.ts";
import { opencode } from "./opencode.ts";

const V = "opencode-1.18.33";
const ANSWER = "All done: the answer is 42.";
const ONCE = { tokens: [400, 800, 0, 35, 10], nano: 1_965_000n } as const;

adapterConformance({
  adapter: opencode,
  recordings: {
    [`${V}-text`]: { outcome: "succeeded", ...ONCE, text: ANSWER },
    [`${V}-tool`]: {
      outcome: "succeeded",
      tokens: [800, 1_600, 0, 70, 20],
      nano: 3_930_000n,
      text: ANSWER,
      tools: { bash: 1 },
    },
    [`${V}-resume-turn2`]: { outcome: "succeeded", ...ONCE, after: `${V}-text` },
    [`${V}-err401`]: { outcome: "failed", reason: "auth" },
    [`${V}-err500`]: { outcome: "failed", reason: "api_error" },
    [`${V}-resume-unknown`]: { outcome: "failed", reason: "bad_session" },
    [`${V}-sigint`]: { outcome: "interrupted", reason: "interrupted" },
  },
});
