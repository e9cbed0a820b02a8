/** A machine on which an agent is installed that does what its prompt says (`test/fixtures/fake-claude.mjs`). */
import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { machineProcesses as processes } from "#agent-cli/supervisor/machine.ts";
import type { Process } from "#agent-cli/supervisor/processes.ts";
import { killAll } from "#agent-cli/supervisor/testing.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";

import { type Ended, freshFolder, stint, type Surroundings } from "./processes.ts";

const SCRIPT = join(import.meta.dirname, "../fixtures/fake-claude.mjs");

export interface Machine extends AsyncDisposable, Required<Surroundings> {
  /** Where the agent works, and commands are typed. */
  readonly cwd: string;
  /** The user's own data folder. */
  readonly own: string;
  /** A file for which an agent can be told to wait. */
  readonly file: (name: string) => string;
  readonly make: (name: string) => Promise<void>;
  readonly isMade: (name: string) => boolean;
}

export async function machineWithAgent(): Promise<Machine> {
  const folder = await freshFolder();
  const [bin, cwd, home] = ["bin", "project", "home"].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [bin, cwd, home]) await mkdir(each);
  const claude = join(bin, "claude");
  await writeFile(claude, `#!/bin/sh\nexec '${process.execPath}' '${SCRIPT}' "$@"\n`);
  await chmod(claude, 0o755);
  const file = (name: string): string => join(folder.path, name);
  const path = `${bin}:${process.env["PATH"] ?? ""}`;
  return {
    cwd,
    env: { PATH: path, XDG_DATA_HOME: home, XDG_STATE_HOME: home },
    own: join(home, "stint"),
    file,
    make: (name) => writeFile(file(name), ""),
    isMade: (name) => existsSync(file(name)),
    [Symbol.asyncDispose]: async () => {
      await killAll(() => startedWith(`PATH=${path}`));
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Whoever has that line in its environment: agents go on without those who started them. */
const startedWith = (line: string): readonly Process[] =>
  processes.look().filter(({ pid, isZombie }) => !isZombie && processes.isMarked(pid, line));

export const run = (machine: Surroundings, ...args: readonly string[]): Promise<Ended> =>
  stint(args, "", 0, machine);

export const idIn = ({ out, err }: Pick<Ended, "out" | "err">): string =>
  /inv_[0-9a-f-]{36}/.exec(out + err)?.[0] ?? "";

/** Of one round of that agent. */
export const FIGURES = String.raw`300 in, 800 from cache, 100 to cache, 35 out · \$0\.00204 · [\d.]+ m?s · inv_\S+`;

export type Shown = Invocation;

export async function shown(
  machine: Surroundings,
  id: string,
  ...more: readonly string[]
): Promise<Shown> {
  const { out, err, code } = await run(machine, "show", id, "--json", ...more);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Shown;
}
