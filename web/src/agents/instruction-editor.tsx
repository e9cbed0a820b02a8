import type { ReactNode, SyntheticEvent } from "react";

import { InstructionText } from "./instruction-text.tsx";
import { type KeyedSpan, keyAt } from "./spans.ts";

interface InstructionEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly spans: readonly KeyedSpan[];
  readonly isRefused: boolean;
  readonly lit: string | undefined;
  readonly onLight: (key: string | undefined) => void;
}

/** A text to write in, over the same text with its clauses marked; the caret lights the step that it stands in. */
export function InstructionEditor(props: InstructionEditorProps): ReactNode {
  const { value, onChange, spans, isRefused, lit, onLight } = props;
  const lightCaret = (event: SyntheticEvent<HTMLTextAreaElement>): void =>
    onLight(keyAt(spans, event.currentTarget.selectionStart));
  return (
    <div className="editor" data-refused={isRefused}>
      <div aria-hidden>
        <InstructionText
          text={`${value}\n`}
          spans={spans}
          lit={lit}
          {...(isRefused ? { tone: "red" as const } : {})}
        />
      </div>
      <textarea
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
