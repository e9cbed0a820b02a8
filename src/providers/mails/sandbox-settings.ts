import type { SandboxSettings } from "#contract/shapes/sandbox.ts";

/** Quick, and never in the way. */
export const BEHAVES: SandboxSettings = {
  latencyMs: 0,
  loseAnswerEvery: 0,
  loseAnswerRate: 0,
  refuseEvery: 0,
  seed: 1,
};

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
