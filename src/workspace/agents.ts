/**
 * Configured agents. Each save is a version: a row that is never changed, so that an execution finishes on the words
 * and the plan that it started with. Status is not configuration: pausing makes no version. A deleted agent keeps its
 * row and its versions, because history speaks of them.
 */
import type { AgentId } from "#domain/id.ts";
import type { Rate } from "#domain/rate.ts";
import type { Write } from "#store/store.ts";

import {
  agentByNo,
  type AgentName,
  agentNamed,
  agentNames,
  type AgentQuery,
  findAgent,
  getAgent,
  listAgents,
  getVersion,
  listVersions,
  type SavedVersion,
  versionOf,
} from "./agent-reading.ts";
import {
  type AgentChange,
  type BeforeLive,
  createAgent,
  goLive,
  type Making,
  type NewAgent,
  type Saving,
} from "./agent-saving.ts";
import { holding, pausing, release, removeAgent, turn } from "./agent-status.ts";
import { restoreAgent, saveAgent } from "./agent-versions.ts";
import type { Agent, AgentVersion, PauseReason } from "./agent.ts";
import { decideAgain } from "./decide-again.ts";
import type { Page, PageQuery } from "./page.ts";
import { startRates } from "./start-rates.ts";
import type { Entered } from "./workspaces.ts";

export interface Agents {
  /** `before` is asked about one that is live at once. */
  readonly create: (entered: Entered, agent: NewAgent, before?: BeforeLive) => Promise<Agent>;
  /** @throws Fault `version_conflict` where another version than the edited one is the latest. */
  readonly save: (entered: Entered, id: AgentId, change: AgentChange) => Promise<Agent>;
  /** Saves an earlier version again, as a new one that names it. @throws Fault likewise, `not_found` */
  readonly restore: (
    entered: Entered,
    id: AgentId,
    version: number,
    saving: Saving,
  ) => Promise<Agent>;
  /** It adopts the trigger that the text names, unless the editor holds one besides Run Now. */
  readonly goLive: (entered: Entered, id: AgentId, before?: BeforeLive) => Promise<Agent>;
  /** With its open executions, which are told in the same transaction. */
  readonly pause: (entered: Entered, id: AgentId) => Promise<Agent>;
  readonly resume: (entered: Entered, id: AgentId) => Promise<Agent>;
  /** Marks it deleted. Whoever runs executions cancels those that are queued or wait. */
  readonly remove: (entered: Entered, id: AgentId) => Promise<Agent>;
  /** @throws Fault `not_found` for one that is unknown here or was deleted. */
  readonly get: (ws: number, id: string) => Promise<Agent>;
  /** Deleted ones too. */
  readonly find: (ws: number, id: string) => Promise<Agent | undefined>;
  /** By the number that executions carry; deleted ones too. */
  readonly byNo: (no: number) => Promise<Agent | undefined>;
  readonly named: (ws: number, name: string) => Promise<Agent | undefined>;
  /** What history calls them. */
  readonly names: (nos: readonly number[]) => Promise<ReadonlyMap<number, AgentName>>;
  /** Newest first, without deleted ones. */
  readonly list: (ws: number, query: AgentQuery) => Promise<Page<Agent>>;
  readonly versions: (ws: number, id: string, query: PageQuery) => Promise<Page<SavedVersion>>;
  /** @throws Fault `not_found` for a version that it never had. */
  readonly getVersion: (agent: Agent, version: number) => Promise<AgentVersion>;
  readonly version: (no: number, version: number) => Promise<AgentVersion | undefined>;
  /** A pause by a limit or a provider, for the append that found it; does nothing where it is paused already. */
  readonly pausing: (agent: Agent, reason: PauseReason) => Write;
  /** A hold that releases itself at `until`; likewise. */
  readonly holding: (agent: Agent, until: number) => Write;
  /** How often executions of these may start now. */
  readonly startRates: (nos: readonly number[]) => Promise<ReadonlyMap<number, Rate>>;
  /** Lets those on hold go on whose time has come; answers the numbers of those. */
  readonly release: () => Promise<readonly number[]>;
}

/** `parse` turns instructions into a plan, or says why it cannot. */
export function agents(making: Making): Agents {
  const { store } = making;
  return {
    create: (entered, agent, before) => createAgent(making, entered, agent, before),
    save: (entered, id, change) => decideAgain(() => saveAgent(making, entered, id, change)),
    restore: (entered, id, version, saving) =>
      decideAgain(() => restoreAgent(making, entered, id, version, saving)),
    goLive: (entered, id, before) => decideAgain(() => goLive(making, entered, id, before)),
    pause: (entered, id) => decideAgain(() => turn(making, entered, id, "pause")),
    resume: (entered, id) => decideAgain(() => turn(making, entered, id, "resume")),
    remove: (entered, id) => decideAgain(() => removeAgent(making, entered, id)),
    get: (ws, id) => getAgent(store, ws, id),
    find: (ws, id) => findAgent(store, ws, id),
    byNo: (no) => agentByNo(store, no),
    named: (ws, name) => agentNamed(store, ws, name),
    names: (nos) => agentNames(store, nos),
    list: (ws, query) => listAgents(store, ws, query),
    versions: async (ws, id, query) => listVersions(store, await getAgent(store, ws, id), query),
    getVersion: (agent, version) => getVersion(store, agent, version),
    version: (no, version) => versionOf(store, no, version),
    pausing: (agent, reason) => pausing(making, agent, reason),
    holding: (agent, until) => holding(making, agent, until),
    startRates: (nos) => startRates(store, nos),
    release: () => release(making),
  };
}
