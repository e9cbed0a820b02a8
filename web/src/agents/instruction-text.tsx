import { memo, type ReactNode, useMemo } from "react";

import { cutBySpans, type KeyedSpan } from "./spans.ts";

interface InstructionTextProps {
  readonly text: string;
  readonly spans: readonly KeyedSpan[];
  readonly lit: string | undefined;
  readonly onLight?: (key: string | undefined) => void;
}

/** The words, each clause marked as the step that it became, or as one that cannot be carried out. */
export const InstructionText = memo(function InstructionText({
  text,
  spans,
  lit,
  onLight,
}: InstructionTextProps): ReactNode {
  const pieces = useMemo(() => cutBySpans(text, spans), [text, spans]);
  return (
    <div className="words">
      {pieces.map(({ text: words, start, keys, tone, isRough }) => {
        const key = keys.at(-1);
        if (key === undefined) return <span key={start}>{words}</span>;
        return (
          // Hovering lights what the plan beside it says in words.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <mark
            key={start}
            data-key={key}
            data-start={start}
            data-tone={tone}
            data-rough={isRough}
            data-lit={lit !== undefined && keys.includes(lit)}
            onMouseEnter={() => onLight?.(key)}
            onMouseLeave={() => onLight?.(undefined)}
          >
            {words}
          </mark>
        );
      })}
    </div>
  );
});
