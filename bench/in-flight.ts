/** Does `total` pieces of work, at most `limit` of them at a time; each end makes room for the next. */
export async function keepInFlight(
  total: number,
  limit: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  async function worker(): Promise<void> {
    while (next < total) await work(next++);
  }
  await Promise.all(Array.from({ length: Math.min(limit, total) }, worker));
}
