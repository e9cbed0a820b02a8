export interface Bell {
  /** Resolves at the first ring since it was last asked, also when that was before. */
  readonly rung: () => Promise<void>;
  readonly close: () => void;
}

/** Listens from the moment it is made, so that what happens while its owner reads is not missed. */
export function openBell(subscribe: (ring: () => void) => () => void, signal: AbortSignal): Bell {
  let hasRung = false;
  let awaken = (): void => {};
  const ring = (): void => {
    hasRung = true;
    awaken();
  };
  const unsubscribe = subscribe(ring);
  signal.addEventListener("abort", ring, { once: true });
  return {
    rung: async () => {
      if (!hasRung) await new Promise<void>((resolve) => (awaken = resolve));
      hasRung = false;
    },
    close: () => {
      signal.removeEventListener("abort", ring);
      unsubscribe();
    },
  };
}
