import { readAmount } from "#domain/amounts.ts";
import { momentsOf } from "#domain/comparing.ts";
import type { Moment } from "#domain/conditions.ts";

import { isEmailAddress } from "./email-address.ts";
import type { Found } from "./field-names.ts";
import type { CustomField, FieldKind, Format } from "./fields.ts";

/** A value as a field keeps it; null is empty. */
export type Stored = string | number | boolean | null;

export type Read = { readonly value: Stored } | { readonly problem: string };

const LONGEST_TEXT = 5000;
/** Whole numbers up to here are exact in every store. */
const LARGEST = 1e15;

/** Reads a value that comes from outside (a form, a file, a plan) as the field keeps it. It never throws. */
export function readValue(found: Found, given: unknown, moment: Moment): Read {
  if (isNothing(given)) {
    return found.field?.isRequired === true
      ? { problem: `${nameOf(found)} may not be empty` }
      : { value: found.kind === "flag" && found.custom === undefined ? false : null };
  }
  if (!isScalar(given)) return { problem: `${nameOf(found)} takes one value` };
  return READERS[found.kind](given, found, moment);
}

/** The name by which a person knows the field. */
export function nameOf({ field, custom }: Found): string {
  return field?.name ?? custom?.name ?? "";
}

type Scalar = string | number | boolean;
type Reader = (given: Scalar, found: Found, moment: Moment) => Read;

function isNothing(given: unknown): given is null | undefined {
  return (
    given === null || given === undefined || (typeof given === "string" && given.trim() === "")
  );
}

function isScalar(given: unknown): given is Scalar {
  return typeof given === "string" || typeof given === "number" || typeof given === "boolean";
}

const READERS: Readonly<Record<FieldKind, Reader>> = {
  text: readText,
  id: readText,
  owner: readText,
  tags: readText,
  number: readNumber,
  flag: readFlag,
  time: readTime,
  day: readDay,
};

function readText(given: Scalar, found: Found): Read {
  const text = String(given).normalize("NFC").trim();
  if (text.length > LONGEST_TEXT) {
    return { problem: `${nameOf(found)} may have at most ${LONGEST_TEXT} characters` };
  }
  if (/\p{Cc}/u.test(text.replaceAll(/\s/g, ""))) {
    return { problem: `${nameOf(found)} holds characters that no text has` };
  }
  if (found.custom?.type === "select") return readOption(text, found.custom);
  const format = found.field?.format;
  return format === undefined ? { value: text } : FORMATS[format](text, found);
}

function readOption(text: string, { name, options }: CustomField): Read {
  const chosen = options.find((one) => one.toLowerCase() === text.toLowerCase());
  if (chosen !== undefined) return { value: chosen };
  return { problem: `${name} is one of ${options.join(", ")}; "${text}" is not` };
}

const FORMATS: Readonly<Record<Format, (text: string, found: Found) => Read>> = {
  email: (text) =>
    isEmailAddress(text) ? { value: text } : { problem: `Invalid email address: ${text}` },
  url: readUrl,
  domain: (text) => {
    const domain = text
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, "")
      .replace(/^www\./, "")
      .replace(/[/?#:].*$/, "");
    return isEmailAddress(`x@${domain}`)
      ? { value: domain }
      : { problem: `"${text}" is not a domain such as example.com` };
  },
  currency: (text) =>
    /^[A-Za-z]{3}$/.test(text)
      ? { value: text.toUpperCase() }
      : { problem: `"${text}" is not a currency such as USD` },
};

function readUrl(text: string, found: Found): Read {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  const isWeb = url !== undefined && /^https?:$/.test(url.protocol) && url.hostname.includes(".");
  return isWeb ? { value: full } : { problem: `${nameOf(found)}: "${text}" is not a web address` };
}

function readNumber(given: Scalar, found: Found): Read {
  const number = typeof given === "number" ? given : readAmount(String(given));
  if (number === undefined || Number.isNaN(number) || typeof given === "boolean") {
    return { problem: `${nameOf(found)} takes a number; "${String(given)}" is none` };
  }
  if (Math.abs(number) > LARGEST) return { problem: `${nameOf(found)} takes numbers up to 10^15` };
  if (found.field?.column === "employees" && !(Number.isInteger(number) && number >= 0)) {
    return { problem: `${nameOf(found)} takes a whole number` };
  }
  return { value: number };
}

function readFlag(given: Scalar, found: Found): Read {
  const text = String(given).trim().toLowerCase();
  if (["true", "yes", "y", "1"].includes(text)) return { value: true };
  if (["false", "no", "n", "0"].includes(text)) return { value: false };
  return { problem: `${nameOf(found)} is true or false; "${String(given)}" is neither` };
}

function readTime(given: Scalar, found: Found, moment: Moment): Read {
  const at = typeof given === "boolean" ? undefined : momentsOf(given, moment)?.from;
  return at === undefined || Math.abs(at) > LARGEST ? notADate(given, found) : { value: at };
}

/** A calendar day stays one, whatever the zone; a moment is written in UTC. */
function readDay(given: Scalar, found: Found, moment: Moment): Read {
  const text = String(given).trim();
  const isDay = /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text);
  if (isDay) return isOnCalendar(text) ? { value: text } : notADate(given, found);
  const at = typeof given === "boolean" ? undefined : momentsOf(given, moment)?.from;
  const year = at === undefined || Math.abs(at) > LARGEST ? 0 : new Date(at).getUTCFullYear();
  if (at === undefined || year < 1000 || year > 9999) return notADate(given, found);
  return { value: new Date(at).toISOString() };
}

/** `2026-02-30` is read as a day in March by those who do not look. */
function isOnCalendar(day: string): boolean {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function notADate(given: Scalar, found: Found): Read {
  const example = "a date such as 2026-03-31";
  return { problem: `${nameOf(found)} takes ${example}; "${String(given)}" is none` };
}
