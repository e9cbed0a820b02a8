/** The command line and the server as processes of their own, as people start them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";

const BIN = join(import.meta.dirname, "../../bin/stint.js");
/** Whoever runs the tests may have a server named for their own work. */
const { STINT_URL: _url, STINT_TOKEN: _token, STINT_DATA: _data, ...OWN } = process.env;
const ENV = {
  ...OWN,
  STINT_OWNER_EMAIL: "olga@acme.test",
  STINT_OWNER_PASSWORD: "correct horse",
};

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** @param limitMs after which it is told to end; 0: none */
export async function stint(
  args: readonly string[],
  input = "",
  limitMs = 0,
  more: Surroundings = {},
): Promise<Ended> {
  const { code, out, err } = await stintBytes(args, input, limitMs, more);
  return { code, out: out.toString(), err: err.toString() };
}

/** What it prints, as the very bytes. */
export async function stintBytes(
  args: readonly string[],
  input = "",
  limitMs = 0,
  more: Surroundings = {},
) {
  const child = spawn(process.execPath, [BIN, ...args], {
    ...more,
    env: { ...ENV, ...more.env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: limitMs,
  });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    once(child, "exit"),
  ]);
  return { code: code as number | null, out, err };
}

export interface Begun extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Settles once what it has printed, on either stream, matches. */
  readonly until: (said: RegExp) => Promise<void>;
  /** What it has printed so far. */
  readonly said: () => Omit<Ended, "code">;
  readonly ended: Promise<Ended>;
}

/** A command that goes on while the test does something about it. */
export function begin(args: readonly string[], more: Surroundings = {}): Begun {
  const env = { ...ENV, ...more.env };
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return watch(spawn(process.execPath, [BIN, ...args], { ...more, env, stdio: [...stdio] }));
}

const SCRIPT = "/usr/bin/script";

/** Why nothing here gives a command a terminal; false: something does. */
export const noTerminal =
  process.platform === "linux" && existsSync(SCRIPT)
    ? false
    : "nothing here gives a command a terminal";

export interface AtTerminal extends Begun {
  readonly type: (keys: string) => void;
}

/** The same at a terminal, where both streams are one. */
export function beginAtTerminal(args: readonly string[], more: Surroundings = {}): AtTerminal {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(" ");
  const env = { ...ENV, ...more.env, TERM: "xterm" };
  const child = spawn(SCRIPT, ["-qefc", words, "/dev/null"], { ...more, env });
  return { ...watch(child), type: (keys) => void child.stdin.write(keys) };
}

type Heard = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

function watch(child: Heard): Begun {
  const said = { out: "", err: "" };
  const heard = new EventTarget();
  for (const [name, stream] of [
    ["out", child.stdout],
    ["err", child.stderr],
  ] as const) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      said[name] += part;
      heard.dispatchEvent(new Event("said"));
    });
  }
  const ended = once(child, "close").then(([code]): Ended => {
    heard.dispatchEvent(new Event("said"));
    return { code: code as number | null, ...said };
  });
  const until = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(said.out) && !pattern.test(said.err)) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`it ended without ${String(pattern)}: ${JSON.stringify(said)}`);
      await once(heard, "said");
    }
  };
  const dispose = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  return { child, until, said: () => ({ ...said }), ended, [Symbol.asyncDispose]: dispose };
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
