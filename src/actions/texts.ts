import { momentsOf } from "#domain/comparing.ts";
import type { FieldType, Known } from "#domain/conditions.ts";
import { Fault } from "#domain/fault.ts";
import { resolveText } from "#domain/variables.ts";
import { phraseDay } from "#domain/zones.ts";

import type { Doing } from "./action.ts";

type Filling = Pick<Doing, "look"> & {
  readonly scene: Pick<Doing["scene"], "zone" | "fallbackOf">;
};

/**
 * A text with its variables resolved. Where one has neither a value nor a fallback nothing is done for
 * this entity: a raw variable is never sent, nor a gap where it stood. @throws Fault `missing_value`
 */
export function resolved(text: string, { look, scene }: Filling): string {
  const { zone, fallbackOf } = scene;
  const { text: result, missing } = resolveText(text, look, {
    fallbackOf,
    show: (value, type) => show(value, type, zone),
    ...(isHtml(text) && { escape: escapeHtml }),
  });
  const [first] = missing;
  if (first === undefined) return result;
  throw new Fault("missing_value", `${missing.join(", ")} has no value here.`, {
    scope: "contact",
    happened: "no",
    suggestion: `Give it a fallback such as ${first}|there, or fill in the field.`,
  });
}

/** The same for what stands on one line: a value cannot begin another one, nor a header. */
export function resolvedLine(text: string, filling: Filling): string {
  return resolved(text, filling).replaceAll(/\s*[\r\n\u2028\u2029]+\s*/gu, " ");
}

/** Dates are written as days in the workspace's zone, lists with commas, all else as it is. */
function show(value: Known, type: FieldType | undefined, zone: string): string {
  const day = type === "date" ? momentsOf(value, { now: 0, zone })?.from : undefined;
  if (day !== undefined) return phraseDay(day, zone);
  return Array.isArray(value) ? value.join(", ") : String(value);
}

const TAG =
  /<(?:!doctype|html|body|head|p|br|hr|div|span|table|t[dr]|a|b|i|u|em|strong|ul|ol|li|h[1-6]|img)\b[^<>]*>/i;

const isHtml = (text: string): boolean => TAG.test(text);

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => ESCAPES[one] ?? one);
}
