/** Finds what a bulk action is for, tells how many that are, and begins it when that number was agreed to. */
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { hasEnded, KIND_NAMES, KINDS } from "#domain/kinds.ts";
import { AUTOMATION } from "#drivers/automation/automation.ts";
import type { Engine } from "#engine/engine.ts";
import type { Search } from "#search/search.ts";
import type { Store } from "#store/store.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Audit } from "#workspace/audit.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { BulkAct, BulkProgram } from "./bulk.ts";
import type { Filters } from "./filters.ts";
import { listPage } from "./found.ts";
import type { ExecutionRow } from "./rows.ts";

export type BulkFilter = Omit<Filters, "ws">;

export interface BulkAnswer {
  readonly count: number;
  /** There are more; they are for the next time. */
  readonly more: boolean;
  /** Agrees to this number. Null once it was begun. */
  readonly token: string | null;
  /** The execution that does it. */
  readonly executionId: ExecutionId | null;
}

export interface BulkNeeds {
  readonly engine: Engine;
  readonly store: Store;
  readonly search: Pick<Search, "find">;
  readonly audit: Audit;
  readonly program: BulkProgram;
  readonly clock: Clock;
}

export type Bulk = (
  entered: Entered,
  asked: BulkAct,
  filter: BulkFilter,
  token: string | undefined,
) => Promise<BulkAnswer>;

const MOST = 10_000;
const MOST_PAGES = 50;

export function openBulk(needs: BulkNeeds): Bulk {
  return async (entered, asked, filter, token) => {
    const agreed = token === undefined ? undefined : readToken(token);
    const { rows, more } = await findAll(needs, entered, asked, filter, agreed?.upTo);
    const count = rows.length;
    const fresh = writeToken(rows.at(-1)?.no ?? 0, count, needs.clock.now());
    if (agreed === undefined) return { count, more, token: fresh, executionId: null };
    if (count > agreed.count) {
      throw new Fault("conflict", `There are ${count} now, no longer ${agreed.count}`, {
        suggestion: "Ask for the number again, and agree to it with its token",
        facts: { count },
      });
    }
    const ids = rows.map(({ id }) => id);
    return {
      count,
      more,
      token: null,
      executionId: await begin(needs, entered, asked, ids, token),
    };
  };
}

async function begin(
  { engine, audit, program }: BulkNeeds,
  entered: Entered,
  asked: BulkAct,
  ids: readonly string[],
  token: string | undefined,
): Promise<ExecutionId> {
  const { workspace, actor } = entered;
  const by = writeBy(actor);
  const what = ids.length === 1 ? "1 execution" : `${ids.length} executions`;
  const { id, repeated } = await engine.start(
    program,
    { asked, entered, ids },
    {
      workspace: workspace.no,
      label: `${asked.act === "cancel" ? "Cancel" : "Retry"} ${what}`,
      trigger: { type: "manual", by },
      key: `bulk ${asked.act} ${by} ${token}`,
      apart: true, // it names who asked
    },
  );
  if (repeated) return id;
  const action = asked.act === "cancel" ? "executions.canceled" : "executions.retried";
  const target = { type: "execution", id, name: null } as const;
  await audit.record(workspace.no, { by: actor, action, target, changes: { count: ids.length } });
  return id;
}

interface Found {
  readonly rows: readonly ExecutionRow[];
  readonly more: boolean;
}

/** Oldest first, so that what began meanwhile does not push out what was counted. */
async function findAll(
  { store, search }: BulkNeeds,
  { workspace }: Entered,
  asked: BulkAct,
  filter: BulkFilter,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<Found> {
  const states = filter.states ?? DEFAULT_STATES[asked.act];
  const query = { ...filter, states, ws: workspace.no, sort: "oldest", limit: 500 } as const;
  const rows: ExecutionRow[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await listPage(store, search, { ...query, cursor });
    rows.push(...found.rows.filter((row) => row.no <= upTo && FITS[asked.act](row)));
    if (rows.length > MOST) return { rows: rows.slice(0, MOST), more: true };
    if (found.nextCursor === null) return { rows, more: false };
    cursor = found.nextCursor;
  }
  return { rows, more: true };
}

/** Without a status, a cancel is for all that are open, a retry for all that have failed. */
const DEFAULT_STATES: Readonly<Record<BulkAct["act"], readonly string[]>> = {
  cancel: [
    ...new Set(
      KIND_NAMES.flatMap((kind) =>
        KINDS[kind].machine.states.filter((state) => !hasEnded(kind, state)),
      ),
    ),
  ],
  retry: ["failed"],
};

const FITS: Readonly<Record<BulkAct["act"], (row: ExecutionRow) => boolean>> = {
  cancel: ({ endedAt }) => endedAt === null,
  retry: ({ endedAt, driver }) => endedAt !== null && driver === AUTOMATION,
};

interface Agreed {
  /** The number of the last execution that was counted: what began later is not meant. */
  readonly upTo: number;
  readonly count: number;
}

/** Each answer has a token of its own, so that the same can be asked for again on purpose, and not by accident. */
const writeToken = (upTo: number, count: number, at: number): string =>
  Buffer.from(`${upTo}.${count}.${at}`).toString("base64url");

function readToken(token: string): Agreed {
  const text = Buffer.from(token, "base64url").toString();
  const [, upTo, count] = /^(\d{1,15})\.(\d{1,5})\.\d{1,15}$/.exec(text) ?? [];
  if (upTo !== undefined && count !== undefined)
    return { upTo: Number(upTo), count: Number(count) };
  throw new Fault("invalid", "This token was not given here", {
    suggestion: "Send the filter without a token first: the answer has the number and its token",
  });
}
