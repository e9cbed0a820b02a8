/** Texts read by a language model from the command line, to see how well it reads: the key comes from the environment. */
import { DEFAULT_PROVIDER } from "#contract/shapes/model-settings.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import { addSpending, NO_TOKENS, type Tokens } from "#domain/spending.ts";
import { type ModelParser, modelParser, type ModelReading } from "#instructions/parsers/model.ts";
import { openProviders } from "#instructions/parsers/model/providers.ts";
import { TROUBLES } from "#instructions/parsers/model/troubles.ts";

export interface ReadTexts {
  readonly readings: ReadonlyMap<string, ModelReading>;
  readonly tokens: Tokens;
  /** Of each text, sorted. */
  readonly seconds: readonly number[];
}

const TIMEOUT_MS = 60_000;
const THINKING_BUDGET = 2048;
const AT_A_TIME = 4;

/** The command lives as long as it waits. */
const waitingClock: Clock = {
  now: Date.now,
  at: (at, then) => {
    const timer = setTimeout(then, Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  },
};

/** @throws Fault `bad_request` without a key */
export function openModel(model: string, environment: NodeJS.ProcessEnv): ModelParser {
  const { STINT_MODEL_KEY: key, STINT_MODEL_PROVIDER: provider = DEFAULT_PROVIDER } = environment;
  if (key === undefined || key === "") {
    throw new Fault("bad_request", "There is no key to ask the model with", {
      suggestion: "Set STINT_MODEL_KEY to the key that the model's provider gave you",
    });
  }
  const { STINT_CHAT_MODELS: others, STINT_GEMINI_ENDPOINT: geminiEndpoint } = environment;
  const config = { provider, model, key, thinkingBudget: THINKING_BUDGET };
  const chat = openProviders({ others, geminiEndpoint }).open(config);
  return modelParser(chat, { clock: waitingClock, timeoutMs: TIMEOUT_MS, secret: key });
}

/** @throws Fault `unavailable` where the model cannot be asked: figures over a part would mislead */
export async function readTexts(parser: ModelParser, texts: readonly string[]): Promise<ReadTexts> {
  const readings = new Map<string, ModelReading>();
  const seconds: number[] = [];
  const left = [...new Set(texts)];
  const readOn = async (): Promise<void> => {
    for (let text = left.shift(); text !== undefined; text = left.shift()) {
      const before = performance.now();
      readings.set(text, demandRead(await parser.read(text)));
      seconds.push((performance.now() - before) / 1000);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, readOn));
  const tokens = [...readings.values()].reduce((sum, one) => add(sum, one.tokens), NO_TOKENS);
  return { readings, tokens, seconds: seconds.toSorted((a, b) => a - b) };
}

const ITS_OWN: ReadonlySet<string> = new Set(["blocked", "cut", "malformed"]);

/** What the model itself could not do is its reading; what stood between is not. */
function demandRead(reading: ModelReading): ModelReading {
  const { trouble, parsed } = reading;
  if (trouble === null || ITS_OWN.has(trouble.kind)) return reading;
  const reason = "error" in parsed ? parsed.error.details[0]?.reason : undefined;
  throw new Fault("unavailable", reason ?? "The model could not be asked", {
    suggestion: TROUBLES[trouble.kind].suggestion,
  });
}

function add(one: Tokens, other: Tokens): Tokens {
  const spent = (tokens: Tokens) => ({ cost: null, unknown: 0, tokens });
  return addSpending(spent(one), spent(other))?.tokens ?? one;
}
