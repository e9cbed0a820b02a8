/** A server of Stint on a folder, as a process of its own. */
import { join } from "node:path";

import { startChild } from "./child.ts";
import { round } from "./figures.ts";

export const STINT = join(import.meta.dirname, "../bin/stint.js");
/** What `npm start` runs first. */
export const BUILD = join(import.meta.dirname, "../scripts/build-server.ts");

export interface Server {
  readonly pid: number;
  readonly readyMs: number;
  readonly stop: () => Promise<void>;
}

/** From the start of the process until its API answers. */
export async function startServer(data: string): Promise<Server> {
  const startedAt = performance.now();
  const child = startChild(STINT, ["serve", "--data", data, "--port", "0"]);
  const line = await child.line(/^Stint is ready at/);
  const url = line.split(" ").at(-1);
  const answer = await fetch(`${url}/api/health`);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return { pid: child.pid, stop: child.stop, readyMs: round(performance.now() - startedAt) };
}
