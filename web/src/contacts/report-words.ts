/** What an import came to, in words. */
import type { ImportReport } from "#contract/shapes/crm.ts";

export function phraseReport({ imported, updated, skipped, errors }: ImportReport): string {
  const count = (n: number, one: string, many: string): string =>
    `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
  const parts = [
    `${count(imported, "contact", "contacts")} imported`,
    updated === 0 ? "" : `${updated.toLocaleString("en-US")} updated`,
    skipped === 0 ? "" : `${skipped.toLocaleString("en-US")} skipped`,
    errors.length === 0 ? "" : `${count(errors.length, "row", "rows")} left out`,
  ];
  return `${parts.filter((part) => part !== "").join(", ")}.`;
}
