import { z } from "zod";

const settings = {
  /** How long a send takes: half of it before the mail is kept, half after. */
  latencyMs: z.int().min(0).max(60_000),
  /** Every n-th mail is kept and its answer lost. 0: none. */
  loseAnswerEvery: z.int().min(0),
  /** The same by chance, from 0 to 1; `seed` makes the chance repeatable. */
  loseAnswerRate: z.number().min(0).max(1),
  /** Every n-th mail is refused and not kept. 0: none. */
  refuseEvery: z.int().min(0),
  seed: z.int(),
} as const;

/**
 * How the sandbox behaves, so that a person and a test can see what becomes of slow mail, of mail that
 * is refused, and of mail whose answer is lost on the way back.
 */
export const sandboxSettingsSchema = z.strictObject(settings);
export type SandboxSettings = z.output<typeof sandboxSettingsSchema>;

/** What is not named stays as it is. */
export const sandboxChangeSchema = z.strictObject({
  latencyMs: settings.latencyMs.optional(),
  loseAnswerEvery: settings.loseAnswerEvery.optional(),
  loseAnswerRate: settings.loseAnswerRate.optional(),
  refuseEvery: settings.refuseEvery.optional(),
  seed: settings.seed.optional(),
});
export type SandboxChange = z.output<typeof sandboxChangeSchema>;

export const sandboxSchema = z.object({
  settings: sandboxSettingsSchema,
  /** Mails that were accepted beyond the first of their key: more than none is a bug. */
  duplicates: z.int(),
});
export type Sandbox = z.output<typeof sandboxSchema>;
