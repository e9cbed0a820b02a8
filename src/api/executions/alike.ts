/** When two failures are the same error: of one kind, with one code, and saying the same but for what names one case. */
import { createHash } from "node:crypto";

const LONGEST = 300;
/** So much of a message is read: what comes out is cut only after what names one case is gone, never in the middle of it. */
const MOST_READ = 4000;
/** Whatever could be an address, in any alphabet; begun at the beginning of a word only, so that long words are read once. */
const ADDRESS = /(?<![^\s@<>()[\],;:"])[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+/gu;

/** The same words for the same cause: what names one case stands as `#`. */
export function alike(message: string): string {
  return message
    .slice(0, MOST_READ)
    .replaceAll(ADDRESS, "#")
    .replaceAll(/\b(?:[a-z]{2,5}_)?[0-9a-f]{8}-[0-9a-f-]{20,}/gi, "#")
    .replaceAll(/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, "#")
    .replaceAll(/\d+(?:[.,:]\d+)*/g, "#")
    .slice(0, LONGEST);
}

const ID_LENGTH = 24;

/** The id of all that are alike; marks are kept by it, so it must never come out otherwise than before. */
export function errorIdOf(kind: string, code: string, message: string): string {
  const whole = JSON.stringify([kind, code, alike(message)]);
  return `err_${createHash("sha256").update(whole).digest("hex").slice(0, ID_LENGTH)}`;
}
