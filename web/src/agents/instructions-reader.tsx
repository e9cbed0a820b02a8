import { type ReactNode, useRef } from "react";

import { InstructionText } from "./instruction-text.tsx";
import { InstructionsPanes } from "./instructions-panes.tsx";
import { UnderstandingView } from "./understanding-view.tsx";
import { type Answer, notesOf, spansToMark } from "./understanding.ts";
import { useLight } from "./use-light.ts";

interface InstructionsReaderProps {
  readonly answer: Answer;
  /** Beside the heading of the words. */
  readonly beside?: ReactNode;
  /** Above the plan. */
  readonly above?: ReactNode;
}

/** Saved words with what they became: each lights the other. */
export function InstructionsReader({ answer, beside, above }: InstructionsReaderProps): ReactNode {
  const { lit, fromPlan, fromWords, plan } = useLight();
  const words = useRef<HTMLDivElement>(null);
  const find = (key: string): void => {
    const shown = notesOf(answer).find((note) => note.key === key)?.lights ?? key;
    const mark = words.current?.querySelector(`mark[data-key="${shown}"]`);
    mark?.scrollIntoView({ block: "nearest" });
  };
  return (
    <InstructionsPanes
      beside={beside}
      words={
        <div ref={words}>
          <InstructionText
            text={answer.of}
            spans={spansToMark(answer.of, answer)}
            lit={lit}
            onLight={fromWords}
          />
        </div>
      }
      plan={
        <div className="plan-pane" ref={plan}>
          {above}
          <UnderstandingView answer={answer} lit={lit} onLight={fromPlan} onFind={find} />
        </div>
      }
    />
  );
}
