/** How the real Agent CLIs are told to ask the fake model, and what they are to count. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Adapter } from "#agent-cli/adapter.ts";
import { claude } from "#agent-cli/adapters/claude.ts";
import { codex } from "#agent-cli/adapters/codex.ts";
import { gemini } from "#agent-cli/adapters/gemini.ts";

const { STINT_AGENT_CLIS } = process.env;

/** Why tests of real Agent CLIs are left out; false: they are there. */
export const skip =
  STINT_AGENT_CLIS === undefined
    ? "real Agent CLIs are asked by `npm run agent-clis` alone"
    : false;

/** Where their programs are. */
export const BIN = join(STINT_AGENT_CLIS ?? "", "node_modules/.bin");

export interface Real {
  readonly adapter: Adapter;
  readonly model: string;
  readonly env: (url: string) => Readonly<Record<string, string>>;
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

export const CLAUDE: Real = {
  adapter: claude,
  model: "claude-sonnet-4-5-20250929",
  env: (url) => ({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: "sk-fake",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    // It lets root work without asking only where this is said.
    IS_SANDBOX: "1",
  }),
  once: { input: 300, cacheRead: 800, cacheWrite: 100, output: 35 },
  nano: 2_040_000n,
};

const CODEX: Real = {
  adapter: codex,
  model: "gpt-5.1-codex",
  env: () => ({ FAKE_KEY: "sk-fake" }),
  once: { input: 400, cacheRead: 800, cacheWrite: 0, output: 35 },
  nano: 950_000n,
};

export const GEMINI: Real = {
  adapter: gemini,
  model: "gemini-2.5-pro",
  env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: "fake" }),
  once: { input: 400, cacheRead: 800, cacheWrite: null, output: 45 },
  nano: 1_050_000n,
};

export const REAL: readonly Real[] = [CLAUDE, CODEX, GEMINI];

/** It may do all that it likes to: what is asked for when it is started. */
export function orderOf({ adapter, model }: Real) {
  return { cli: adapter.name, model, permission: "all" } as const;
}

/** What so many answers come to. */
export function countedBy({ once, nano }: Real, answers: number) {
  const { input, cacheRead, cacheWrite, output } = once;
  return {
    input: input * answers,
    cacheRead: cacheRead * answers,
    cacheWrite: cacheWrite && cacheWrite * answers,
    output: output * answers,
    nano: nano * BigInt(answers),
  };
}

/**
 * A home with nothing in it but what the Agent CLIs must be told in files. One of them reads in there where its
 * model is, so it is furnished anew for each.
 * @param retries how often they try again; undefined: as often as they like
 */
export async function furnish(home: string, url: string, retries?: number): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    ".claude/settings.json": claudeSettings(retries),
    ".codex/config.toml": codexSettings(url, retries),
    ".gemini/settings.json": geminiSettings(retries),
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(home, name, ".."), { recursive: true });
    await writeFile(join(home, name), content);
  }
}

function claudeSettings(retries?: number): string {
  const env = retries === undefined ? {} : { CLAUDE_CODE_MAX_RETRIES: String(retries) };
  return JSON.stringify({ env });
}

function codexSettings(url: string, retries?: number): string {
  const tries = ["request_max_retries", "stream_max_retries"].map((name) => `${name} = ${retries}`);
  return [
    'model_provider = "fake"',
    "[model_providers.fake]",
    'name = "fake"',
    'wire_api = "responses"',
    'env_key = "FAKE_KEY"',
    `base_url = "${url}/v1"`,
    ...(retries === undefined ? [] : tries),
    "",
  ].join("\n");
}

function geminiSettings(retries?: number): string {
  // Before it tries again it waits for five seconds and longer.
  const general = retries === undefined ? {} : { maxAttempts: 1 };
  return JSON.stringify({ general, security: { auth: { selectedType: "gemini-api-key" } } });
}
