const FORM = /^([+-]?)\s*[$€£¥]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([km])?\s*%?$/i;
const TIMES: Readonly<Record<string, number>> = { k: 1000, m: 1_000_000 };

/** An amount as people write it: "$50,000", "50k", "12.5 %"; undefined for anything else. */
export function readAmount(text: string): number | undefined {
  const match = FORM.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", unit = ""] = match;
  const scale = TIMES[unit.toLowerCase()] ?? 1;
  return Number(`${sign}${whole.replaceAll(",", "")}${fraction}`) * scale;
}
