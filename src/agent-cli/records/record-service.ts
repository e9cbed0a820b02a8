import { join } from "node:path";

/** Reads and writes agent records. */
import { Fault } from "#domain/fault.ts";

import { namesIn, readIfThere, replaceFile } from "./files.ts";
import { agentsFolder, recordFile } from "./folder.ts";
import { withLock } from "./lock.ts";
import { readAgentRecord, type AgentRecord } from "./record.ts";

/** Fields to set, or what makes them of the record as it is: only so can a list be added to. */
export type RecordUpdate =
  | Partial<AgentRecord>
  | ((record: AgentRecord) => Partial<AgentRecord> | null);

export interface RecordService {
  /** Writes a record whole, over an older one of the same agent. */
  readonly writeRecord: (record: AgentRecord) => Promise<void>;
  /** Null where there is none that can be read. */
  readonly readRecord: (specId: string, agentId: string) => Promise<AgentRecord | null>;
  /**
   * Sets fields of a record and returns it as it then is; no update of another process is lost.
   * A function that answers null leaves it as it is. @throws Fault `not_found`
   */
  readonly updateRecord: (
    specId: string,
    agentId: string,
    update: RecordUpdate,
  ) => Promise<AgentRecord>;
  /** Those of one spec, or of all; what is no record is left out. */
  readonly listRecords: (specId?: string) => Promise<readonly AgentRecord[]>;
  /** The record of an agent whose spec is not known. */
  readonly findRecord: (agentId: string) => Promise<AgentRecord | null>;
}

/** @param project whose folder it is at the moment */
export function recordService(project: () => string): RecordService {
  const locked = <Result>(work: () => Promise<Result>) => withLock(project(), work);

  async function readRecord(specId: string, agentId: string): Promise<AgentRecord | null> {
    return await readFrom(recordFile(project(), specId, agentId));
  }

  async function listRecords(specId?: string): Promise<readonly AgentRecord[]> {
    const records = await Promise.all((await recordFiles(project(), specId)).map(readFrom));
    return records.filter((record) => record !== null);
  }

  return {
    readRecord,
    listRecords,
    writeRecord: (record) => locked(() => replaceRecord(project(), record)),
    updateRecord: (specId, agentId, update) =>
      locked(() => changeRecord(project(), specId, agentId, update)),
    findRecord: async (agentId) => {
      const records = await listRecords();
      return records.find((record) => record.agentId === agentId) ?? null;
    },
  };
}

async function readFrom(path: string): Promise<AgentRecord | null> {
  const text = await readIfThere(path);
  return text === null ? null : readAgentRecord(text);
}

/** Of all specs, or of one. */
export async function recordFiles(project: string, specId?: string): Promise<readonly string[]> {
  const folder = agentsFolder(project);
  const specs = specId === undefined ? await namesIn(folder) : [specId];
  const files = await Promise.all(
    specs.map(async (spec) => (await namesIn(join(folder, spec))).map((name) => join(spec, name))),
  );
  return files
    .flat()
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
}

/** The lock is held. */
async function replaceRecord(project: string, record: AgentRecord): Promise<void> {
  const path = recordFile(project, record.specId, record.agentId);
  await replaceFile(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** The lock is held. What cannot be read of a record is written again as it was. @throws Fault `not_found` */
export async function changeRecord(
  project: string,
  specId: string,
  agentId: string,
  update: RecordUpdate,
): Promise<AgentRecord> {
  const text = (await readIfThere(recordFile(project, specId, agentId))) ?? "";
  const record = readAgentRecord(text);
  if (record === null) throw noRecord(specId, agentId);
  const changes = typeof update === "function" ? update(record) : update;
  if (changes === null) return record;
  const named = { ...changes, specId, agentId };
  await replaceRecord(project, { ...JSON.parse(text), ...named });
  return { ...record, ...named };
}

function noRecord(specId: string, agentId: string): Fault {
  return new Fault("not_found", `There is no record of agent ${agentId} for ${specId}.`, {
    suggestion: "See the folder .stint/agents of the project.",
  });
}
