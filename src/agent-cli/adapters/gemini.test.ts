import { adapterConformance } from "../adapter.conformance.ts";
import { gemini } from "./gemini.ts";

const V = "gemini-cli-0.61.0";
const ANSWER = "All done: the answer is 42.";
/** Thoughts are in the total alone: 1,245 of which 1,200 were read. */
const ONCE = { tokens: [400, 800, null, 45, 10], nano: 1_050_000n } as const;
const TWICE = { tokens: [800, 1_600, null, 90, 20], nano: 2_100_000n } as const;
const NOTHING = { tokens: [0, 0, null, 0, 0], nano: 0n } as const;
const BROKEN = { outcome: "interrupted", reason: "interrupted" } as const;

adapterConformance({
  adapter: gemini,
  recordings: {
    [`${V}-text`]: { outcome: "succeeded", ...ONCE, text: ANSWER },
    [`${V}-tool`]: {
      outcome: "succeeded",
      ...TWICE,
      text: ANSWER,
      tools: { run_shell_command: 1 },
    },
    [`${V}-read`]: { outcome: "succeeded", ...TWICE, tools: { read_file: 1 } },
    [`${V}-default-approval`]: { outcome: "succeeded", ...TWICE, tools: { update_topic: 1 } },
    [`${V}-resume-turn1`]: { outcome: "succeeded", ...ONCE },
    [`${V}-resume-turn2`]: { outcome: "succeeded", ...ONCE, after: `${V}-resume-turn1` },
    [`${V}-err401`]: { outcome: "failed", reason: "auth", ...NOTHING },
    [`${V}-err429`]: { outcome: "failed", reason: "rate_limit", ...NOTHING },
    [`${V}-err500`]: { outcome: "failed", reason: "api_error", ...NOTHING },
    [`${V}-gateway-refused`]: { outcome: "failed", reason: "auth" },
    [`${V}-resume-unknown`]: { outcome: "failed", reason: "bad_session" },
    // The signal reached only the process that had started the one that works.
    [`${V}-sigint`]: { outcome: "succeeded", ...ONCE },
    [`${V}-sigint-group`]: BROKEN,
    [`${V}-sigterm-group`]: BROKEN,
    [`${V}-sigint-in-tool`]: { ...BROKEN, tools: { run_shell_command: 1 } },
    [`${V}-sigint-group-in-tool`]: { ...BROKEN, tools: { run_shell_command: 1 } },
  },
});
