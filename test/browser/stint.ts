/** A real `stint serve` in a process of its own, with the example workspace, that a test may kill and start again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const BIN = new URL("../../bin/stint.js", import.meta.url).pathname;

export interface ServedStint extends AsyncDisposable {
  readonly url: string;
  /** What the first start printed for the owner. */
  readonly link: string;
  /** `kill -9`: nothing is finished, nothing is said. */
  readonly kill: () => Promise<void>;
  /** On the same folder and the same port. */
  readonly startAgain: () => Promise<void>;
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly link: string | undefined;
}

async function start(data: string, port: number, env: NodeJS.ProcessEnv): Promise<Started> {
  const args = [BIN, "serve", "--example", "--data", data, "--port", String(port)];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  let link: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    link ??= /link[^:]*: (\S+)/.exec(line)?.[1];
    const url = /ready at (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { child, url, link };
  }
  throw new Error(`stint serve ended with ${child.exitCode} before it was ready`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

/** @param env added to its environment */
export async function serveStint(env: NodeJS.ProcessEnv = {}): Promise<ServedStint> {
  const data = await mkdtemp(join(tmpdir(), "stint-browser-"));
  let started = await start(data, 0, env);
  const { url, link = "" } = started;
  const port = Number(new URL(url).port);
  return {
    url,
    link,
    kill: () => end(started.child, "SIGKILL"),
    startAgain: async () => {
      started = await start(data, port, env);
    },
    [Symbol.asyncDispose]: async () => {
      await end(started.child, "SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}
