/** The command line and the server as processes of their own, as people start them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const BIN = join(import.meta.dirname, "../../bin/stint.js");
const ENV = {
  ...process.env,
  STINT_OWNER_EMAIL: "olga@acme.test",
  STINT_OWNER_PASSWORD: "correct horse",
};

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** @param limitMs after which it is told to end; 0: none */
export async function stint(
  args: readonly string[],
  input = "",
  limitMs = 0,
  more: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], {
    ...more,
    env: { ...ENV, ...more.env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: limitMs,
  });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code: code as number | null, out, err };
}

export interface Served extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly url: string;
  readonly printed: () => string;
  /** What stands on its error stream; whole when it has exited. */
  readonly complaint: () => string;
  readonly exited: Promise<number | null>;
}

/** Starts a server and waits for the line that says it is ready. */
export async function serve(data: string, ...more: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [BIN, "serve", "--port", "0", "--data", data, ...more], {
    env: ENV,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const ready = Promise.withResolvers<string>();
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    printed += part;
    const url = /^Stint is ready at (\S+)$/m.exec(printed)?.[1];
    if (url !== undefined) ready.resolve(url);
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => (complaint += part));
  const exited = once(child, "close").then(([code]) => {
    ready.reject(new Error(`the server ended: ${complaint}`));
    return code as number | null;
  });
  const url = await ready.promise;
  return {
    child,
    url,
    printed: () => printed,
    complaint: () => complaint,
    exited,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

export async function freshFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "stint-cli-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
