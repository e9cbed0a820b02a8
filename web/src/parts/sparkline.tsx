import type { ReactNode } from "react";

interface SparklineProps {
  /** From 0 to 100 each way; see `pathOf`. */
  readonly path: string;
  /** What the line says, in words. */
  readonly label: string;
}

/** A small line without axes: its course, with its figures in words beside it. */
export function Sparkline({ path, label }: SparklineProps): ReactNode {
  return (
    <svg className="sparkline" viewBox="0 0 100 100" preserveAspectRatio="none" role="img">
      <title>{label}</title>
      <path d={`${path}L100,100L0,100Z`} className="sparkline-area" />
      <path d={path} className="sparkline-line" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
