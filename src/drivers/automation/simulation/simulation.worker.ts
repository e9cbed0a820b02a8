/** One simulation, on a thread of its own: neither the event loop nor the writer waits for it. */
import { parentPort, workerData } from "node:worker_threads";

import { keepFault, type KeptFault } from "#domain/fault.ts";

import type { Asked, Simulated } from "./asked.ts";
import { simulateHere } from "./simulate-here.ts";

export type FromSimulation =
  | { readonly simulated: Simulated }
  | { readonly fault: KeptFault; readonly stack: string | undefined };

async function answer(): Promise<FromSimulation> {
  try {
    return { simulated: await simulateHere(workerData as Asked) };
  } catch (error) {
    return { fault: keepFault(error), stack: error instanceof Error ? error.stack : undefined };
  }
}

parentPort?.postMessage(await answer());
