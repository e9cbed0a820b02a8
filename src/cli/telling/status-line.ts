/** What an agent is about right now, in the one line below what it has said. */
import { gistOf } from "#contract/tool-gist.ts";

import type { TellingEvent } from "./event.ts";
import { oneLine } from "./harmless.ts";
import { clockOf, phraseCount, phraseMoneyShort } from "./phrases.ts";
import { cut } from "./widths.ts";

export interface Doing {
  readonly words: string;
  readonly open: ReadonlyMap<string, string>;
  /** Of this round, as far as it was told. */
  readonly input: number | null;
  readonly output: number | null;
  readonly nano: bigint | null;
  readonly costUnknown: number;
}

export const STARTING: Doing = {
  words: "starting",
  open: new Map(),
  input: null,
  output: null,
  nano: null,
  costUnknown: 0,
};

type Evolve = {
  readonly [Type in TellingEvent["type"]]?: (
    doing: Doing,
    event: TellingEvent & { readonly type: Type },
  ) => Doing;
};

const EVOLVE: Evolve = {
  session: (doing) => ({ ...doing, words: "thinking" }),
  thinking: (doing) => ({ ...doing, words: "thinking" }),
  text: (doing, { form }) => ({ ...doing, words: form === "whole" ? "working" : "writing" }),
  tool_started: (doing, { id, name, input }) => {
    const words = oneLine(`${name} ${gistOf(input)}`);
    return { ...doing, words, open: new Map([...doing.open, [id, words]]) };
  },
  tool_ended: (doing, { id }) => {
    const open = new Map([...doing.open].filter(([each]) => each !== id));
    return { ...doing, open, words: [...open.values()].at(-1) ?? "thinking" };
  },
  retry: (doing) => ({ ...doing, words: "waiting for its provider" }),
  usage: (doing, { tokens }) => ({
    ...doing,
    input: sum(doing.input, sum(sum(tokens.input, tokens.cacheRead), tokens.cacheWrite)),
    output: sum(doing.output, tokens.output),
  }),
  cost: (doing, { nano }) =>
    nano === null
      ? { ...doing, costUnknown: doing.costUnknown + 1 }
      : { ...doing, nano: (doing.nano ?? 0n) + BigInt(nano) },
  end: (doing) => ({ ...doing, words: "ending" }),
};

function sum(one: number | null, other: number | null): number | null {
  return one === null ? other : one + (other ?? 0);
}

export function evolveDoing(doing: Doing, event: TellingEvent): Doing {
  const evolve = EVOLVE[event.type] as ((doing: Doing, event: TellingEvent) => Doing) | undefined;
  return evolve?.(doing, event) ?? doing;
}

/** @param columns as wide as the terminal: a longer line could not be drawn over */
export function drawDoing(doing: Doing, sinceMs: number, columns: number): string {
  const { words, input, output, nano, costUnknown } = doing;
  const cost = nano === null ? null : String(Number(nano) / 1e9);
  const figures = [
    clockOf(sinceMs),
    ...(input === null && output === null
      ? []
      : [`${phraseCount(input)} in, ${phraseCount(output)} out`]),
    ...(nano === null ? [] : [phraseMoneyShort({ cost, costUnknown })]),
  ].join(" · ");
  const room = columns - figures.length - 5;
  return cut(`▸ ${cut(words, Math.max(8, room))} ${figures}`, columns - 1);
}
