/** A machine on which the real Agent CLIs are installed, with a home and a project of its own. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { lookAgain } from "../acceptance/lives.ts";
import { freshFolder, type Surroundings } from "../acceptance/processes.ts";
import { openFakeModel } from "./fake-model.ts";
import { BIN, furnish, type Real } from "./real.ts";
import type { Scenario } from "./scenario.ts";

export interface RealMachine extends AsyncDisposable, Required<Surroundings> {
  /** What is asked from here from now on is answered by another scenario. */
  readonly turn: (scenario: Scenario) => void;
  /** How many requests were answered in full. */
  readonly answered: () => number;
  /** What was asked last, as it was sent. */
  readonly heard: () => string;
  /** Where the Agent CLI works; the same as `cwd`. */
  readonly folder: string;
  readonly home: string;
  /** Settles when a tool has made that in the folder. */
  readonly untilMade: (name: string) => Promise<void>;
  readonly make: (name: string) => Promise<void>;
}

/** Each machine has a model of its own. */
const RUN = "here";

export async function machineWith(
  real: Real,
  scenario: Scenario,
  { retries }: { readonly retries: number | undefined } = { retries: 1 },
): Promise<RealMachine> {
  await using made = new AsyncDisposableStack();
  const { path } = made.use(await freshFolder());
  const model = made.use(await openFakeModel());
  const [home, folder] = [join(path, "home"), join(path, "project")];
  await mkdir(folder);
  const url = model.urlFor(scenario, RUN);
  await furnish(home, url, retries);
  const kept = made.move();
  return {
    turn: (other) => model.turn(RUN, other),
    answered: () => model.answered(RUN),
    heard: () => model.heard(RUN),
    folder,
    cwd: folder,
    home,
    env: {
      ...real.env(url),
      PATH: `${BIN}:${process.env["PATH"] ?? ""}`,
      HOME: home,
      TMPDIR: path,
      XDG_DATA_HOME: join(home, ".local/share"),
      XDG_STATE_HOME: join(home, ".local/state"),
    },
    untilMade: async (name) => {
      while (!existsSync(join(folder, name))) await lookAgain();
    },
    make: (name) => writeFile(join(folder, name), ""),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
