/** What tests of supervised processes have in common. */
import { setTimeout as pause } from "node:timers/promises";

import type { Clock } from "#domain/clock.ts";

import { machineProcesses as processes } from "./machine.ts";
import { crewOf } from "./members.ts";
import type { Process } from "./processes.ts";
import type { Supervised } from "./supervise.ts";

/** What still runs of it, by the mark that it carries. */
export const leftOf = (id: string): readonly Process[] =>
  crewOf(processes, { id, leader: undefined, since: 0 }).members(processes.look());

/** Kills all that still runs of it, and waits until none is there. */
export const kill = (id: string): Promise<void> => killAll(() => leftOf(id));

/** Kills those that are found, until none is. */
export async function killAll(find: () => readonly Process[]): Promise<void> {
  for (let left = find(); left.length > 0; left = find()) {
    for (const { pid } of left) tryToKill(pid);
    await pause(5); // nobody is told when they are gone
  }
}

function tryToKill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended with another one.
  }
}

/** A clock on which patience is over so many times sooner. */
export function hurried(times: number): Clock {
  const began = Date.now();
  const now = (): number => began + (Date.now() - began) * times;
  return {
    now,
    at: (at, then) => {
      const timer = setTimeout(then, Math.max(0, (at - now()) / times));
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** The first that it says. */
export async function saysFirst(run: Supervised): Promise<string> {
  for await (const chunk of run.output(0)) return chunk.toString();
  return "";
}

/** Waits until it has said that. */
export async function says(run: Supervised, words: string): Promise<void> {
  let all = "";
  for await (const chunk of run.output(0)) {
    all += chunk.toString();
    if (all.includes(words)) return;
  }
}
