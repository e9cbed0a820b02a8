/** What an invocation was started with, and what its tools came to, name by name. */
import type { Invocation } from "#contract/shapes/invocations.ts";

import { phraseMs } from "../time/phrases.ts";
import type { Figure } from "./resources.ts";
import { isCommand, phraseBytes } from "./words.ts";

const PERMISSION_WORDS: Readonly<Record<Invocation["permission"], string>> = {
  read: "Read only",
  edit: "Edit files in its folder",
  all: "Everything",
};

export function startFigures(invocation: Invocation): readonly Figure[] {
  const { permission, limits, envNames, maxTurns, session } = invocation;
  const figure = (name: string, text: string | null | undefined): readonly Figure[] =>
    text === null || text === undefined || text === "" ? [] : [{ name, text }];
  const time = (ms: number | undefined): string | null => (ms === undefined ? null : phraseMs(ms));
  return [
    ...figure("Permission", isCommand(invocation) ? null : PERMISSION_WORDS[permission]),
    ...figure("Most turns", maxTurns === null ? null : String(maxTurns)),
    ...figure("Ended after", time(limits.totalMs)),
    ...figure("Ended when silent for", time(limits.idleMs)),
    ...figure("Ended when stuck for", time(limits.stallMs)),
    ...figure(
      "Most memory",
      limits.memoryBytes === undefined ? null : phraseBytes(limits.memoryBytes),
    ),
    ...figure("Most cost", limits.cost === undefined ? null : `$${limits.cost}`),
    ...figure("Environment", envNames.join(", ")),
    ...figure("Session", session),
  ];
}

/** Over all rounds, the most called first. */
export function toolFigures({ roundList }: Pick<Invocation, "roundList">): readonly Figure[] {
  const calls = new Map<string, number>();
  for (const { tools } of roundList) {
    for (const [name, times] of Object.entries(tools))
      calls.set(name, (calls.get(name) ?? 0) + times);
  }
  const sum = (of: "toolErrors" | "retries" | "denials"): number =>
    roundList.reduce((total, round) => total + round[of], 0);
  const counted: readonly (readonly [string, number])[] = [
    ["Failed calls", sum("toolErrors")],
    ["Denials", sum("denials")],
    ["Retries", sum("retries")],
  ];
  const named = [...calls].toSorted(([, one], [, other]) => other - one);
  return [
    ...named.map(([name, times]) => ({ name: `Calls of ${name}`, text: String(times) })),
    ...counted
      .filter(([, times]) => times > 0)
      .map(([name, times]) => ({ name, text: String(times) })),
  ];
}
