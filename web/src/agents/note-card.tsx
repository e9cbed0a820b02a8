import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";

import type { Edit } from "./edits.ts";
import type { Note } from "./notes.ts";

interface NoteCardProps {
  readonly note: Note;
  readonly isLit?: boolean;
  readonly onLight?: (key: string | undefined) => void;
  readonly onFind?: (key: string) => void;
  /** Carries a fix out; without it the note only tells. */
  readonly onFix?: ((edit: Edit) => void) | undefined;
}

/** Why words cannot be carried out, and a button for each thing that can be done about it. */
export function NoteCard(props: NoteCardProps): ReactNode {
  const { note, isLit = false, onLight, onFind, onFix } = props;
  const { key, lights, tone, words, span, reason, advice, fixes } = note;
  return (
    <div
      className="problem note"
      data-tone={tone}
      data-lit={isLit}
      onMouseEnter={() => onLight?.(lights)}
      onMouseLeave={() => onLight?.(undefined)}
      onFocus={() => onLight?.(lights)}
      onBlur={() => onLight?.(undefined)}
    >
      {words === "" ? null : (
        <Quoted words={words} onFind={span && onFind && (() => onFind(key))} />
      )}
      <p>{reason}</p>
      {advice === "" ? null : <p className="quiet">{advice}</p>}
      {onFix === undefined || fixes.length === 0 ? null : (
        <Group gap={6} mt={8}>
          {fixes.map(({ label, edit }) => (
            <Button
              key={label}
              size="compact-sm"
              variant="default"
              className="fix"
              onClick={() => onFix(edit)}
            >
              {label}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}

function Quoted({
  words,
  onFind,
}: {
  readonly words: string;
  readonly onFind: (() => void) | undefined;
}): ReactNode {
  if (onFind === undefined) return <q className="clause">{words}</q>;
  return (
    <button type="button" className="plan-find" title="Show these words" onClick={onFind}>
      <q className="clause">{words}</q>
    </button>
  );
}
