/** A machine with an agent, for tests that start it through the API. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { machineWithAgent } from "./agents.ts";

export interface FakeAgents extends AsyncDisposable {
  /** A folder to work in. */
  readonly folder: string;
  /** What an invocation is given, so that it finds the agent, which keeps its sessions apart. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the agent says with what it was started. */
  readonly log: string;
  /** What the agent waits for, and says before and after. */
  readonly gate: () => {
    readonly path: string;
    readonly prompt: string;
    readonly open: () => void;
  };
  /** How an agent of the Agent Client Protocol is named, and where it writes what it hears. */
  readonly acp: () => { readonly cli: string; readonly log: string };
}

const ACP_AGENT = join(import.meta.dirname, "../fixtures/acp-agent.mjs");

export async function fakeAgents(): Promise<FakeAgents> {
  const machine = await machineWithAgent();
  const { cwd: folder } = machine;
  const log = machine.file("started");
  let [gates, talks] = [0, 0];
  return {
    folder,
    log,
    env: { ...machine.env, FAKE_CLAUDE_LOG: log },
    gate: () => {
      const path = machine.file(`gate-${++gates}`);
      const prompt = `say Waiting.\nwait ${path}\nsay It came.`;
      return { path, prompt, open: () => writeFileSync(path, "") };
    },
    acp: () => {
      const heard = machine.file(`heard-${++talks}`);
      return { cli: `acp:${process.execPath} ${ACP_AGENT} ${heard}`, log: heard };
    },
    [Symbol.asyncDispose]: machine[Symbol.asyncDispose],
  };
}
