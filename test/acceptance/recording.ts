/** A project whose agents are real processes, with records and metrics of them in its files. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isStillAlive, processOf as named } from "#agent-cli/records/processes.ts";
import {
  openRecords,
  type AgentInfo,
  type AgentRecord,
  type Launcher,
  type Records,
} from "#agent-cli/records/records.ts";
import { machineProcesses } from "#agent-cli/supervisor/machine.ts";
import { identityOf } from "#agent-cli/supervisor/processes.ts";
import { testClock, type TestClock } from "#domain/test-clock.ts";

/** Agents that are waited for, told to end and killed. */
function nodeLauncher() {
  const children = new Map<string, ReturnType<typeof spawn>>();
  const launcher: Launcher = {
    launch: async ({ agentId, command, args }) => {
      const child = spawn(command, args, { stdio: ["pipe", "ignore", "ignore"] });
      children.set(agentId, child);
      await once(child, "spawn");
      return { process: processOf(child.pid) };
    },
    isAlive,
    self: () => processOf(process.pid),
  };
  return {
    launcher,
    end: async (agentId: string, signal?: NodeJS.Signals) => {
      const child = children.get(agentId);
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      if (signal === undefined) child.stdin?.end();
      else child.kill(signal);
      await gone;
    },
    endAll: () => {
      for (const child of children.values()) child.kill("SIGKILL");
    },
  };
}

const isAlive: Launcher["isAlive"] = (one) => isStillAlive(machineProcesses, one);

function processOf(pid: number | undefined) {
  const found = pid === undefined ? undefined : identityOf(machineProcesses, pid);
  if (found === undefined) throw new Error("it is gone already");
  return named(found);
}

/** A program that ends when its standard input does. */
export const AGENT = {
  command: process.execPath,
  args: ["-e", "process.stdin.resume()", "--", "Do it"],
};
export const ORDER = { specId: "login", phase: "impl", ...AGENT };

export interface World extends AsyncDisposable, Records {
  readonly project: string;
  readonly clock: TestClock;
  readonly warnings: string[];
  readonly agents: ReturnType<typeof nodeLauncher>;
  /** The same program started again: nothing of it was in memory only. */
  readonly restart: () => Records;
  readonly record: (info: AgentInfo) => Promise<AgentRecord>;
  readonly lines: () => Promise<readonly unknown[]>;
}

export async function setup(): Promise<World> {
  const project = await mkdtemp(join(tmpdir(), "stint-records-"));
  const [clock, agents] = [testClock(), nodeLauncher()];
  const warnings: string[] = [];
  const log = { warn: (message: string) => void warnings.push(message) };
  const options = { project, clock, log, launcher: agents.launcher };
  const records = openRecords(options);
  const file = join(project, ".stint/specs/login/metrics.jsonl");
  return {
    ...records,
    project,
    clock,
    warnings,
    agents,
    restart: () => {
      // Another process: whoever launched before is not alive.
      const self = () => ({ ...processOf(process.pid), startTime: "another life" });
      const alive = (one: Parameters<Launcher["isAlive"]>[0]) =>
        one.startTime === "another life" || (one.pid !== process.pid && isAlive(one));
      return openRecords({ ...options, launcher: { ...agents.launcher, self, isAlive: alive } });
    },
    record: async ({ specId, agentId }) =>
      JSON.parse(await readFile(join(project, ".stint/agents", specId, `${agentId}.json`), "utf8")),
    lines: async () => {
      const text = await readFile(file, "utf8").catch(() => "");
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
    },
    [Symbol.asyncDispose]: async () => {
      agents.endAll();
      await rm(project, { recursive: true, force: true });
    },
  };
}
