/** Who reads instructions, put together: a workspace's settings, the providers of this server, and what they used. */
import type { Logger } from "pino";

import { NOT_SAID } from "#agent-cli/tokens.ts";
import type { Clock } from "#domain/clock.ts";
import type { Tokens } from "#domain/spending.ts";
import type { ModelReading } from "#instructions/parsers/model.ts";
import { openProviders, type Providers } from "#instructions/parsers/model/providers.ts";
import { openReader, type Reader } from "#instructions/reader.ts";
import { costOf } from "#workspace/model-usage.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

/** @throws Fault `invalid` for a `STINT_CHAT_MODELS` that cannot be read */
export function readProviders(environment: NodeJS.ProcessEnv): Providers {
  const { STINT_CHAT_MODELS: others, STINT_GEMINI_ENDPOINT: geminiEndpoint } = environment;
  return openProviders({ others, geminiEndpoint });
}

interface Parts {
  readonly clock: Clock;
  readonly providers: Providers;
  readonly workspace: Pick<WorkspaceServices, "modelSettings" | "modelUsage">;
  readonly log: Logger;
}

export function openReading({ clock, providers, workspace, log }: Parts): Reader {
  const { modelSettings, modelUsage } = workspace;

  /** Nobody's plan is lost because its price could not be written down. */
  async function record(ws: number, { model, trouble, tokens }: ModelReading): Promise<void> {
    const isTroubled = trouble !== null;
    try {
      const { prices } = await modelSettings.read(ws);
      const cost = prices === null ? await listPrice(model, tokens) : costOf(tokens, prices);
      await modelUsage.record(ws, { model, isTroubled, tokens, cost });
    } catch (err) {
      log.error({ err }, "what a model used could not be recorded");
    }
  }

  return openReader({ clock, providers, modelOf: modelSettings.usable, record });
}

/** In nano-dollars, by the list that comes with Stint, which is loaded with the first question. */
async function listPrice(model: string, tokens: Tokens): Promise<number | null> {
  const { genaiPrices } = await import("#agent-cli/price-tables/genai-prices.ts");
  const priced = genaiPrices.price(model, { ...NOT_SAID, ...tokens });
  return priced === null ? null : Number(priced.nano);
}
