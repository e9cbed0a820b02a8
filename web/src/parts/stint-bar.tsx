import type { ReactNode } from "react";

import type { Tone } from "../looks/looks.ts";

interface StintBarProps {
  /** From 0 to 1. */
  readonly part: number;
  readonly label: string;
  readonly tone?: Tone;
  readonly wide?: boolean;
}

/** The mark: a short rounded bar, as far drawn as the work is done. */
export function StintBar({ part, label, tone, wide = false }: StintBarProps): ReactNode {
  const percent = Math.round(Math.min(1, Math.max(0, part)) * 100);
  return (
    <progress
      className={wide ? "stint wide" : "stint"}
      data-tone={tone}
      aria-label={label}
      max={100}
      value={percent}
    />
  );
}

export function Mark(): ReactNode {
  return (
    <span className="stint" aria-hidden>
      <span style={{ width: "62%" }} />
    </span>
  );
}
