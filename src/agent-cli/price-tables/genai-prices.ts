/** The list prices that come with the package: no network, and as old as the package. */
import { calcPrice } from "@pydantic/genai-prices";

import { nanoDollars } from "#domain/money.ts";

import type { Priced, PriceTable } from "../prices.ts";
import type { TokenCounts } from "../tokens.ts";

/** The package's version, which is that of its prices. */
const VERSION = "0.1.8";

/** No list has a step below it: some models cost more per token in a request that reads more. */
const BELOW_EVERY_STEP = 100_000;

export const genaiPrices: PriceTable = { name: `genai-prices ${VERSION}`, price };

function price(model: string, { input, cacheRead, output, ...rest }: TokenCounts): Priced | null {
  // Cached and fresh input differ tenfold: a sum of both has no price.
  if (input === null || cacheRead === null || output === null) return null;
  const hours = rest.cacheWrite1h ?? 0;
  const cacheWrite = (rest.cacheWrite ?? 0) - hours;
  const read = input + cacheRead + cacheWrite;
  const parts = Math.max(1, Math.ceil(read / BELOW_EVERY_STEP));
  const usage = {
    input_tokens: read / parts,
    cache_read_tokens: cacheRead / parts,
    cache_write_tokens: cacheWrite / parts,
    output_tokens: output / parts,
  };
  const dollars = calculate(usage, model);
  const kept = keptForAnHour(hours / parts, model);
  if (dollars === null || kept === null) return null;
  return { nano: nanoDollars((dollars + kept) * parts), estimate: parts > 1 };
}

/** Null: what it costs is not known. */
function keptForAnHour(tokens: number, model: string): number | null {
  if (tokens === 0) return 0;
  const fresh = CLAUDE.test(model)
    ? calculate({ input_tokens: tokens, output_tokens: 0 }, model)
    : null;
  return fresh === null ? null : FOR_AN_HOUR * fresh;
}

/** What is written to be kept for an hour costs so many times what fresh input does; the package does not say it. */
const FOR_AN_HOUR = 2;
const CLAUDE = /^claude/;

function calculate(usage: Parameters<typeof calcPrice>[0], model: string): number | null {
  try {
    return calcPrice(usage, model)?.total_price ?? null;
  } catch {
    return null; // counts that the package finds impossible have no price
  }
}
