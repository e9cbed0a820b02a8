/** Launches a project's agents under supervision: they outlive the program that launched them. */
import { join } from "node:path";

import { systemClock, type Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";

import type { Adapter } from "../adapter.ts";
import { adapterOfProgram } from "../adapters.ts";
import { costSourceAfter } from "../cost-source.ts";
import { agentEnvironment, type Environment } from "../environment.ts";
import type { CostSource } from "../events.ts";
import { followRound, type Following, type RoundEnd } from "../follow-round.ts";
import { genaiPrices } from "../price-tables/genai-prices.ts";
import type { PriceTable } from "../prices.ts";
import type { Read, ReadingOptions } from "../reading.ts";
import { machineProcesses } from "../supervisor/machine.ts";
import { isAlive } from "../supervisor/processes.ts";
import { adopt, start, type Supervised } from "../supervisor/supervise.ts";
import type { AgentExit } from "./ending.ts";
import { homeOf } from "./folder.ts";
import type { AgentOrder, Launcher, Place } from "./launcher.ts";
import { isStillAlive, processOf, selfIn } from "./processes.ts";

export interface SupervisedOptions {
  /** Which adapter reads what a command writes; null: nothing is known of what it uses. By its name. */
  readonly adapterOf?: (command: string) => Adapter | null;
  /** Of list prices; those that come with Stint. */
  readonly prices?: PriceTable;
  readonly clock?: Clock;
  /** Added to the user's own environment. */
  readonly env?: Environment;
}

export function supervisedLauncher(options: SupervisedOptions = {}): Launcher {
  const { adapterOf = adapterOfProgram, prices = genaiPrices } = options;
  const { clock = systemClock, env = {} } = options;
  const watching = { processes: machineProcesses, clock };

  function endOf(order: Work, supervised: Supervised, folder: string): Promise<AgentExit> {
    const adapter = adapterOf(order.command);
    if (adapter === null) return supervised.ended.then(({ code, at }) => ({ code, at }));
    const reading = readingOf(order, prices);
    return followToExit({ supervised, folder, adapter, clock, reading });
  }

  return {
    launch: async (order) => {
      const folder = folderOf(order);
      const { project, agentId, execution, command, args } = order;
      const supervised = start(watching, {
        executionId: `${agentId}.${execution}`,
        command,
        args,
        cwd: project,
        env: agentEnvironment(process.env, env),
        folder,
      });
      if (supervised.leader === undefined) throw new Fault("unavailable", `${command} is gone.`);
      return { process: processOf(supervised.leader), ended: endOf(order, supervised, folder) };
    },
    adopt: async (order) => {
      const folder = folderOf(order);
      const supervised = adopt(watching, folder);
      if (supervised === undefined) return null;
      const { leader } = supervised;
      const isThere = leader !== undefined && isAlive(machineProcesses, leader);
      const ended = endOf(order, supervised, folder);
      return { process: isThere ? processOf(leader) : null, ended };
    },
    isAlive: (one) => isStillAlive(machineProcesses, one),
    self: () => selfIn(machineProcesses),
  };
}

type Work = Place & Pick<AgentOrder, "command" | "args">;

function readingOf({ args, counters }: Work, prices: PriceTable): ReadingOptions {
  const model = modelIn(args);
  return { counters, prices, ...(model !== undefined && { model }) };
}

/** Not every Agent CLI says which model it asks. */
function modelIn(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === "-m" || arg === "--model");
  return at < 0 ? undefined : args[at + 1];
}

function folderOf({ project, agentId, execution }: Place): string {
  return join(homeOf(project), "runs", agentId, String(execution));
}

/** Who told its cost is heard on the way. */
async function followToExit(following: Following): Promise<AgentExit> {
  let source: CostSource | null = null;
  const tell = (reads: readonly Read[]): void => {
    const events = reads.map(({ event }) => event);
    source = costSourceAfter(source, events);
  };
  const end = await followRound({ ...following, tell });
  return exitOf(end, source);
}

const STATUS = {
  succeeded: "completed",
  failed: "failed",
  canceled: "interrupted",
  interrupted: "interrupted",
} as const;

function exitOf(
  { round, verdict, exit, counters }: RoundEnd,
  costSource: CostSource | null,
): AgentExit {
  const { outcome, reason, message } = verdict;
  const why = message ?? reason;
  return {
    code: exit.code,
    at: exit.at,
    counters,
    status: STATUS[outcome],
    ...(why !== null && { reason: why }),
    spent: {
      tokens: round.tokens,
      nano: round.unknownCosts === 0 ? round.nano : null,
      costSource,
    },
  };
}
