import { z } from "zod";

/**
 * How the sandbox behaves, so that a person and a test can see what becomes of slow mail, of mail that
 * is refused, and of mail whose answer is lost on the way back.
 */
export const sandboxSettingsSchema = z.strictObject({
  /** How long a send takes: half of it before the mail is kept, half after. */
  latencyMs: z.int().min(0).max(60_000).default(0),
  /** Every n-th mail is kept and its answer lost. 0: none. */
  loseAnswerEvery: z.int().min(0).default(0),
  /** The same by chance, from 0 to 1; `seed` makes the chance repeatable. */
  loseAnswerRate: z.number().min(0).max(1).default(0),
  /** Every n-th mail is refused and not kept. 0: none. */
  refuseEvery: z.int().min(0).default(0),
  seed: z.int().default(1),
});

export type SandboxSettings = z.output<typeof sandboxSettingsSchema>;
export type SandboxSettingsInput = z.input<typeof sandboxSettingsSchema>;

/** Quick, and never in the way. */
export const BEHAVES: SandboxSettings = sandboxSettingsSchema.parse({});

export type Fate = "accepted" | "answer lost" | "refused";

/** What becomes of the next mail. */
export type Fortune = (settings: SandboxSettings) => Fate;

/** Counts from its beginning; the same seed and settings tell the same fortune. */
export function openFortune(): Fortune {
  let sent = 0;
  return ({ loseAnswerEvery, loseAnswerRate, refuseEvery, seed }) => {
    sent += 1;
    if (refuseEvery > 0 && sent % refuseEvery === 0) return "refused";
    if (loseAnswerEvery > 0 && sent % loseAnswerEvery === 0) return "answer lost";
    return chance(seed, sent) < loseAnswerRate ? "answer lost" : "accepted";
  };
}

/** A number from 0 up to 1 that looks random and follows from the two (mixed as splitmix32 does). */
function chance(seed: number, n: number): number {
  let mixed = (seed + Math.imul(n, 0x9e3779b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
