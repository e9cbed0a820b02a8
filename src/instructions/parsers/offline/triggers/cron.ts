import type { Trigger } from "#domain/plan.ts";

import { matchAt, pattern } from "../pattern.ts";
import { type Read, type Source, tokenAt } from "../source.ts";

const OPENING = pattern(
  "[run|runs|start|starts|repeat] [this] [on|at|by|with|per] [the|this|a] [cron] cron|schedule [expression|schedule|job|string] [:|=|of|is]",
);
const FIELD = String.raw`(?:\*|[\da-zA-Z]+)(?:[-,/](?:\*|[\da-zA-Z]+))*`;
const FIVE = new RegExp(String.raw`\s*((?:${FIELD}[^\S\n]+){4}${FIELD})(?=$|[\s,:;.)\]-])`, "y");

/** "On the schedule 0 9 1 1 *: …", "cron '*\/15 * * * *'": the five fields themselves, which the plan's schema looks at. */
export function readCron(
  source: Source,
  at: number,
): Read<{ readonly trigger: Trigger } | { readonly reason: string }> | undefined {
  const opened = matchAt(source, at, OPENING)?.next;
  const start = opened ?? at;
  const token = tokenAt(source, start);
  const fields = fieldsAt(token.kind === "quoted" ? token.text : source.text, offsetOf(token));
  const isCron = fields !== undefined && (opened !== undefined || fields.text.includes("*"));
  if (!isCron) return undefined;
  const next = token.kind === "quoted" ? start + 1 : tokenFrom(source, start, fields.end);
  const cron = inNumbers(fields.text);
  const value = isInRange(cron)
    ? { trigger: { type: "schedule", cron } as const }
    : { reason: "Its five fields are minute, hour, day of the month, month and weekday" };
  return { value, next };
}

function offsetOf({ kind, start }: { readonly kind: string; readonly start: number }): number {
  return kind === "quoted" ? 0 : start;
}

function fieldsAt(
  text: string,
  start: number,
): { readonly text: string; readonly end: number } | undefined {
  FIVE.lastIndex = start;
  const fields = FIVE.exec(text)?.[1];
  if (fields === undefined || !/^[\d*]/.test(fields)) return undefined;
  return { text: fields.replace(/\s+/g, " "), end: FIVE.lastIndex };
}

function tokenFrom(source: Source, at: number, offset: number): number {
  let next = at;
  while (next < source.end && tokenAt(source, next).start < offset) next += 1;
  return next;
}

const WEEKDAYS = "sun mon tue wed thu fri sat".split(" ");
const MONTHS = "- jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

function inNumbers(cron: string): string {
  return cron.replaceAll(/[a-z]+/gi, (name) => {
    const short = name.toLowerCase();
    const number = [WEEKDAYS, MONTHS].map((names) => names.indexOf(short)).find((at) => at >= 0);
    return number === undefined ? name : String(number);
  });
}

/** The least and the most of each field. */
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function isInRange(cron: string): boolean {
  if (/[a-z]/i.test(cron)) return false;
  const fields = cron.split(" ");
  return RANGES.every(([least, most], at) =>
    (fields[at] ?? "")
      .replaceAll(/\/\d+/g, "")
      .split(/[,-]/)
      .every((part) => part === "*" || (Number(part) >= least && Number(part) <= most)),
  );
}
