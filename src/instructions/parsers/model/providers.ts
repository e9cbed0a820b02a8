/**
 * The chat models that there are. Gemini comes with Stint; whoever operates a server names others by package and class,
 * since what is loaded is code: `STINT_CHAT_MODELS="openai=@langchain/openai#ChatOpenAI"`. A workspace chooses one by
 * its name. Nothing of LangChain is loaded before a text is read.
 */
import { Fault } from "#domain/fault.ts";

import type { Chat } from "./chat.ts";
import { type ChatModel, langchainChat } from "./langchain.ts";

export interface ModelConfig {
  /** A provider's name. */
  readonly provider: string;
  /** As the provider calls it. */
  readonly model: string;
  readonly key: string;
  /** How many tokens it may think, where it can be told; null: as it likes. */
  readonly thinkingBudget: number | null;
}

export interface Providers {
  readonly names: readonly string[];
  /** One that there is not any more cannot be loaded: its chat says so when it is asked. */
  readonly open: (config: ModelConfig) => Chat;
}

export interface ProviderOptions {
  /** As `STINT_CHAT_MODELS` has it. */
  readonly others?: string | undefined;
  /** Where Gemini is, unless it is Google's own address. */
  readonly geminiEndpoint?: string | undefined;
}

const GEMINI = "gemini";

/** A plan is short; what a model thinks is charged to its answer. */
const MOST_ANSWER = 8192;
const MOST_THOUGHT = 8192;

/** Stint's own patience does the rest (ask.ts). */
const ONCE = { temperature: 0, maxRetries: 0 } as const;

/** @throws Fault `invalid` for providers that cannot be read */
export function openProviders({ others, geminiEndpoint }: ProviderOptions = {}): Providers {
  const openers = new Map<string, (config: ModelConfig) => Chat>([
    [GEMINI, (config) => gemini(config, geminiEndpoint)],
    ...readOthers(others ?? "").map(
      (other) => [other.name, (config: ModelConfig) => named(config, other)] as const,
    ),
  ]);
  return {
    names: [...openers.keys()],
    open: (config) => (openers.get(config.provider) ?? unknown)(config),
  };
}

function gemini({ model, key, thinkingBudget }: ModelConfig, endpoint: string | undefined): Chat {
  const open = async (): Promise<ChatModel> => {
    const { ChatGoogle } = await import("@langchain/google");
    return new ChatGoogle({
      ...ONCE,
      model,
      apiKey: key,
      platformType: "gai",
      maxOutputTokens: MOST_ANSWER + (thinkingBudget ?? MOST_THOUGHT),
      ...(thinkingBudget !== null && { thinkingBudget }),
      ...(endpoint !== undefined && { endpoint }),
    });
  };
  return langchainChat({ model, open, method: "jsonSchema" });
}

function unknown({ provider, model }: ModelConfig): Chat {
  const why = `this server has no provider ${provider}`;
  return langchainChat({ model, open: () => Promise.reject(new ModuleNotLoaded(why)) });
}

interface Other {
  readonly name: string;
  readonly module: string;
  readonly className: string;
}

function named({ model, key }: ModelConfig, { module, className }: Other): Chat {
  const open = async (): Promise<ChatModel> => {
    const made = new (await loadClass(module, className))({ ...ONCE, model, apiKey: key });
    if (isChatModel(made)) return made;
    throw new ModuleNotLoaded(`${className} of ${module} is no LangChain chat model`);
  };
  return langchainChat({ model, open });
}

class ModuleNotLoaded extends Error {
  override readonly name = "ModuleNotLoaded";
}

type Constructor = new (options: object) => unknown;

/** @throws ModuleNotLoaded */
async function loadClass(module: string, className: string): Promise<Constructor> {
  let loaded: Readonly<Record<string, unknown>>;
  try {
    loaded = (await import(/* @vite-ignore */ module)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new ModuleNotLoaded(`${module} is not installed`, { cause });
  }
  const found = loaded[className];
  if (typeof found === "function") return found as Constructor;
  throw new ModuleNotLoaded(`${module} has no ${className}`);
}

const isChatModel = (made: unknown): made is ChatModel =>
  typeof made === "object" &&
  made !== null &&
  "withStructuredOutput" in made &&
  typeof made.withStructuredOutput === "function";

const OTHER = /^([a-z][\w-]*)=(\S+)#([A-Za-z_$][\w$]*)$/;

function readOthers(given: string): readonly Other[] {
  const entries = given
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return entries.map((entry) => {
    const [, name, module, className] = OTHER.exec(entry) ?? [];
    if (name !== undefined && module !== undefined && className !== undefined && name !== GEMINI)
      return { name, module, className };
    throw new Fault("invalid", `STINT_CHAT_MODELS names no model with "${entry}"`, {
      suggestion: "Write it as name=package#Class, such as openai=@langchain/openai#ChatOpenAI",
    });
  });
}
