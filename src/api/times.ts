/** Times are epoch milliseconds inside and ISO 8601 in UTC outside. */
export function showTime(at: number): string {
  return new Date(at).toISOString();
}

export function showTimeOr(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : showTime(at);
}
