import { type ReactNode, useRef } from "react";

import { useWorkspaceId } from "../session/workspace.tsx";
import { applyEdit, type Edit } from "./edits.ts";
import { InstructionEditor } from "./instruction-editor.tsx";
import { InstructionsPanes } from "./instructions-panes.tsx";
import { ModelReading } from "./model-reading.tsx";
import { PlanEditor } from "./plan-editor.tsx";
import type { ParseSettings } from "./queries.ts";
import { carrySpans } from "./spans.ts";
import type { AgentTrigger } from "./trigger-offer.ts";
import { notesIn, notesOf, spansToMark } from "./understanding.ts";
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
  const all = { ...settings, triggers: [...triggers] };
  const reading = useUnderstanding(useWorkspaceId(), text, all);
  const { lit, fromPlan, fromWords, plan } = useLight();
  const area = useRef<HTMLTextAreaElement>(null);
  const spans = spansToMark(text, reading);
  const select = (start: number, end: number, then?: () => void): void =>
    selectSoon(area.current, start, end, then);
  /** An edit that was made for the text as it was read; its place may have moved since. */
  const put = (edit: Edit): void => {
    const now = area.current?.value ?? text;
    const [place] =
      now === reading.of ? [edit] : carrySpans(reading.of, now, [{ key: "", ...edit }]);
    if (place === undefined) return;
    const { start, end } = place;
    onChange({ text: applyEdit(now, { start, end, text: edit.text }) });
    select(start + edit.text.length, start + edit.text.length);
  };
  const find = (key: string): void => {
    const note = notesOf(reading).find((one) => one.key === key);
    const [span] =
      note?.span === undefined
        ? spans.filter((one) => one.key === key)
        : carrySpans(reading.of, text, [{ key: note.lights, ...note.span }]);
    if (span !== undefined) select(span.start, span.end, () => fromWords(span.key));
  };
  const { isBehind } = reading;
  return (
    <InstructionsPanes
      words={
        <>
          <InstructionEditor
            value={text}
            onChange={(value) => onChange({ text: value })}
            spans={spans}
            notes={notesIn(text, reading)}
            lit={lit}
            onLight={fromWords}
            onFix={put}
            area={area}
          />
          <ModelReading key={text} text={text} settings={all} />
          {children}
        </>
      }
      plan={
        <div className="plan-pane" ref={plan} aria-busy={isBehind} data-behind={isBehind}>
          <PlanEditor
            draft={draft}
            settings={all}
            reading={reading}
            lit={lit}
            onLight={fromPlan}
            onFind={find}
            onFix={put}
            onWrite={put}
            onTriggers={(taken) => onChange({ triggers: taken })}
            onAskAgain={reading.askAgain}
          />
        </div>
      }
    />
  );
}

/** Once the text has been drawn as it now is. */
function selectSoon(
  area: HTMLTextAreaElement | null,
  start: number,
  end: number,
  then?: () => void,
): void {
  requestAnimationFrame(() => {
    area?.focus();
    area?.setSelectionRange(start, end);
    then?.();
  });
}
