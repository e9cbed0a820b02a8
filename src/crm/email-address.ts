import { fold } from "#domain/comparing.ts";

const LOCAL = String.raw`[\p{L}\p{N}!#$%&'*+/=?^_{|}~\x60-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_{|}~\x60-]+)*`;
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const FORM = new RegExp(`^${LOCAL}@(?:${LABEL}\\.)+${LABEL}$`, "u");

/** Whether mail could be addressed like this: one plain address, as RFC 5321 allows it without quotes. */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  return text.length <= 254 && at <= 64 && FORM.test(text) && !/\.\d+$/.test(text);
}

/** Two spellings of one address have one key. */
export function keyOfAddress(address: string): string {
  return fold(address);
}
