import { type ReactNode, useCallback, useRef } from "react";

import { useWorkspaceId } from "../session/workspace.tsx";
import { applyEdit, type Edit } from "./edits.ts";
import { InstructionEditor } from "./instruction-editor.tsx";
import { InstructionsPanes } from "./instructions-panes.tsx";
import type { ParseSettings } from "./queries.ts";
import { carrySpans } from "./spans.ts";
import { OfferedTrigger } from "./trigger-card.tsx";
import type { AgentTrigger } from "./trigger-offer.ts";
import { UnderstandingView } from "./understanding-view.tsx";
import { notesOf, spansToMark } from "./understanding.ts";
import { useLight } from "./use-light.ts";
import { useUnderstanding } from "./use-understanding.ts";

export interface Draft {
  readonly text: string;
  readonly triggers: readonly AgentTrigger[];
}

interface WorkbenchProps {
  readonly draft: Draft;
  /** What else the words are understood with. */
  readonly settings: ParseSettings;
  readonly onChange: (change: Partial<Draft>) => void;
  /** Under the words: what can be done with them. */
  readonly children?: ReactNode;
}

/** Words that are being written, with the plan that they become beside them; each changes the other. */
export function Workbench({ draft, settings, onChange, children }: WorkbenchProps): ReactNode {
  const { text, triggers } = draft;
  const reading = useUnderstanding(useWorkspaceId(), text, {
    ...settings,
    triggers: [...triggers],
  });
  const { lit, fromPlan, fromWords, plan } = useLight();
  const area = useRef<HTMLTextAreaElement>(null);
  const spans = spansToMark(text, reading);
  const select = (start: number, end: number): void => selectSoon(area.current, start, end);
  const fix = (edit: Edit): void => {
    // It was made for the text that was read; the place may have moved since.
    const [place] = carrySpans(reading.of, text, [{ key: "", ...edit }]);
    if (place === undefined) return;
    onChange({ text: applyEdit(text, { ...edit, ...place }) });
    const at = place.start + edit.text.length;
    select(at, at);
  };
  const find = (key: string): void => {
    const noted = notesOf(reading).find((note) => note.key === key)?.span;
    const [span] =
      noted === undefined
        ? spans.filter((one) => one.key === key)
        : carrySpans(reading.of, text, [{ key, ...noted }]);
    if (span !== undefined) select(span.start, span.end);
  };
  const { understanding, isBehind } = reading;
  const named = understanding.state === "understood" ? understanding.plan.trigger : undefined;
  return (
    <InstructionsPanes
      words={
        <>
          <InstructionEditor
            value={text}
            onChange={useCallback((value: string) => onChange({ text: value }), [onChange])}
            spans={spans}
            isRefused={understanding.state === "refused"}
            lit={lit}
            onLight={fromWords}
            area={area}
          />
          {children}
        </>
      }
      plan={
        <div className="plan-pane" ref={plan} aria-busy={isBehind} data-behind={isBehind}>
          <UnderstandingView
            answer={reading}
            lit={lit}
            onLight={fromPlan}
            onFind={find}
            onFix={fix}
            onAskAgain={reading.askAgain}
            start={
              named === undefined ? undefined : (
                <OfferedTrigger
                  trigger={named}
                  own={triggers}
                  onTake={(taken) => onChange({ triggers: taken })}
                />
              )
            }
          />
        </div>
      }
    />
  );
}

/** Once the text has been drawn as it now is. */
function selectSoon(area: HTMLTextAreaElement | null, start: number, end: number): void {
  requestAnimationFrame(() => {
    area?.focus();
    area?.setSelectionRange(start, end);
  });
}
