import { useState } from "react";

export interface OpenRecord<Row> {
  /** Undefined while nothing is open; a record without a row is a new one. */
  readonly open: { readonly row: Row | undefined } | undefined;
  readonly edit: (row: Row) => void;
  readonly create: () => void;
  readonly close: () => void;
}

/** Which record stands in the drawer. */
export function useRecord<Row>(): OpenRecord<Row> {
  const [open, setOpen] = useState<{ readonly row: Row | undefined }>();
  return {
    open,
    edit: (row) => setOpen({ row }),
    create: () => setOpen({ row: undefined }),
    close: () => setOpen(undefined),
  };
}
