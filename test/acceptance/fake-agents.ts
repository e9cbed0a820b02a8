/** A machine with an agent, for tests that start it through the API. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { machineWithAgent } from "./agents.ts";

export interface FakeAgents extends AsyncDisposable {
  /** A folder to work in. */
  readonly folder: string;
  /** What an invocation is given, so that it finds the agent, which keeps its sessions apart. */
  readonly env: Readonly<Record<string, string>>;
  /** With what agents were started, and what they were answered, line by line. */
  readonly heard: () => readonly string[];
  readonly gate: () => Gate;
  /** How an agent of the Agent Client Protocol is named, and where it writes what it hears. */
  readonly acp: () => { readonly cli: string; readonly log: string };
}

export interface Gate {
  readonly path: string;
  /** By which the agent waits, and says something before and after. */
  readonly prompt: string;
  /** By which a shell waits. */
  readonly script: string;
  readonly open: () => void;
}

const ACP_AGENT = join(import.meta.dirname, "../fixtures/acp-agent.mjs");

export async function fakeAgents(): Promise<FakeAgents> {
  const machine = await machineWithAgent();
  const { cwd: folder } = machine;
  const log = machine.file("started");
  let [gates, talks] = [0, 0];
  return {
    folder,
    heard: () => readFileSync(log, "utf8").trim().split("\n"),
    env: { ...machine.env, FAKE_CLAUDE_LOG: log },
    gate: () => {
      const path = machine.file(`gate-${++gates}`);
      const prompt = `say Waiting.\nwait ${path}\nsay It came.`;
      const script = `until [ -e '${path}' ]; do sleep 0.02; done`;
      return { path, prompt, script, open: () => writeFileSync(path, "") };
    },
    acp: () => {
      const heard = machine.file(`heard-${++talks}`);
      return { cli: `acp:${process.execPath} ${ACP_AGENT} ${heard}`, log: heard };
    },
    [Symbol.asyncDispose]: machine[Symbol.asyncDispose],
  };
}
