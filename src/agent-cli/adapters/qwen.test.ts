import { adapterConformance } from "../adapter.conformance.ts";
import { qwen } from "./qwen.ts";

const V = "qwen-code-0.24.4";
/** Two requests: it asks for more than the answer. No table has the price of its model. */
const ONCE = { tokens: [800, 1_600, null, 70, null], nano: null } as const;

adapterConformance({
  adapter: qwen,
  recordings: {
    [`${V}-text`]: { outcome: "succeeded", ...ONCE, text: "All done: the answer is 42." },
    [`${V}-tool`]: { outcome: "succeeded", ...ONCE, tools: { run_shell_command: 1 } },
    [`${V}-resume-turn2`]: { outcome: "succeeded", ...ONCE, after: `${V}-text` },
    [`${V}-err401`]: {
      outcome: "failed",
      reason: "auth",
      tokens: [0, 0, null, 0, null],
      nano: 0n,
    },
  },
});
