/** What an import came to, in words. */
import type { ImportReport } from "#contract/shapes/crm.ts";

type Counts = Pick<ImportReport, "imported" | "updated" | "skipped" | "errorCount">;

export function phraseReport({ imported, updated, skipped, errorCount }: Counts): string {
  const count = (n: number, one: string, many: string): string =>
    `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
  const parts = [
    `${count(imported, "contact", "contacts")} imported`,
    updated === 0 ? "" : `${updated.toLocaleString("en-US")} updated`,
    skipped === 0 ? "" : `${skipped.toLocaleString("en-US")} skipped`,
    errorCount === 0 ? "" : `${count(errorCount, "row", "rows")} left out`,
  ];
  return `${parts.filter((part) => part !== "").join(", ")}.`;
}
