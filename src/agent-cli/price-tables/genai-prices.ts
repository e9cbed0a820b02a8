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

function price(model: string, tokens: TokenCounts): Priced | null {
  const { input, cacheRead, output } = tokens;
  // Cached and fresh input differ tenfold: a sum of both has no price.
  if (input === null || cacheRead === null || output === null) return null;
  if ((tokens.cacheWrite1h ?? 0) > 0) return null;
  const cacheWrite = tokens.cacheWrite ?? 0;
  const read = input + cacheRead + cacheWrite;
  const parts = Math.max(1, Math.ceil(read / BELOW_EVERY_STEP));
  const usage = {
    input_tokens: read / parts,
    cache_read_tokens: cacheRead / parts,
    cache_write_tokens: cacheWrite / parts,
    output_tokens: output / parts,
  };
  const dollars = calculate(usage, model);
  return dollars === null ? null : { nano: nanoDollars(dollars * parts), estimate: parts > 1 };
}

function calculate(usage: Parameters<typeof calcPrice>[0], model: string): number | null {
  try {
    return calcPrice(usage, model)?.total_price ?? null;
  } catch {
    return null; // counts that the package finds impossible have no price
  }
}
