/** What executions used. Whatever is summed over several of them, along a tree or not, is added here. */
import { addSpending, type Spending } from "./spending.ts";

export interface Usage {
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
  /** Null: nothing was spent. */
  readonly spending: Spending | null;
}

export function usageOf({ steps, retries, warnings, spending }: Usage): Usage {
  return { steps, retries, warnings, spending };
}

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    steps: one.steps + other.steps,
    retries: one.retries + other.retries,
    warnings: one.warnings + other.warnings,
    spending: addSpending(one.spending, other.spending),
  };
}
