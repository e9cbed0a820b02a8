/** The storage path alone: what an execution of three steps appends, without the engine that decides it. */
import { v7 } from "uuid";

import type { Figures } from "#domain/facts.ts";
import { programIds } from "#domain/id.ts";
import { KINDS, type Kind } from "#domain/kinds.ts";
import type { Spending } from "#domain/spending.ts";
import type { EndedRow, Identity } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

const DAY_MS = 86_400_000;
const AGENTS = 20;

/** What an execution was, where that is not the plainest there is, begun and ended now. */
export interface Past {
  /** What it was started with, beside its index. */
  readonly input: object;
  readonly at: number;
  readonly tookMs: number;
  readonly kind: Kind;
  readonly state: "completed" | "failed" | "canceled";
  readonly label: string | null;
  readonly trigger: string;
  readonly figures: Figures | null;
  readonly spending: Spending | null;
}

const stepDone = (path: string, answer: number): object => ({
  t: "stepDone",
  path,
  ms: 0,
  r: { ok: true, answer },
});

function identityOf(index: number, past: Past | undefined): Identity {
  return {
    id:
      past === undefined
        ? programIds.create()
        : `${KINDS[past.kind].prefix}_${v7({ msecs: past.at })}`,
    ws: 1,
    kind: past?.kind ?? "program",
    agent: index % AGENTS,
    target: null,
    driver: "bench",
    driverVersion: "1",
    trigger: past?.trigger ?? "api",
    label: past?.label ?? null,
    parentNo: null,
  };
}

function endedRow(
  identity: Identity,
  startedAt: number,
  endedAt: number,
  past: Past | undefined,
): EndedRow {
  const figures = past?.figures ?? null;
  return {
    identity,
    createdAt: startedAt,
    startedAt,
    waitedMs: 0,
    steps: 3,
    retries: 0,
    warnings: 0,
    errorCode: null,
    figures: figures === null ? null : JSON.stringify(figures),
    spending: past?.spending ?? null,
    day: Math.floor(endedAt / DAY_MS),
  };
}

/** Four appends, as the engine makes them: created and started, step, step, last step and completion. */
export async function appendExecution(ledger: Ledger, index: number, past?: Past): Promise<void> {
  const identity = identityOf(index, past);
  const at = past?.at ?? Date.now();
  const input = { index, ...past?.input };
  const no = await appendCreated(ledger, identity, at, { input, ...(past && saidOf(identity)) });
  const place = { no, lane: 0, epoch: 1 };
  for (const version of [2, 3]) await appendStep(ledger, place, version, index);
  const endedAt = past === undefined ? Date.now() : at + past.tookMs;
  const state = past?.state ?? "completed";
  const ended = await ledger.append({
    op: "end",
    ...place,
    version: 4,
    state,
    at: endedAt,
    count: 2,
    data: JSON.stringify([stepDone("three", index), { t: state, ...LAST[state] }]),
    ended: endedRow(identity, at, endedAt, past),
  });
  if (!ended.ok) throw new Error(`execution ${index} could not end: ${ended.why}`);
}

/** What lists show of the first fact; the storage path is measured without it. */
function saidOf({ label, trigger: type }: Identity): object {
  return { label, trigger: { type, by: "system" } };
}

async function appendCreated(
  ledger: Ledger,
  identity: Identity,
  at: number,
  said: object,
): Promise<number> {
  const { id, ws, kind, agent, driver } = identity;
  const created = { t: "created", id, ws, kind, agent, driver, ...said };
  const made = await ledger.append({
    op: "create",
    identity,
    state: "running",
    startedAt: at,
    owner: ledger.owner,
    at,
    count: 2,
    data: JSON.stringify([created, { t: "started" }]),
  });
  if (!made.ok) throw new Error(`execution ${identity.id} was refused`);
  return made.no;
}

const LAST = {
  completed: { r: { ok: true } },
  failed: { fault: { code: "internal", message: "It went wrong." } },
  canceled: { by: "system" },
} as const;

async function appendStep(
  ledger: Ledger,
  place: { readonly no: number; readonly lane: number; readonly epoch: number },
  version: number,
  index: number,
): Promise<void> {
  const driven = await ledger.append({
    op: "drive",
    ...place,
    version,
    at: Date.now(),
    count: 1,
    data: JSON.stringify([stepDone(`step ${version}`, index)]),
  });
  if (!driven.ok) throw new Error(`execution ${index} could not go on: ${driven.why}`);
}
