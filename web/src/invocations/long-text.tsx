import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { plainText } from "./plain-text.ts";

interface LongTextProps {
  readonly text: string;
  /** So many characters at first; ten times as many more on demand. */
  readonly shown?: number;
}

/** So many characters of a text are drawn at once: many screens. */
const SCREENS = 20_000;

export function LongText({ text, shown: first = SCREENS }: LongTextProps): ReactNode {
  const [shown, setShown] = useState(first);
  const rest = text.length - shown;
  return (
    <>
      {plainText(text.slice(0, shown))}
      {rest > 0 ? (
        <div>
          <Button
            size="compact-xs"
            variant="default"
            mt={4}
            onClick={() => setShown(shown + 10 * first)}
          >
            {rest.toLocaleString("en-US")} more characters
          </Button>
        </div>
      ) : null}
    </>
  );
}
