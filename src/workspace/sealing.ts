/**
 * Secrets of others (a key of a model's provider) as they lie in the store: AES-256-GCM under a key that is derived from
 * the server's secret, which stands in a file of its own. A copy of the store alone tells nothing.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

export interface Sealing {
  /** @param about what it is and whose: it opens only as that */
  readonly seal: (text: string, about: string) => string;
  /** Undefined where it was sealed under another secret, for something else, or is damaged. */
  readonly open: (sealed: string, about: string) => string | undefined;
}

const FORM = "v1";
const CIPHER = "aes-256-gcm";
const TAG = { authTagLength: 16 } as const;
const IV_BYTES = 12;

/** @param secret the server's; asked for when something is sealed or opened */
export function openSealing(secret: () => string): Sealing {
  let derived: Buffer | undefined;
  const key = (): Buffer => {
    derived ??= Buffer.from(hkdfSync("sha256", secret(), "stint", "sealing v1", 32));
    return derived;
  };
  return {
    seal: (text, about) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key(), iv, TAG).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      const parts = [iv, sealed, cipher.getAuthTag()].map((part) => part.toString("base64url"));
      return [FORM, ...parts].join(".");
    },
    open: (sealed, about) => {
      const [form, ...parts] = sealed.split(".");
      const [iv, text, tag] = parts.map((part) => Buffer.from(part, "base64url"));
      if (form !== FORM || iv === undefined || text === undefined) return undefined;
      if (tag?.length !== TAG.authTagLength || iv.length !== IV_BYTES) return undefined;
      const decipher = createDecipheriv(CIPHER, key(), iv, TAG)
        .setAAD(Buffer.from(about))
        .setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
  };
}
