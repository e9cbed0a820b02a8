/** Agent CLIs as executions: what runs them, and what answers for them. */
import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import type { Logger } from "pino";

import type { Adapter } from "#agent-cli/adapter.ts";
import { adapterNamed } from "#agent-cli/adapters.ts";
import { commandAdapter } from "#agent-cli/adapters/command.ts";
import { agentEnvironment } from "#agent-cli/environment.ts";
import type { PriceTable } from "#agent-cli/prices.ts";
import { machineProcesses } from "#agent-cli/supervisor/machine.ts";
import { type InvocationsNeeds, openInvocations } from "#api/invocations/invocations.ts";
import type { Services } from "#api/services.ts";
import { readSecret } from "#auth/secret.ts";
import { systemClock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import { allowedFolders } from "#drivers/invocation/allowed-folders.ts";
import { catchUp } from "#drivers/invocation/catch-up.ts";
import { driverOf, familyOf, type InvocationInput } from "#drivers/invocation/input.ts";
import { type InvocationProgram, invocationPrograms } from "#drivers/invocation/invocation.ts";
import { clearLeftovers, keepTidy } from "#drivers/invocation/leftovers.ts";
import { openLiveRounds } from "#drivers/invocation/live.ts";
import type { Engine } from "#engine/engine.ts";
import { openSealing, type Sealing } from "#workspace/sealing.ts";

import type { Kept } from "./kept.ts";

export interface Invoking {
  readonly programs: readonly InvocationProgram[];
  readonly serve: (more: Pick<InvocationsNeeds, "past" | "executions" | "engine">) => Invoked;
  /** Settles when the ends of those are on record whose process ended while nobody held the folder. */
  readonly caughtUp: (engine: Engine) => Promise<void>;
  /** Deletes the files of these where the ledger has them no more; undefined: of all such. */
  readonly forgetFiles: (ids?: readonly string[]) => Promise<void>;
  /** Lets go of what runs: it goes on, and the next life takes it up. */
  readonly leave: () => void;
}
type Invoked = Services["invocations"];

/** What the environment is sealed as. */
const ABOUT = "environment of an invocation";

export function openInvoking(kept: Kept, log: Logger, closing: AsyncDisposableStack): Invoking {
  const { ledger, clock, workspace } = kept;
  const folder = join(kept.folder, "invocations");
  const watched = { folder, ledger, clock: systemClock };
  const live = openLiveRounds(clock);
  const sealing = openSealing(() => readSecret(kept.folder, process.env["STINT_SECRET"]));
  const prices = priceTable();
  const demandFolder = allowedFolders(process.env["STINT_FOLDERS"]);
  const programs = invocationPrograms({
    demandFolder,
    folder,
    live,
    prices,
    adapterOf,
    // Processes keep the machine's time, whatever Stint's own clock makes of it.
    machine: { processes: machineProcesses, clock: systemClock },
    places: placesFile(stateFolder(process.env), kept.folder),
    environment: (input) => agentEnvironment(process.env, openEnvironment(sealing, input)),
  });
  const warn = (error: unknown): void => log.warn({ err: error }, "old output was not cleared");
  closing.defer(keepTidy({ folder, ledger, clock, warn }));
  return {
    programs,
    serve: (more) => {
      const seal = (env: unknown): string => sealing.seal(JSON.stringify(env), ABOUT);
      const programOf = (cli: string) => programNamed(programs, cli);
      const own = { ...workspace, folder, ledger, live, clock, prices, adapterOf, demandFolder };
      return openInvocations({ ...own, ...more, programOf, seal });
    },
    caughtUp: (engine) => catchUp({ ...watched, engine, processes: machineProcesses }),
    forgetFiles: async (ids) => {
      await clearLeftovers({ folder, ledger }, ids).catch(warn);
    },
    leave: live.leave,
  };
}

/** Where this user's programs keep what outlives a session but is no data. */
function stateFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_STATE_HOME: given } = environment;
  const base = given === undefined || given === "" ? join(homedir(), ".local", "state") : given;
  return join(base, "stint");
}

/** @param data where nothing can be written there: then only what runs on this data folder waits for its turn */
function placesFile(state: string, data: string): string {
  return join(canWriteIn(state) ? state : data, "folders.db");
}

/** Also in what can be made there. */
function canWriteIn(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    const above = dirname(folder);
    return !existsSync(folder) && above !== folder && canWriteIn(above);
  }
}

function programNamed(programs: Invoking["programs"], cli: string): InvocationProgram {
  const family = familyOf(cli);
  const found = programs.find(({ name }) => family !== undefined && name === driverOf(family));
  if (found !== undefined) return found;
  throw new Fault("invalid", `"${cli}" is no Agent CLI that Stint knows.`);
}

function adapterOf({ cli, command }: InvocationInput): Adapter {
  const [program, ...args] = command ?? [];
  return program === undefined ? adapterNamed(cli) : commandAdapter(program, args);
}

/** @throws Fault `invalid` where it was sealed under another secret */
function openEnvironment(sealing: Sealing, { env }: InvocationInput): Record<string, string> {
  if (env === undefined) return {};
  const opened = sealing.open(env.sealed, ABOUT);
  if (opened !== undefined) return JSON.parse(opened) as Record<string, string>;
  throw new Fault("invalid", "The environment that it was given cannot be opened any more.", {
    suggestion: "The server's secret is another one now: start it anew with its environment.",
  });
}

/** Loaded with the first round. */
function priceTable(): () => Promise<PriceTable> {
  let loading: Promise<PriceTable> | undefined;
  return () => {
    loading ??= import("#agent-cli/price-tables/genai-prices.ts").then(
      ({ genaiPrices }) => genaiPrices,
    );
    return loading;
  };
}
