/** Where simulations are asked for: a few at a time, each bounded in time, none of them heard of again. */
import { Worker } from "node:worker_threads";

import { Fault, isFaultCode } from "#domain/fault.ts";

import type { Asked, Simulated } from "./asked.ts";
import type { FromSimulation } from "./simulation.worker.ts";

export interface Simulator {
  /**
   * @param signal ends it at once
   * @throws Fault `unavailable` where too many are under way or it hangs, `canceled`
   */
  readonly simulate: (asked: Asked, signal: AbortSignal) => Promise<Simulated>;
  /** Ends those that are under way. */
  readonly close: () => Promise<void>;
}

const MOST_AT_ONCE = 2;
const MOST_WAITING = 8;
/** Beyond its budget: to begin, and to tell what it has seen. */
const GRACE_MS = 10_000;

export function openSimulator(): Simulator {
  const closing = new AbortController();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(signal: AbortSignal): Promise<void> {
    if (running >= MOST_AT_ONCE) {
      if (waiting.length >= MOST_WAITING) throw tooMany();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    if (!signal.aborted) return;
    leave();
    throw canceled();
  }

  function leave(): void {
    running -= 1;
    waiting.shift()?.();
  }

  return {
    simulate: async (asked, given) => {
      const signal = AbortSignal.any([given, closing.signal]);
      await enter(signal);
      try {
        return await simulateThere(asked, signal);
      } finally {
        leave();
      }
    },
    close: async () => {
      closing.abort();
    },
  };
}

async function simulateThere(asked: Asked, signal: AbortSignal): Promise<Simulated> {
  const file = new URL("./simulation.worker.ts", import.meta.url);
  const worker = new Worker(file, { workerData: asked });
  const told = Promise.withResolvers<FromSimulation>();
  const timer = setTimeout(() => told.reject(hangs()), asked.budgetMs + GRACE_MS);
  const cancel = (): void => told.reject(canceled());
  signal.addEventListener("abort", cancel);
  worker.on("message", told.resolve);
  worker.on("error", told.reject);
  worker.on("exit", () => told.reject(hangs()));
  try {
    return simulatedOf(await told.promise);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    await worker.terminate();
  }
}

function simulatedOf(answer: FromSimulation): Simulated {
  if ("simulated" in answer) return answer.simulated;
  const { code, message, suggestion } = answer.fault;
  if (!isFaultCode(code)) throw new Error(`A simulation failed: ${answer.stack ?? message}`);
  throw new Fault(code, message, suggestion === undefined ? {} : { suggestion });
}

const canceled = (): Fault => new Fault("canceled", "The simulation was canceled.");

function hangs(): Fault {
  return new Fault("unavailable", "The simulation did not come to an end", {
    suggestion: "Try again with fewer contacts",
  });
}

function tooMany(): Fault {
  return new Fault("unavailable", "Too many simulations are under way", {
    retryAfterMs: 5000,
    suggestion: "Try again in a few seconds",
  });
}
