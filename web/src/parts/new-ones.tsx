import { Button } from "@mantine/core";
import type { ReactNode } from "react";

interface NewOnesProps {
  readonly count: number;
  readonly onShow: () => void;
}

/** What came up since a list was read, until it is asked for: nothing moves under the pointer. */
export function NewOnes({ count, onShow }: NewOnesProps): ReactNode {
  return (
    <output className="new-ones" hidden={count === 0}>
      {count === 0 ? null : (
        <Button size="compact-sm" variant="light" onClick={onShow}>
          {count} new
        </Button>
      )}
    </output>
  );
}
