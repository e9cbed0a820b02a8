import type { MouseEvent, ReactNode, RefObject, SyntheticEvent } from "react";

import { InstructionText } from "./instruction-text.tsx";
import { type KeyedSpan, keyAt } from "./spans.ts";

interface InstructionEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly spans: readonly KeyedSpan[];
  readonly isRefused: boolean;
  readonly lit: string | undefined;
  readonly onLight: (key: string | undefined) => void;
  readonly area?: RefObject<HTMLTextAreaElement | null>;
}

/** A text to write in, over the same text with its clauses marked; caret and pointer light the step whose words they are at. */
export function InstructionEditor(props: InstructionEditorProps): ReactNode {
  const { value, onChange, spans, isRefused, lit, onLight, area } = props;
  const lightCaret = (event: SyntheticEvent<HTMLTextAreaElement>): void =>
    onLight(keyAt(spans, event.currentTarget.selectionStart));
  return (
    <div
      className="editor"
      data-refused={isRefused}
      onMouseMove={(event) => lightPointer(event, onLight)}
      onMouseLeave={() => onLight(undefined)}
    >
      <div aria-hidden>
        <InstructionText text={`${value}\n`} spans={spans} lit={lit} />
      </div>
      <textarea
        ref={area}
        className="words"
        aria-label="Instructions"
        spellCheck
        value={value}
        placeholder="Say what the agent should do, as you would tell a colleague: Find contacts tagged 'webinar'. Send the 'Intro' email. Wait 5 days…"
        onChange={(event) => onChange(event.currentTarget.value)}
        onSelect={lightCaret}
        onBlur={() => onLight(undefined)}
        data-filter
      />
    </div>
  );
}

/** The marked words lie under the text that is written in, so no mark is entered: the one under the pointer is looked up. */
function lightPointer(
  { currentTarget, clientX: x, clientY: y }: MouseEvent<HTMLDivElement>,
  onLight: (key: string | undefined) => void,
): void {
  const marks = [...currentTarget.querySelectorAll<HTMLElement>("mark[data-key]")];
  const under = marks.find((mark) =>
    [...mark.getClientRects()].some(
      ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom,
    ),
  );
  if (under !== undefined) onLight(under.dataset["key"]);
}
