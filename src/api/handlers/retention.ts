import type { retentionRoutes } from "#contract/routes/retention.ts";
import type { ArchivedItem } from "#contract/shapes/retention.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { type Kind, KINDS } from "#domain/kinds.ts";
import type { ArchiveFile } from "#ledger/archive/archives.ts";
import { storageOf } from "#ledger/storage.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { idOf } from "../executions/actors.ts";
import { type Found, searchArchive } from "../executions/archive-list.ts";
import type { HandlersOf } from "../handler.ts";
import { redactExecution, redactFact, viewOf } from "../redact.ts";
import type { Services } from "../services.ts";
import { showTime, showTimeOr } from "../times.ts";

type Area = typeof retentionRoutes;
type Storage = "getStorage" | "getWholeStorage";
type Archive = "listArchive" | "listArchiveFiles" | "verifyArchive" | "getArchivedExecution";

export function retentionHandlers(services: Services): HandlersOf<Area> {
  return {
    ...policyHandlers(services),
    ...archiveHandlers(services),
    ...storageHandlers(services),
  };
}

const ALL_KINDS = Object.keys(KINDS) as readonly Kind[];

function storageHandlers(services: Services): HandlersOf<Pick<Area, Storage>> {
  return {
    getStorage: async ({ entered }) => ({
      kinds: [...(await storageOf(services.archived.ledger, entered.workspace.no, ALL_KINDS))],
    }),
    getWholeStorage: async ({ identity }) => {
      if (identity.via === "local") return services.measure();
      throw new Fault("forbidden", "Only whoever holds the data folder sees what all of it needs", {
        suggestion: "Run `stint storage` where the folder is",
      });
    },
  };
}

function policyHandlers({
  retention,
  retentionKeeper,
}: Services): HandlersOf<Omit<Area, Archive | Storage>> {
  return {
    getRetention: async ({ entered }) => ({ items: [...(await retention.of(entered.workspace))] }),
    setRetention: async ({ entered, body }) => ({
      items: [...(await retention.replace(entered, body.items))],
    }),
    applyRetention: async ({ entered }) => ({
      items: [...(await retentionKeeper.look(entered.workspace))],
    }),
  };
}

function archiveHandlers(services: Services): HandlersOf<Pick<Area, Archive>> {
  const { archives } = services.archived;
  return {
    listArchive: async ({ entered, query: { agentId, from, to, ...query } }) => {
      const { items, nextCursor } = await searchArchive(archives, {
        ...query,
        ws: entered.workspace.no,
        agent: agentId === undefined ? undefined : await mustAgent(services, entered, agentId),
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
      });
      return { items: await showFound(services, items), nextCursor };
    },
    listArchiveFiles: async ({ entered }) => ({
      items: (await archives.files(entered.workspace.no)).map(showFile),
    }),
    verifyArchive: async ({ entered }) => {
      const files = await archives.files(entered.workspace.no);
      const damaged = await archives.verify(entered.workspace.no);
      return {
        files: files.length,
        executions: files.reduce((sum, { executions }) => sum + executions, 0),
        damaged: damaged.map(({ file, why, lost }) => ({ file, why, executionIds: [...lost] })),
      };
    },
    getArchivedExecution: ({ entered, params }) => readWhole(services, entered, params.executionId),
  };
}

async function mustAgent({ agents }: Services, entered: Entered, id: string): Promise<number> {
  const agent = await agents.find(entered.workspace.no, id);
  if (agent !== undefined) return agent.no;
  throw new Fault("not_found", "There is no such agent in this workspace");
}

async function showFound({ agents }: Services, found: readonly Found[]): Promise<ArchivedItem[]> {
  const names = await agents.names([...new Set(found.map(({ entry }) => entry.agent))]);
  return found.map(({ file, entry }) => {
    const agent = names.get(entry.agent);
    return {
      id: entry.id as ExecutionId,
      kind: entry.kind as Kind,
      status: entry.state,
      agent:
        agent === undefined ? null : { id: agent.id, name: agent.name, deleted: agent.deleted },
      label: entry.label,
      createdAt: showTime(entry.createdAt),
      startedAt: showTimeOr(entry.startedAt),
      completedAt: showTime(entry.endedAt),
      facts: entry.facts,
      file,
    };
  });
}

function showFile(row: ArchiveFile) {
  const { file, kind, executions, facts, bytes, sha256, first_end, last_end, made_at } = row;
  return {
    file,
    executions,
    facts,
    bytes,
    sha256,
    kind: kind as Kind,
    firstEnd: showTime(first_end),
    lastEnd: showTime(last_end),
    madeAt: showTime(made_at),
  };
}

const FACTS_PAGE = 5000;

async function readWhole({ archived }: Services, entered: Entered, id: string) {
  const { executions } = archived;
  const ws = entered.workspace.no;
  const row = await executions.row(ws, id);
  const view = viewOf(entered, idOf(await executions.triggeredBy(row.no)));
  const execution = redactExecution(await executions.detail(ws, id), view);
  const facts = [];
  let cursor: string | undefined;
  do {
    const page = await executions.facts(ws, id, { limit: FACTS_PAGE, cursor });
    facts.push(...page.items.map((fact) => redactFact(fact, view)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { ...execution, facts };
}
