/** What tokens cost by list, where an Agent CLI reports no cost itself. */
import type { TokenCounts } from "./tokens.ts";

export interface Priced {
  readonly nano: bigint;
  /** The list has steps that depend on single requests, which are not known. */
  readonly estimate: boolean;
}

export interface PriceTable {
  /** Its name and version, kept beside each figure that it gave. */
  readonly name: string;
  /** Null where the model is not in it, or where the counts do not say enough. Never throws. */
  readonly price: (model: string, tokens: TokenCounts) => Priced | null;
}

/** Knows nothing, so every cost that is not reported stays unknown. */
export const NO_PRICES: PriceTable = { name: "none", price: () => null };
