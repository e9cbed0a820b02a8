/** What executions used. Whatever is summed over several of them, along a tree or not, is added here. */
export interface Usage {
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
}

export function usageOf({ steps, retries, warnings }: Usage): Usage {
  return { steps, retries, warnings };
}

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    steps: one.steps + other.steps,
    retries: one.retries + other.retries,
    warnings: one.warnings + other.warnings,
  };
}
