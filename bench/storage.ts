/** The storage path alone: what an execution of three steps appends, without the engine that decides it. */
import { programIds } from "#domain/id.ts";
import type { EndedRow, Identity } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

const DAY_MS = 86_400_000;
const AGENTS = 20;

const stepDone = (path: string, answer: number): object => ({
  t: "stepDone",
  path,
  ms: 0,
  r: { ok: true, answer },
});

function identityOf(index: number): Identity {
  return {
    id: programIds.create(),
    ws: 1,
    kind: "program",
    agent: index % AGENTS,
    target: null,
    driver: "bench",
    driverVersion: "1",
    trigger: "api",
    label: null,
    parentNo: null,
  };
}

function endedRow(identity: Identity, startedAt: number, endedAt: number): EndedRow {
  return {
    identity,
    createdAt: startedAt,
    startedAt,
    waitedMs: 0,
    steps: 3,
    retries: 0,
    warnings: 0,
    errorCode: null,
    figures: null,
    day: Math.floor(endedAt / DAY_MS),
  };
}

/**
 * Four appends, as the engine makes them: created and started, step, step, last step and completion.
 * Answers its id.
 */
export async function appendExecution(
  ledger: Ledger,
  index: number,
  input: object = { index },
): Promise<string> {
  const identity = identityOf(index);
  const at = Date.now();
  const { id, ws, kind, agent, driver } = identity;
  const created = { t: "created", id, ws, kind, agent, driver, input };
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
  if (!made.ok) throw new Error(`execution ${index} was refused`);
  const place = { no: made.no, lane: 0, epoch: 1 };
  for (const version of [2, 3]) await appendStep(ledger, place, version, at, index);
  const endedAt = Date.now();
  const ended = await ledger.append({
    op: "end",
    ...place,
    version: 4,
    state: "completed",
    at: endedAt,
    count: 2,
    data: JSON.stringify([stepDone("three", index), { t: "completed", r: { ok: true } }]),
    ended: endedRow(identity, at, endedAt),
  });
  if (!ended.ok) throw new Error(`execution ${index} could not end: ${ended.why}`);
  return id;
}

async function appendStep(
  ledger: Ledger,
  place: { readonly no: number; readonly lane: number; readonly epoch: number },
  version: number,
  startedAt: number,
  index: number,
): Promise<void> {
  const driven = await ledger.append({
    op: "drive",
    ...place,
    version,
    state: "running",
    startedAt,
    at: Date.now(),
    count: 1,
    data: JSON.stringify([stepDone(`step ${version}`, index)]),
  });
  if (!driven.ok) throw new Error(`execution ${index} could not go on: ${driven.why}`);
}
