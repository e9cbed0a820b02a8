/** W11: what a server holds in memory while a command writes as fast as it can, one client following it. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { residentBytes, startChild } from "./child.ts";
import { type Figures, round } from "./figures.ts";
import { machine, mebibytes } from "./meter.ts";
import { BUILD, startServer, STINT } from "./server.ts";
import type { Bench } from "./workload.ts";

/** Lines of 200 bytes. */
const LINES = 1_000_000;
const IDLE_MS = 5000;
const LOOK_EACH_MS = 50;

const CHATTY = `
  const block = ("x".repeat(199) + "\\n").repeat(500);
  let left = Number(process.argv[1]) / 500;
  (function write() {
    while (left-- > 0) if (!process.stdout.write(block)) return process.stdout.once("drain", write);
  })();`;

export async function chattyCommand({ folder, say, executions = LINES }: Bench): Promise<Figures> {
  await startChild(BUILD, []).done();
  const data = join(folder, "data");
  const server = await startServer(data);
  await using stopping = new AsyncDisposableStack();
  stopping.defer(server.stop);
  await pause(IDLE_MS);
  const idle = residentBytes(server.pid);
  const first = await run(data, server.pid, 1000);
  const held = await run(data, server.pid, executions);
  await pause(IDLE_MS);
  const after = residentBytes(server.pid);
  say(`W11: ${mebibytes(idle)} MiB idle, at most ${mebibytes(held.most)}`);
  return {
    workload: "W11",
    executions,
    wroteMB: round((executions * 200) / 1e6),
    idleRssMiB: mebibytes(idle),
    firstRssMiB: mebibytes(first.most),
    mostRssMiB: mebibytes(held.most),
    afterRssMiB: mebibytes(after),
    seconds: round(held.seconds, 1),
    ...machine(),
  };
}

/** Starts it as a person does; looks at the server until it has ended. */
async function run(data: string, server: number, lines: number) {
  const startedAt = performance.now();
  const args = ["exec", "--data", data, "--", process.execPath, "-e", CHATTY, String(lines)];
  const command = startChild(STINT, args);
  let isOver = false;
  void command.ended.finally(() => {
    isOver = true;
  });
  let most = 0;
  while (!isOver) {
    most = Math.max(most, residentBytes(server));
    await pause(LOOK_EACH_MS);
  }
  await command.done();
  return { most, seconds: (performance.now() - startedAt) / 1000 };
}
