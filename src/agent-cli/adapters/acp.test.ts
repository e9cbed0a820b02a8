import { adapterConformance } from "../adapter.conformance.ts";
import { acpAdapter } from "./acp.ts";

const CLAUDE = "acp-claude-agent-acp-0.100.0";
const CODEX = "acp-codex-acp-2.6.0";
const GEMINI = "acp-gemini-cli-0.61.0";
const ANSWER = "All done: the answer is 42.";

/** Two turns each, but for the canceled ones. */
adapterConformance({
  adapter: acpAdapter("agent", ["--acp"]),
  recordings: {
    // The session's cost counts a fifth request, for a title, which no turn's tokens hold.
    [`${CLAUDE}-write`]: {
      outcome: "succeeded",
      tokens: [1_200, 3_200, 400, 140, null],
      nano: 10_200_000n,
      tools: { Write: 2 },
      text: ANSWER,
    },
    // It reports zeros, though the same request did cost: that is not known.
    [`${CLAUDE}-cancel`]: { outcome: "interrupted", reason: "interrupted" },
    [`${CODEX}-tool`]: {
      outcome: "succeeded",
      tokens: [1_600, 3_200, 0, 140, 40],
      nano: 3_800_000n,
      tools: { exec_command: 2 },
      text: ANSWER,
    },
    // What came from its cache is not told apart, so there is no price.
    [`${GEMINI}-tool`]: {
      outcome: "succeeded",
      tokens: [4_800, null, null, 140, null],
      nano: null,
      tools: { execute: 2 },
      text: ANSWER,
    },
    // It asks for its call, and says only then that there was one.
    [`${GEMINI}-asked`]: {
      outcome: "succeeded",
      tokens: [2_400, null, null, 70, null],
      nano: null,
      tools: { execute: 1 },
      text: ANSWER,
    },
    [`${GEMINI}-cancel`]: { outcome: "interrupted", reason: "interrupted" },
  },
});
