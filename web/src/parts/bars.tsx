import type { ReactNode } from "react";

interface BarsProps {
  /** From the oldest to the newest. */
  readonly counts: readonly number[];
  /** What the bars say, in words. */
  readonly label: string;
}

/** So high in a hundred is the lowest that is not nothing: one among a thousand is seen, too. */
const LEAST = 12;

/** How much of something there was over time: a small bar for each part of it, without axes. */
export function Bars({ counts, label }: BarsProps): ReactNode {
  const most = Math.max(1, ...counts);
  const heightOf = (count: number): number =>
    count === 0 ? 0 : LEAST + ((100 - LEAST) * count) / most;
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${counts.length} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {[...counts.entries()].map(([place, count]) => (
        <rect
          key={place}
          x={place + 0.1}
          width={0.8}
          y={100 - heightOf(count)}
          height={heightOf(count)}
        />
      ))}
    </svg>
  );
}
