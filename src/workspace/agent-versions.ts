/** Saving an agent anew, and bringing back what it was: each makes a version. */
import { Fault } from "#domain/fault.ts";
import type { AgentId } from "#domain/id.ts";
import { telling, tellingToMove } from "#ledger/telling.ts";
import type { Write } from "#store/store.ts";

import { writeBy } from "./actor.ts";
import { getAgent, getVersion } from "./agent-reading.ts";
import {
  addVersion,
  type AgentChange,
  checkTemplate,
  configurationOf,
  type Making,
  moveOn,
  recording,
  type Saving,
} from "./agent-saving.ts";
import { isSameReading, understand, understoodOf } from "./agent-understanding.ts";
import type { Agent, Configuration, Understood } from "./agent.ts";
import { demandNobodyWaits } from "./waiting-executions.ts";
import type { Entered } from "./workspaces.ts";

export async function saveAgent(
  making: Making,
  entered: Entered,
  id: AgentId,
  change: AgentChange,
): Promise<Agent> {
  const agent = await getAgent(making.store, entered.workspace.no, id);
  demandLatest(agent, change);
  const configuration = configurationOf(agent, change);
  const { instructions } = configuration;
  const isSame = instructions === agent.instructions && change.parser === undefined;
  const understood = isSame
    ? understoodOf(agent)
    : await understand(making, entered, instructions, change.parser);
  return saveVersion(making, entered, agent, { configuration, understood, change });
}

/** An earlier version as it was, its plan included, becomes the latest. @throws Fault `not_found` */
export async function restoreAgent(
  making: Making,
  entered: Entered,
  id: AgentId,
  earlier: number,
  saving: Saving,
): Promise<Agent> {
  const agent = await getAgent(making.store, entered.workspace.no, id);
  demandLatest(agent, saving);
  const version = await getVersion(making.store, agent, earlier);
  return saveVersion(making, entered, agent, {
    configuration: configurationOf(version),
    understood: understoodOf(version),
    restoredFrom: earlier,
    change: saving,
  });
}

interface Telling {
  readonly waiting: Saving["waiting"];
  readonly plan: Understood["plan"];
  readonly version: number;
}

/** In the save's own transaction: none of them goes on between the two. */
function tellingWaiting(
  { clock }: Making,
  { actor }: Entered,
  agent: Agent,
  { waiting, plan, version }: Telling,
): readonly Write[] {
  const at = clock.now();
  const by = writeBy(actor);
  if (waiting === "move") {
    const given = { plan, agentVersion: version };
    return tellingToMove(agent, { key: `version ${version}`, by, given, at });
  }
  if (waiting !== "cancel") return [];
  const body = JSON.stringify({ by, reason: "The agent was saved with another plan." });
  return telling(agent, { kind: "cancel", body, at }, "waiting");
}

interface ToSave {
  readonly configuration: Configuration;
  readonly understood: Understood;
  readonly restoredFrom?: number;
  readonly change: Saving;
}

/** What is there already makes no version. */
async function saveVersion(
  making: Making,
  entered: Entered,
  agent: Agent,
  { configuration, understood, restoredFrom, change: { waiting } }: ToSave,
): Promise<Agent> {
  const { store, clock } = making;
  const changed = changesOf(agent, configuration, understood);
  if (changed.length === 0) return agent;
  if (waiting === undefined) await demandNobodyWaits(store, agent, understood.plan);
  if (changed.includes("defaultTemplateId")) {
    await checkTemplate(store, agent.ws, configuration.defaultTemplateId);
  }
  const version = agent.version + 1;
  const numbered = {
    id: agent.id,
    version,
    ...(restoredFrom !== undefined && { restoredFrom }),
  };
  const isRestored = restoredFrom !== undefined;
  await store.write([
    moveOn(making, agent, { version, name: configuration.name }),
    addVersion(making, numbered, entered, configuration, understood),
    recording(making, entered, agent, isRestored ? "agent.restored" : "agent.saved", {
      version: [agent.version, version],
      changed,
      ...(isRestored && { restored: restoredFrom }),
      ...(waiting !== undefined && { waiting }),
    }),
    ...tellingWaiting(making, entered, agent, { waiting, plan: understood.plan, version }),
  ]);
  return { ...agent, ...configuration, ...understood, version, updatedAt: clock.now() };
}

/** The same words may have become another plan. */
function changesOf(
  agent: Agent,
  configuration: Configuration,
  understood: Understood,
): readonly string[] {
  const names = changedNames(agent, configuration);
  return names.length > 0 || isSameReading(agent, understood) ? names : ["plan"];
}

function changedNames(before: Agent, after: Configuration): readonly string[] {
  return (Object.keys(after) as (keyof Configuration)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

/** @throws Fault `version_conflict` where somebody saved another version than the one that was edited. */
function demandLatest(agent: Agent, { version }: Saving): void {
  if (version !== undefined && version !== agent.version) throw savedMeanwhile(agent);
}

function savedMeanwhile({ version }: Agent): Fault {
  return new Fault(
    "version_conflict",
    `This agent was saved meanwhile: version ${version} is the latest`,
    {
      suggestion: "Read it again and repeat the change",
      facts: { version },
    },
  );
}
