/** A machine with an agent, for tests that start it through the API. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

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
}

export async function fakeAgents(): Promise<FakeAgents> {
  const machine = await machineWithAgent();
  const { cwd: folder } = machine;
  const log = machine.file("started");
  let gates = 0;
  return {
    folder,
    log,
    env: { ...machine.env, FAKE_CLAUDE_LOG: log },
    gate: () => {
      const path = join(dirname(log), `gate-${++gates}`);
      const prompt = `say Waiting.\nwait ${path}\nsay It came.`;
      return { path, prompt, open: () => writeFileSync(path, "") };
    },
    [Symbol.asyncDispose]: machine[Symbol.asyncDispose],
  };
}
