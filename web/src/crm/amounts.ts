/** Money with as many digits as it needs; unknown is said, never shown as 0. */
export function phraseAmount(value: number | null, currency: string): string {
  if (value === null) return "unknown";
  const isWhole = Number.isInteger(value);
  try {
    return new Intl.NumberFormat("en-US", {
      style: "currency",
      currency,
      minimumFractionDigits: isWhole ? 0 : 2,
      maximumFractionDigits: isWhole ? 0 : 6,
    }).format(value);
  } catch {
    return `${value.toLocaleString("en-US")} ${currency}`;
  }
}
