/** The settings of the model as a form holds them, and what is sent of it. */
import type { NewModelSettings, ShownModelSettings } from "#contract/shapes/model-settings.ts";

export interface ModelValues {
  readonly provider: string;
  readonly model: string;
  /** A new one; empty: the one there is stays. */
  readonly key: string;
  readonly timeoutSeconds: number | string;
  /** Empty: as many as the model likes. */
  readonly thinkingBudget: number | string;
  readonly hasPrices: boolean;
  readonly input: number | string;
  readonly cacheRead: number | string;
  readonly output: number | string;
}

export function modelValuesOf(shown: ShownModelSettings): ModelValues {
  const { provider, model, timeoutSeconds, thinkingBudget, prices } = shown;
  return {
    provider,
    model,
    key: "",
    timeoutSeconds,
    thinkingBudget: thinkingBudget ?? "",
    hasPrices: prices !== null,
    input: prices?.input ?? "",
    cacheRead: prices?.cacheRead ?? "",
    output: prices?.output ?? "",
  };
}

/** All that is shown is sent: what is not would become what it is by itself. A key is sent only where one was entered. */
export function modelSettingsFrom(values: ModelValues): NewModelSettings {
  const { provider, model, key, timeoutSeconds, thinkingBudget, hasPrices } = values;
  return {
    provider,
    model: model.trim(),
    ...(key.trim() === "" ? {} : { key: key.trim() }),
    timeoutSeconds: Number(timeoutSeconds),
    thinkingBudget: thinkingBudget === "" ? null : Number(thinkingBudget),
    prices: hasPrices ? pricesFrom(values) : null,
  };
}

function pricesFrom({ input, cacheRead, output }: ModelValues): NewModelSettings["prices"] {
  return {
    input: Number(input),
    output: Number(output),
    ...(cacheRead === "" ? {} : { cacheRead: Number(cacheRead) }),
  };
}

/** "$0.0042", "unknown", "$0.0042 (2 not known)": what is not known is said, never counted as nothing. */
export function phraseCost(cost: string | null, costUnknown: number): string {
  if (cost === null) return costUnknown === 0 ? "–" : "unknown";
  return costUnknown === 0 ? `$${cost}` : `$${cost} (${costUnknown} not known)`;
}
