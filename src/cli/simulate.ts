import type { Sample, Simulation, SimulationWalk } from "#contract/shapes/simulations.ts";
import { entryOf } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";

import { EXIT } from "./exit-codes.ts";
import { placeOf, reach } from "./reach.ts";
import type { Terminal } from "./terminal.ts";
import { findAgent, findWorkspace } from "./workspace.ts";

export interface SimulateOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly text?: string;
  readonly contact?: readonly string[];
  readonly deal?: string;
  readonly most?: number;
  readonly json: boolean;
}

/** Shows what an agent, or instructions, would do; answers `failed` where a run would fail. */
export async function simulate(
  terminal: Terminal,
  agent: string | undefined,
  options: SimulateOptions,
): Promise<number> {
  if (agent === undefined && options.text === undefined) throw nothingToSimulate();
  await using client = await reach(placeOf(options.data));
  const { id } = await findWorkspace(client, options.workspace);
  const all = `/api/workspaces/${id}`;
  const of = agent === undefined ? all : `${all}/agents/${(await findAgent(client, id, agent)).id}`;
  const asked = { method: "POST", path: `${of}/simulate`, body: bodyOf(options) } as const;
  const answer = await client.ask(asked);
  const simulation = answer as Simulation;
  if (options.json) terminal.out(JSON.stringify(simulation));
  else for (const line of readSimulationAloud(simulation)) terminal.out(line);
  return simulation.walks.some(({ error }) => error !== null) ? EXIT.failed : EXIT.done;
}

function bodyOf({ text, contact, deal, most }: SimulateOptions): object {
  return {
    ...(text !== undefined && { instructions: text }),
    ...(contact !== undefined && { contactIds: contact }),
    ...(deal !== undefined && { dealIds: [deal] }),
    ...(most !== undefined && { most }),
  };
}

function nothingToSimulate(): Fault {
  return new Fault("bad_request", "There is nothing to simulate", {
    suggestion: "Name an agent, or give instructions with --text",
  });
}

const WALKS: Readonly<Record<SimulationWalk["assumes"], string>> = {
  nothing: "It",
  noReaction: "If nobody opens or replies, it",
  reaction: "If everybody opens and replies, it",
};
const MOST_SAMPLES = 3;

function readSimulationAloud({ agent, selections, why, walks }: Simulation): readonly string[] {
  const what = agent === null ? "these instructions" : agent.name;
  return [
    `Simulation of ${what}: nothing was sent, nothing was changed.`,
    ...selections.map(({ type, found, walked }) => `Found ${found} (${type}), walked ${walked}.`),
    ...(why === null ? [] : [why]),
    ...walks.flatMap(readWalk),
  ];
}

function readWalk(walk: SimulationWalk): readonly string[] {
  const { assumes, summary, steps, samples, leftOut, warnings, error } = walk;
  return [
    "",
    `${WALKS[assumes]} ${summary}.`,
    ...steps.map(
      ({ path, type, reached, failed }) =>
        `  ${path}. ${entryOf(type).label}: ${reached}${failed === 0 ? "" : `, ${failed} failed`}`,
    ),
    ...leftOut.map(({ reason, count }) => `  Left out (${count}): ${reason}`),
    ...warnings.map(({ message, count }) => `  Warning (${count}): ${message}`),
    ...(error === null ? [] : [`  Fails: ${error.message}`]),
    ...samples.slice(0, MOST_SAMPLES).flatMap(readSample),
  ];
}

function readSample({ entity, outcome, happenings }: Sample): readonly string[] {
  return [
    `  ${entity?.name ?? "Once"} (${outcome}):`,
    ...happenings.map(({ day, text }) => `    day ${day}: ${text}`),
  ];
}
