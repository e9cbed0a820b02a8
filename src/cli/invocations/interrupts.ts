/** Ctrl-C: the first asks for the end and waits for it, the second leaves, the third ends this command at once. */
import { EXIT } from "../exit-codes.ts";

export interface Interrupts extends Disposable {
  readonly left: AbortSignal;
}

/** @param cancel null: what is only watched is left by the first already */
export function hearInterrupts(cancel: (() => void) | null): Interrupts {
  const left = new AbortController();
  const steps = [...(cancel === null ? [] : [cancel]), () => left.abort()];
  const hear = (): void => {
    const step = steps.shift();
    if (step === undefined) process.exit(EXIT.interrupted);
    step();
  };
  process.on("SIGINT", hear);
  return {
    left: left.signal,
    [Symbol.dispose]: () => {
      process.off("SIGINT", hear);
    },
  };
}
