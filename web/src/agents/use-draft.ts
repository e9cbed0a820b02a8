import { useCallback, useState } from "react";

import type { Draft } from "./workbench.tsx";

/** What an editor holds that is not saved yet. */
export function useDraft(saved: Draft): readonly [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(saved);
  const change = useCallback(
    (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part })),
    [],
  );
  return [draft, change];
}
