/** Money is an integer number of nano-dollars; it is rounded once, on entry, so sums are exact. */
const NANO = 1_000_000_000;

/** Dollars as reported from outside → nano-dollars. @throws RangeError for what is not a finite amount. */
export function nanoDollars(dollars: number): bigint {
  if (!Number.isFinite(dollars)) throw new RangeError(`not an amount of money: ${dollars}`);
  return BigInt(Math.round(dollars * NANO));
}

/** Adds what is known and counts what is not: an unknown cost is never summed as 0. */
export function addMoney(costs: readonly (bigint | null)[]): {
  readonly nano: bigint;
  readonly unknown: number;
} {
  let nano = 0n;
  let unknown = 0;
  for (const cost of costs) {
    if (cost === null) unknown += 1;
    else nano += cost;
  }
  return { nano, unknown };
}

/** In dollars, exactly: as many digits as it needs, two at the least: "0.0042", "12.50". */
export function decimalDollars(nano: bigint): string {
  const sign = nano < 0n ? "-" : "";
  const amount = nano < 0n ? -nano : nano;
  const fraction = String(amount % BigInt(NANO))
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${sign}${amount / BigInt(NANO)}.${fraction.padEnd(2, "0")}`;
}

/** "$0.0042", "-$12.50" */
export function showMoney(nano: bigint): string {
  return decimalDollars(nano).replace(/^-?/, "$&$");
}
