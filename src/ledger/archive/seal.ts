/**
 * People's payloads in an archive are encrypted with a key of their subject, which stands in the store. Erasing the
 * subject deletes the key, so no archive has to be written again.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function makeKey(): string {
  return randomBytes(KEY_BYTES).toString("hex");
}

export function seal(text: string, key: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, Buffer.from(key, "hex"), iv);
  const sealed = [cipher.update(deflateRawSync(text)), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString("base64");
}

/** @throws where it was sealed with another key, or changed since */
export function unseal(sealed: string, key: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const iv = bytes.subarray(0, IV_BYTES);
  const decipher = createDecipheriv(CIPHER, Buffer.from(key, "hex"), iv);
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const body = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
  return inflateRawSync(Buffer.concat(body)).toString("utf8");
}
