/** Items as tests need them: what does not matter has a value already. */
import type { Fact } from "#domain/facts.ts";

import type {
  CreateItem,
  DriveItem,
  DriveOutcome,
  EndItem,
  Identity,
  Owner,
  SignalItem,
} from "./items.ts";
import type { Ledger } from "./ledger.ts";

export const AT = Date.UTC(2026, 0, 5, 9);
let made = 0;

export function identity(more: Partial<Identity> = {}): Identity {
  made += 1;
  return {
    id: `prg_${process.pid}-${made}`,
    ws: 1,
    kind: "program",
    agent: 0,
    target: null,
    driver: "test",
    driverVersion: "1",
    trigger: "api",
    label: null,
    parentNo: null,
    ...more,
  };
}

const written = (facts: readonly Fact[]): { readonly count: number; readonly data: string } => ({
  count: facts.length,
  data: JSON.stringify(facts),
});

export function noted(path = "n", note: unknown = null): Fact {
  return { t: "noted", path, note };
}

export function creating(more: Partial<CreateItem> = {}, facts: readonly Fact[] = []): CreateItem {
  const known = more.identity ?? identity();
  const { id, ws, agent, target, driver, driverVersion, label } = known;
  const created: Fact = {
    t: "created",
    id,
    ws,
    kind: "program",
    agent,
    target,
    driver,
    driverVersion,
    label,
    trigger: { type: "api", by: "system" },
  };
  return {
    op: "create",
    identity: known,
    state: "queued",
    startedAt: null,
    at: AT,
    ...written([created, ...facts]),
    ...more,
  };
}

/** An execution as its owner knows it. */
export interface Held {
  readonly no: number;
  readonly lane: number;
  readonly epoch: number;
  version: number;
  readonly identity: Identity;
}

export async function held(
  ledger: Ledger,
  more: Partial<CreateItem> = {},
  owner: Owner = ledger.owner,
): Promise<Held> {
  const item = creating({ state: "running", startedAt: AT, owner, ...more }, [{ t: "started" }]);
  const outcome = await ledger.append(item);
  if (!outcome.ok) throw new Error(`not created: ${outcome.why}`);
  return { no: outcome.no, lane: 0, epoch: 1, version: 2, identity: item.identity };
}

export function driving(
  { no, lane, version, epoch }: Omit<Held, "identity">,
  facts: readonly Fact[] = [noted()],
  more: Partial<DriveItem> = {},
): DriveItem {
  const place = { no, lane, version, epoch };
  return {
    op: "drive",
    ...place,
    at: AT,
    ...written(facts),
    ...more,
  };
}

/** Drives, and keeps the version that follows. */
export async function drive(
  ledger: Ledger,
  on: Held,
  facts?: readonly Fact[],
  more?: Partial<DriveItem>,
): Promise<DriveOutcome> {
  const item = driving(on, facts, more);
  const outcome = await ledger.append(item);
  if (outcome.ok) on.version += item.count;
  return outcome;
}

export function ending(on: Held, more: Partial<EndItem> = {}): EndItem {
  const { no, lane, version, epoch } = on;
  return {
    op: "end",
    no,
    lane,
    version,
    epoch,
    at: AT + 60_000,
    state: "completed",
    ...written([{ t: "completed" }]),
    ...(lane === 0 && { ended: endedRow(on.identity) }),
    ...more,
  };
}

function endedRow(of: Identity): NonNullable<EndItem["ended"]> {
  return {
    identity: of,
    createdAt: AT,
    startedAt: AT,
    waitedMs: 0,
    steps: 1,
    retries: 0,
    warnings: 0,
    errorCode: null,
    figures: null,
    spending: null,
    day: Math.floor((AT + 60_000) / 86_400_000),
  };
}

export function signaling(id: string, more: Partial<SignalItem> = {}): SignalItem {
  return { op: "signal", id, lane: 0, kind: "signal", body: "{}", at: AT, ...more };
}

/** Everything that is due in the workspace of `identity`, those that go on first. */
export const claiming = (owner: Owner, at = AT, most = 1000) => {
  const line = { ws: 1, agent: 0, most };
  const from = [
    { ...line, begun: true },
    { ...line, begun: false },
  ];
  return { op: "claim", owner, at, from } as const;
};

/** The ledger under test, once it is open. */
export type Get = () => Ledger;
