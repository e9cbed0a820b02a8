/**
 * What a model has read lately, in memory: what a person has looked at in the preview is what is saved, and a save that is
 * asked back and sent again is not paid for twice.
 */
import type { Clock } from "#domain/clock.ts";

export interface Remembered<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value) => void;
}

const LASTS_MS = 10 * 60_000;
const MOST = 200;

export function remembered<Value>({ now }: Clock): Remembered<Value> {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get: (key) => {
      const found = kept.get(key);
      return found !== undefined && now() < found.until ? found.value : undefined;
    },
    set: (key, value) => {
      kept.delete(key);
      kept.set(key, { value, until: now() + LASTS_MS });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    },
  };
}
