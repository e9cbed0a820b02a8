import { type Read, type Source, tokenAt } from "../source.ts";
import { wordTable } from "../word-table.ts";

const MONTHS: Readonly<Record<string, number>> = wordTable(
  Object.fromEntries(
    `january february march april may june july august september october november december`
      .split(" ")
      .flatMap((month, index): [string, number][] => [
        [month, index + 1],
        [month.slice(0, 3), index + 1],
      ]),
  ),
);

/** A day of a certain year, as `2026-03-01`: "2026-03-01", "1 March 2026", "March 1st, 2026". */
export function readDate(source: Source, at: number): Read<string> | undefined {
  return readIso(source, at) ?? readNamedMonth(source, at);
}

function readIso(source: Source, at: number): Read<string> | undefined {
  const parts = [0, 2, 4].map((index) => tokenAt(source, at + index));
  const isJoined = [1, 3].every((index) => {
    const mark = tokenAt(source, at + index);
    return mark.word === "-" && !mark.isApart;
  });
  const [year, month, day] = parts.map(({ kind, value }) => (kind === "number" ? value : 0));
  if (!isJoined) return undefined;
  return dateOf(year, month, day, at + 5);
}

function readNamedMonth(source: Source, at: number): Read<string> | undefined {
  const first = tokenAt(source, at);
  const second = tokenAt(source, at + 1);
  const comma = tokenAt(source, at + 2).word === "," ? 1 : 0;
  const year = tokenAt(source, at + 2 + comma).value;
  const next = at + 3 + comma;
  const month = MONTHS[first.word];
  return month === undefined
    ? dateOf(year, MONTHS[second.word], first.value, next)
    : dateOf(year, month, second.value, next);
}

function dateOf(
  year: number | undefined,
  month: number | undefined,
  day: number | undefined,
  next: number,
): Read<string> | undefined {
  const isDay = isWithin(year, 1900, 2200) && isWithin(month, 1, 12) && isWithin(day, 1, 31);
  if (!isDay) return undefined;
  const [months, days] = [month, day].map((part) => String(part).padStart(2, "0"));
  return { value: `${year}-${months}-${days}`, next };
}

function isWithin(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most;
}
