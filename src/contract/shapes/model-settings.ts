import { z } from "zod";

import { spendingFields, timeSchema } from "./common.ts";

/** Google retires it on 1 December 2026; which model reads is a setting, and no more than that. */
export const DEFAULT_MODEL = "gemini-2.5-pro";
export const DEFAULT_PROVIDER = "gemini";

const provider = z.string().regex(/^[a-z][\w-]{0,39}$/, "is the name of a provider");
const model = z
  .string()
  .trim()
  .regex(/^(?!.*\.\.)[\w.:@/-]{1,100}$/, "is the id of a model, such as gemini-2.5-pro");
const key = z
  .string()
  .trim()
  .min(1, "may not be empty")
  .max(500, "may have at most 500 characters")
  .regex(/^[\x21-\x7e]*$/, "holds only letters, digits and signs, no spaces");
const timeoutSeconds = z.int().min(1).max(60);
/** Google's own bounds; null: as many as the model likes. */
const thinkingBudget = z.int().min(128).max(32_768).nullable();
const price = z.number().min(0).max(10_000);
/** Dollars for a million tokens, where the provider's list does not hold; what is cached costs what input does, unless it is said. */
const prices = z
  .strictObject({ input: price, cacheRead: price.optional(), output: price })
  .nullable();
export type Prices = NonNullable<z.output<typeof prices>>;

/** Replaces the settings; a key that is not named stays, null removes it. */
export const newModelSettingsSchema = z.strictObject({
  provider: provider.default(DEFAULT_PROVIDER),
  model: model.default(DEFAULT_MODEL),
  key: key.nullable().optional(),
  timeoutSeconds: timeoutSeconds.default(20),
  thinkingBudget: thinkingBudget.default(2048),
  prices: prices.default(null),
});
export type NewModelSettings = z.output<typeof newModelSettingsSchema>;

const usedSchema = z.object({
  /** The one that answered, where its provider says so. */
  model: z.string(),
  /** Instructions that it was to read. */
  readings: z.int(),
  /** Those that it could not be asked about, or gave no usable answer to. */
  troubled: z.int(),
  ...spendingFields,
});

export const modelSettingsSchema = z.object({
  provider: z.string(),
  model: z.string(),
  /** The key itself is never told; null: there is none, and the built-in parser reads. */
  key: z.object({ hint: z.string(), setAt: timeSchema }).nullable(),
  timeoutSeconds: z.int(),
  thinkingBudget: z.int().nullable(),
  prices: prices,
  /** Those that this server has. */
  providers: z.array(z.string()),
  /** What to know of this model, such as that it is being retired. */
  notice: z.string().nullable(),
  /** Of the last 30 days, by model. */
  usage: z.array(usedSchema),
});
export type ShownModelSettings = z.output<typeof modelSettingsSchema>;

/** Whether a text comes back as a plan, with these settings or the saved ones. */
export const modelTestedSchema = z.object({
  ok: z.boolean(),
  /** The model that answered. */
  model: z.string(),
  ms: z.int(),
  problem: z.string().nullable(),
  suggestion: z.string().nullable(),
});
