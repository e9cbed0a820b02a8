/** Agents and their versions, as they are read. */
import { type Expression, type SqlBool, sql } from "kysely";

import { Fault } from "#domain/fault.ts";
import type { AgentId } from "#domain/id.ts";
import type { Store } from "#store/store.ts";

import { type Agent, type AgentStatus, type AgentVersion, toAgent, toVersion } from "./agent.ts";
import { numberAfter, type Page, pageOf, type PageQuery } from "./page.ts";

export interface AgentQuery extends PageQuery {
  readonly status?: AgentStatus | undefined;
  /** Found in the name, whatever its case. */
  readonly search?: string | undefined;
}

/** How history names an agent: deleted ones too. */
export interface AgentName {
  readonly no: number;
  readonly id: AgentId;
  readonly name: string;
  readonly deleted: boolean;
}

const latest = ({ db }: Store) =>
  db
    .selectFrom("agent")
    .innerJoin("agent_version", (join) =>
      join
        .onRef("agent_version.agent", "=", "agent.no")
        .onRef("agent_version.version", "=", "agent.version"),
    )
    .selectAll("agent_version")
    .selectAll("agent");

/** Compared as conditions compare texts: whatever the case, in every alphabet. */
function nameHolds(operator: "==" | "contains", text: string): Expression<SqlBool> {
  return sql<SqlBool>`text_holds(${operator}, ${sql.ref("agent.name")}, ${text}) = 1`;
}

export async function findAgent(store: Store, ws: number, id: string): Promise<Agent | undefined> {
  const row = await latest(store)
    .where("agent.id", "=", id)
    .where("agent.ws", "=", ws)
    .executeTakeFirst();
  return row && toAgent(row);
}

/** @throws Fault `not_found` for one that is unknown here or was deleted. */
export async function getAgent(store: Store, ws: number, id: string): Promise<Agent> {
  const agent = await findAgent(store, ws, id);
  if (agent !== undefined && agent.deletedAt === null) return agent;
  throw new Fault("not_found", "There is no such agent in this workspace");
}

export async function agentByNo(store: Store, no: number): Promise<Agent | undefined> {
  const row = await latest(store).where("agent.no", "=", no).executeTakeFirst();
  return row && toAgent(row);
}

/** By name, whatever its case; of several the one that was made last. */
export async function agentNamed(
  store: Store,
  ws: number,
  name: string,
): Promise<Agent | undefined> {
  const row = await latest(store)
    .where("agent.ws", "=", ws)
    .where("agent.deleted_at", "is", null)
    .where(nameHolds("==", name.trim()))
    .orderBy("agent.no", "desc")
    .executeTakeFirst();
  return row && toAgent(row);
}

export async function listAgents(
  store: Store,
  ws: number,
  { cursor, limit, status, search }: AgentQuery,
): Promise<Page<Agent>> {
  let query = latest(store).where("agent.ws", "=", ws).where("agent.deleted_at", "is", null);
  if (cursor !== undefined) query = query.where("agent.no", "<", numberAfter(cursor));
  if (status !== undefined) query = query.where("agent.status", "=", status);
  if (search !== undefined && search !== "") query = query.where(nameHolds("contains", search));
  const rows = await query
    .orderBy("agent.no", "desc")
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, (row) => row.no, toAgent);
}

/** Each with the one before it, of which it changed something. */
export async function listVersions(
  { db }: Store,
  agent: Agent,
  { cursor, limit }: PageQuery,
): Promise<Page<SavedVersion>> {
  const before = cursor === undefined ? agent.version + 1 : numberAfter(cursor);
  const rows = await db
    .selectFrom("agent_version")
    .selectAll()
    .where("agent", "=", agent.no)
    .where("version", "<", before)
    .orderBy("version", "desc")
    .limit(limit + 1)
    .execute();
  const versions = rows.map(toVersion);
  const saved = versions.map((version, index) => ({ version, before: versions[index + 1] }));
  return pageOf(
    saved,
    limit,
    ({ version }) => version.version,
    (one) => one,
  );
}

export interface SavedVersion {
  readonly version: AgentVersion;
  readonly before: AgentVersion | undefined;
}

/** @throws Fault `not_found` for a version that the agent never had. */
export async function getVersion(
  store: Store,
  agent: Agent,
  version: number,
): Promise<AgentVersion> {
  const found = await versionOf(store, agent.no, version);
  if (found !== undefined) return found;
  throw new Fault("not_found", `The agent has no version ${version}`, {
    suggestion: `Its latest version is ${agent.version}`,
  });
}

/** Deleted agents' too: what waits in them finishes on the version that it started with. */
export async function versionOf(
  { db }: Store,
  no: number,
  version: number,
): Promise<AgentVersion | undefined> {
  const row = await db
    .selectFrom("agent_version")
    .selectAll()
    .where("agent", "=", no)
    .where("version", "=", version)
    .executeTakeFirst();
  return row && toVersion(row);
}

export async function agentNames(
  { db }: Store,
  nos: readonly number[],
): Promise<ReadonlyMap<number, AgentName>> {
  if (nos.length === 0) return new Map();
  const rows = await db
    .selectFrom("agent")
    .select(["no", "id", "name", "deleted_at"])
    .where("no", "in", [...new Set(nos)])
    .execute();
  return new Map(
    rows.map(({ no, id, name, deleted_at }) => [
      no,
      { no, id: id as AgentId, name, deleted: deleted_at !== null },
    ]),
  );
}
