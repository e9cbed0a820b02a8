import type { Execution } from "#contract/shapes/executions.ts";

export interface RetryWay {
  readonly key: "failed" | "only" | "start";
  readonly label: string;
  /** What goes to the server. */
  readonly body: { readonly from?: "start" | "failed"; readonly only?: "failed" };
}

/** How an ended execution can be tried again, the way that repeats least first. */
export function waysToRetry({ kind, phase, steps }: Execution): readonly RetryWay[] {
  const start = { key: "start", label: "From the start", body: { from: "start" } } as const;
  if (kind !== "automation") return [start];
  const hasFailed = steps.some(({ progress }) => progress !== null && progress.failed > 0);
  const from = { key: "failed", body: { from: "failed" } } as const;
  return [
    ...(phase === "failed" || hasFailed ? [{ ...from, label: "From the failed step" }] : []),
    ...(phase === "canceled" ? [{ ...from, label: "From where it stopped" }] : []),
    ...(hasFailed
      ? [{ key: "only", label: "Failed contacts only", body: { only: "failed" } } as const]
      : []),
    start,
  ];
}
