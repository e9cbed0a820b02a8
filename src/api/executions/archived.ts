/** Executions that have left the ledger, shown from the archive as they were shown before. */
import { Fault } from "#domain/fault.ts";
import { type Archives, openArchives } from "#ledger/archive/archives.ts";
import { openArchivist } from "#ledger/archive/archivist.ts";
import { openReadingRoom, type ReadingRoom } from "#ledger/archive/reading-room.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { type ExecutionNeeds, type Executions, openExecutions } from "./executions.ts";

export interface Archived {
  readonly archives: Archives;
  /** Reads archived executions alone. @throws Fault `not_found` for what is not in the archive */
  readonly executions: Executions;
  /** Reads of both; what was archived is found once it was asked for by its id. */
  readonly ledger: Ledger;
  /** To be called when what archives hold has become less. */
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

export interface ArchivedNeeds extends ExecutionNeeds {
  /** Where archives lie. */
  readonly folder: string;
  /** The ledger's file. */
  readonly store: string;
}

export function openArchived(needs: ArchivedNeeds): Archived {
  const { ledger, folder, store } = needs;
  const archives = openArchives({ ledger, folder, archivist: openArchivist(store) });
  const room = openReadingRoom(ledger, store);
  return {
    archives,
    executions: fromRoom(openExecutions({ ...needs, ledger: room.ledger }), archives, room),
    ledger: bothLedgers(ledger, room),
    forget: room.clear,
    close: room.close,
  };
}

function fromRoom(shown: Executions, archives: Archives, room: ReadingRoom): Executions {
  const layOut = async (ws: number, id: string): Promise<void> => {
    const record = await archives.read(ws, id);
    if (record !== undefined) room.layOut(record);
  };
  return {
    ...shown,
    row: async (ws, id) => {
      await layOut(ws, id);
      return shown.row(ws, id);
    },
    detail: async (ws, id, moment) => {
      await layOut(ws, id);
      return { ...(await shown.detail(ws, id, moment)), archived: true };
    },
    facts: async (ws, id, query) => {
      await layOut(ws, id);
      return shown.facts(ws, id, query);
    },
    journeys: async (ws, id, query) => {
      await layOut(ws, id);
      return shown.journeys(ws, id, query);
    },
  };
}

function bothLedgers(ledger: Ledger, room: ReadingRoom): Ledger {
  const of = (no: number): Ledger => (room.isLaidOut(no) ? room.ledger : ledger);
  return {
    ...ledger,
    find: async (id) => (await ledger.find(id)) ?? room.ledger.find(id),
    read: (no, lane, after) => of(no).read(no, lane, after),
    readPayloads: (no, lane) => of(no).readPayloads(no, lane),
  };
}

/** What is asked for by its id is looked for in the archive where the ledger has it no more. */
export function withArchived(kept: Executions, { executions: past }: Archived): Executions {
  return {
    ...kept,
    row: (ws, id) => orElse(kept.row(ws, id), () => past.row(ws, id)),
    detail: (ws, id, moment) =>
      orElse(kept.detail(ws, id, moment), () => past.detail(ws, id, moment)),
    facts: (ws, id, query) => orElse(kept.facts(ws, id, query), () => past.facts(ws, id, query)),
    journeys: (ws, id, query) =>
      orElse(kept.journeys(ws, id, query), () => past.journeys(ws, id, query)),
    triggeredBy: (no) => orElse(kept.triggeredBy(no), () => past.triggeredBy(no)),
    // The ledger knows nobody whom a pruned one has mailed; its row was read, so it is laid out.
    mailedBy: async (row) => (await kept.mailedBy(row)) || (await past.mailedBy(row)),
  };
}

/** Where the archive has it neither, what the ledger said stands. */
async function orElse<Of>(kept: Promise<Of>, archived: () => Promise<Of>): Promise<Of> {
  try {
    return await kept;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return await archived().catch((other: unknown) => {
      throw isMissing(other) ? error : other;
    });
  }
}

const isMissing = (error: unknown): boolean => error instanceof Fault && error.code === "not_found";
