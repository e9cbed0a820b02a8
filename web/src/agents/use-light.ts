import { type RefObject, useCallback, useRef, useState } from "react";

export interface Light {
  /** The key of the step, or note, that words and plan show together. */
  readonly lit: string | undefined;
  readonly fromPlan: (key: string | undefined) => void;
  /** From the words: brings the card into view, where the plan scrolls by itself. */
  readonly fromWords: (key: string | undefined) => void;
  readonly plan: RefObject<HTMLDivElement | null>;
}

/** One light for words and plan: hovering or focusing the one shows the other. */
export function useLight(): Light {
  const [lit, setLit] = useState<string>();
  const plan = useRef<HTMLDivElement>(null);
  const fromWords = useCallback((key: string | undefined): void => {
    setLit(key);
    if (key !== undefined) reveal(plan.current, key);
  }, []);
  return { lit, fromPlan: setLit, fromWords, plan };
}

/** Scrolls the plan alone, and no further than needed: the page itself never moves under the pointer. */
function reveal(plan: HTMLElement | null, key: string): void {
  const card = plan?.querySelector<HTMLElement>(`[data-path="${key}"]`);
  if (!plan || !card || plan.scrollHeight <= plan.clientHeight) return;
  const frame = plan.getBoundingClientRect();
  const { top, bottom } = card.getBoundingClientRect();
  if (top < frame.top) plan.scrollBy({ top: top - frame.top - 8 });
  else if (bottom > frame.bottom) plan.scrollBy({ top: bottom - frame.bottom + 8 });
}
