/** How the real Agent CLIs are told to ask the fake model. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Adapter } from "#agent-cli/adapter.ts";
import { claude } from "#agent-cli/adapters/claude.ts";
import { codex } from "#agent-cli/adapters/codex.ts";
import { gemini } from "#agent-cli/adapters/gemini.ts";

export interface Real {
  readonly adapter: Adapter;
  readonly model: string;
  readonly env: (url: string) => Readonly<Record<string, string>>;
  readonly more: (url: string) => readonly string[];
  /** Disjoint tokens of one answer, as the fake model counts them. */
  readonly once: {
    readonly input: number;
    readonly cacheRead: number;
    readonly cacheWrite: number | null;
    readonly output: number;
  };
  /** What one answer costs, in nano-dollars. */
  readonly nano: bigint;
}

const setting = (name: string, value: string) => ["-c", `model_providers.fake.${name}=${value}`];

export const REAL: readonly Real[] = [
  {
    adapter: claude,
    model: "claude-sonnet-4-5-20250929",
    env: (url) => ({
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: "sk-fake",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      // It lets root work without asking only where this is said.
      IS_SANDBOX: "1",
    }),
    more: () => [],
    once: { input: 300, cacheRead: 800, cacheWrite: 100, output: 35 },
    nano: 2_040_000n,
  },
  {
    adapter: codex,
    model: "gpt-5.1-codex",
    env: () => ({ FAKE_KEY: "sk-fake" }),
    more: (url) => [
      "-c",
      "model_provider=fake",
      ...setting("name", "fake"),
      ...setting("wire_api", "responses"),
      ...setting("env_key", "FAKE_KEY"),
      ...setting("base_url", `${url}/v1`),
    ],
    once: { input: 400, cacheRead: 800, cacheWrite: 0, output: 35 },
    nano: 950_000n,
  },
  {
    adapter: gemini,
    model: "gemini-2.5-pro",
    env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: "fake" }),
    more: () => [],
    once: { input: 400, cacheRead: 800, cacheWrite: null, output: 45 },
    nano: 1_050_000n,
  },
];

/** A home with nothing in it but what the Agent CLIs must be told in files. */
export async function furnish(home: string): Promise<void> {
  await mkdir(join(home, ".gemini"), { recursive: true });
  const settings = { security: { auth: { selectedType: "gemini-api-key" } } };
  await writeFile(join(home, ".gemini/settings.json"), JSON.stringify(settings));
}
