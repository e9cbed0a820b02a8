import type { ReactNode } from "react";

interface RecordNameProps {
  readonly name: string;
  readonly onOpen: () => void;
}

/** A row's name that opens it in a drawer; the whole row is its button. */
export function RecordName({ name, onOpen }: RecordNameProps): ReactNode {
  return (
    <button type="button" className="row-link row-button" onClick={onOpen}>
      {name}
    </button>
  );
}
