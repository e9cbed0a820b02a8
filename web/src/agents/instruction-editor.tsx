import {
  type MouseEvent,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useState,
} from "react";

import type { Edit } from "./edits.ts";
import { InstructionText } from "./instruction-text.tsx";
import { NoteCard } from "./note-card.tsx";
import type { Note } from "./notes.ts";
import { type KeyedSpan, keyAt } from "./spans.ts";

interface InstructionEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly spans: readonly KeyedSpan[];
  /** Of words in the text as it stands now. */
  readonly notes: readonly Note[];
  readonly lit: string | undefined;
  readonly onLight: (key: string | undefined) => void;
  readonly onFix: (edit: Edit) => void;
  readonly area: RefObject<HTMLTextAreaElement | null>;
}

/** A note beside the words that it is about, where the pointer found them. */
interface Pointed {
  readonly start: number;
  readonly left: number;
  readonly top: number;
}

/** A text to write in, over the same text with its clauses marked; caret and pointer light the step whose words they are at. */
export function InstructionEditor(props: InstructionEditorProps): ReactNode {
  const { value, onChange, spans, notes, lit, onLight, onFix, area } = props;
  const [pointed, setPointed] = useState<Pointed>();
  const note = pointed && notes.find(({ span }) => span && isWithin(span, pointed.start));
  const point = (event: MouseEvent<HTMLDivElement>): void => {
    // On its way to a button of the note, and on it, the pointer keeps the note.
    if (event.target instanceof Element && event.target.closest(".at-words") !== null) return;
    const mark = markUnder(event);
    if (mark !== undefined) onLight(mark.dataset["key"]);
    setPointed(mark?.dataset["tone"] === undefined ? undefined : placeOf(mark, event));
  };
  const leave = (): void => {
    onLight(undefined);
    setPointed(undefined);
  };
  return (
    <div className="editor-place" onMouseMove={point} onMouseLeave={leave}>
      <div className="editor">
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
          onChange={(event) => {
            setPointed(undefined);
            onChange(event.currentTarget.value);
          }}
          onKeyDown={({ key }) => {
            if (key === "Escape") setPointed(undefined);
          }}
          onSelect={(event: SyntheticEvent<HTMLTextAreaElement>) =>
            onLight(keyAt(spans, event.currentTarget.selectionStart))
          }
          onBlur={() => onLight(undefined)}
          data-filter
        />
      </div>
      {note === undefined || pointed === undefined ? null : (
        <div className="at-words" style={{ left: pointed.left, top: pointed.top }}>
          <NoteCard
            note={note}
            onFix={(edit) => {
              setPointed(undefined);
              onFix(edit);
            }}
          />
        </div>
      )}
    </div>
  );
}

const isWithin = (
  { start, end }: { readonly start: number; readonly end: number },
  place: number,
) => start <= place && place < end;

/** The marked words lie under the text that is written in, so no mark is entered: the one under the pointer is looked up. */
function markUnder({ currentTarget, clientX: x, clientY: y }: MouseEvent<HTMLDivElement>) {
  const marks = [...currentTarget.querySelectorAll<HTMLElement>("mark[data-key]")];
  return marks.find((mark) =>
    [...mark.getClientRects()].some(
      ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom,
    ),
  );
}

const WIDEST = 360;

/** Right below the words, and no further to the right than there is room. */
function placeOf(mark: HTMLElement, { currentTarget }: MouseEvent<HTMLDivElement>): Pointed {
  const frame = currentTarget.getBoundingClientRect();
  const rects = [...mark.getClientRects()];
  const last = rects.at(-1) ?? mark.getBoundingClientRect();
  const room = Math.max(0, frame.width - WIDEST);
  return {
    start: Number(mark.dataset["start"]),
    left: Math.min(last.left - frame.left, room),
    top: last.bottom - frame.top - 1,
  };
}
