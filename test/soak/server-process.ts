/** `stint serve` as a process of its own on a data folder: it is started, killed in the middle, and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";

export interface ServerProcess {
  /** Settles with its address once it says that it is ready; rejects where it ends before. */
  readonly url: Promise<string>;
  /** `kill -9` of exactly this process. Settles when it is gone. */
  readonly kill: () => Promise<void>;
  readonly startedAt: number;
}

export const OWNER = { email: "olga@acme.test", password: "correct horse" } as const;

const STINT = join(import.meta.dirname, "../../bin/stint.js");

export function startServer(data: string): ServerProcess {
  const child = spawn(process.execPath, [STINT, "serve", "--data", data, "--port", "0"], {
    env: { ...process.env, STINT_OWNER_EMAIL: OWNER.email, STINT_OWNER_PASSWORD: OWNER.password },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = once(child, "exit");
  const url = readUrl(child);
  url.catch(() => undefined); // one that is killed before it is ready never tells
  return {
    url,
    startedAt: performance.now(),
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function readUrl(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("its output is piped");
  let said = "";
  stderr.on("data", (text: Buffer) => (said += text.toString()));
  for await (const line of createInterface({ input: stdout })) {
    const found = /^Stint is ready at (\S+)$/.exec(line);
    if (found?.[1] === undefined) continue;
    stdout.resume();
    return found[1];
  }
  throw new Error(`The server ended before it was ready: ${said}`);
}

/** The position of the last fact in a folder's ledger, read beside whoever holds it. */
export function headOf(data: string): number {
  const db = new DatabaseSync(join(data, "stint.db"), { readOnly: true, timeout: 5_000 });
  try {
    return Number(db.prepare("select max(position) as head from facts").get()?.["head"] ?? 0);
  } finally {
    db.close();
  }
}
