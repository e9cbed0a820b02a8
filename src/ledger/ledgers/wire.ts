/**
 * How items travel to the writer thread and their answers back: as one flat list of values. Cloning
 * an object costs by its keys, and those are the same in every item; a list has none.
 *
 * Items that are frequent are written out value by value, and read in the same order; any other goes
 * as it is.
 */
import type {
  CreateItem,
  DriveItem,
  EndedRow,
  EndItem,
  Identity,
  Item,
  Outcome,
  Owner,
} from "../items.ts";
import type { Settled } from "./batch.ts";

/** Values; what each item or answer is stands before its own. */
export type Wire = readonly unknown[];

const OTHER = 0;
const CREATE = 1;
const DRIVE = 2;
const END = 3;

/** Every field, so that the compiler tells when a new one is forgotten here. */
type Whole<T> = { readonly [K in keyof T]-?: T[K] | undefined };
/** The next value, as what its place needs. */
type Next = <T>() => T;

function reading(wire: Wire): { readonly next: Next; readonly more: () => boolean } {
  let at = 0;
  return { next: <T>() => wire[at++] as T, more: () => at < wire.length };
}

export function itemsToWire(items: readonly Item[]): Wire {
  const wire: unknown[] = [];
  for (const item of items) {
    if (item.op === "drive") putDrive(wire, item);
    else if (item.op === "create") putCreate(wire, item);
    else if (item.op === "end") putEnd(wire, item);
    else wire.push(OTHER, item);
  }
  return wire;
}

export function itemsFromWire(wire: Wire): Item[] {
  const items: Item[] = [];
  const { next, more } = reading(wire);
  while (more()) items.push(takeItem(next));
  return items;
}

function takeItem(next: Next): Item {
  switch (next<number>()) {
    case DRIVE:
      return takeDrive(next) as DriveItem;
    case CREATE:
      return takeCreate(next) as CreateItem;
    case END:
      return takeEnd(next) as EndItem;
    default:
      return next();
  }
}

function putIdentity(wire: unknown[], identity: Identity): void {
  wire.push(
    identity.id,
    identity.ws,
    identity.kind,
    identity.agent,
    identity.target,
    identity.driver,
    identity.driverVersion,
    identity.trigger,
    identity.label,
    identity.parentNo,
  );
}

function takeIdentity(next: Next): Identity {
  const identity: Whole<Identity> = {
    id: next(),
    ws: next(),
    kind: next(),
    agent: next(),
    target: next(),
    driver: next(),
    driverVersion: next(),
    trigger: next(),
    label: next(),
    parentNo: next(),
  };
  return identity as Identity;
}

function putOwner(wire: unknown[], owner: Owner | undefined): void {
  wire.push(owner?.id, owner?.incarnation);
}

function takeOwner(next: Next): Owner | undefined {
  const owner = { id: next<string | undefined>(), incarnation: next<number>() };
  return owner.id === undefined ? undefined : (owner as Owner);
}

function putCreate(wire: unknown[], item: CreateItem): void {
  wire.push(CREATE);
  putIdentity(wire, item.identity);
  putOwner(wire, item.owner);
  wire.push(
    item.state,
    item.startedAt,
    item.readyAt,
    item.guards,
    item.command,
    item.writes,
    item.counted,
    item.at,
    item.count,
    item.data,
    item.payloads,
  );
}

function takeCreate(next: Next): Whole<CreateItem> {
  return {
    op: "create",
    identity: takeIdentity(next),
    owner: takeOwner(next),
    state: next(),
    startedAt: next(),
    readyAt: next(),
    guards: next(),
    command: next(),
    writes: next(),
    counted: next(),
    at: next(),
    count: next(),
    data: next(),
    payloads: next(),
  };
}

function putDrive(wire: unknown[], item: DriveItem): void {
  wire.push(
    DRIVE,
    item.no,
    item.lane,
    item.version,
    item.epoch,
    item.state,
    item.startedAt,
    item.planStep,
    item.writes,
    item.consumed,
    item.opened,
    item.children,
    item.park,
    item.blocked,
    item.paused,
    item.release,
    item.retake,
    item.at,
    item.count,
    item.data,
    item.payloads,
  );
}

function takeDrive(next: Next): Whole<DriveItem> {
  return {
    op: "drive",
    no: next(),
    lane: next(),
    version: next(),
    epoch: next(),
    state: next(),
    startedAt: next(),
    planStep: next(),
    writes: next(),
    consumed: next(),
    opened: next(),
    children: next(),
    park: next(),
    blocked: next(),
    paused: next(),
    release: next(),
    retake: next(),
    at: next(),
    count: next(),
    data: next(),
    payloads: next(),
  };
}

function putEnd(wire: unknown[], item: EndItem): void {
  wire.push(
    END,
    item.no,
    item.lane,
    item.version,
    item.epoch,
    item.state,
    item.planStep,
    item.writes,
    item.release,
    item.notify,
    item.at,
    item.count,
    item.data,
    item.payloads,
    item.ended !== undefined,
  );
  if (item.ended !== undefined) putRow(wire, item.ended);
}

function takeEnd(next: Next): Whole<EndItem> {
  return {
    op: "end",
    no: next(),
    lane: next(),
    version: next(),
    epoch: next(),
    state: next(),
    planStep: next(),
    writes: next(),
    release: next(),
    notify: next(),
    at: next(),
    count: next(),
    data: next(),
    payloads: next(),
    ended: next<boolean>() ? takeRow(next) : undefined,
  };
}

function putRow(wire: unknown[], row: EndedRow): void {
  putIdentity(wire, row.identity);
  wire.push(
    row.createdAt,
    row.startedAt,
    row.endedAt,
    row.waitedMs,
    row.steps,
    row.retries,
    row.warnings,
    row.errorCode,
    row.figures,
    row.spending,
    row.day,
  );
}

function takeRow(next: Next): EndedRow {
  const row: Whole<EndedRow> = {
    identity: takeIdentity(next),
    createdAt: next(),
    startedAt: next(),
    endedAt: next(),
    waitedMs: next(),
    steps: next(),
    retries: next(),
    warnings: next(),
    errorCode: next(),
    figures: next(),
    spending: next(),
    day: next(),
  };
  return row as EndedRow;
}

const CREATED = 1;
const WRITTEN = 2;
const PARKED = 3;

export function answersToWire(settled: readonly Settled[]): Wire {
  const wire: unknown[] = [];
  for (const one of settled) {
    if (!("outcome" in one) || !putOutcome(wire, one.outcome)) wire.push(OTHER, one);
  }
  return wire;
}

function putOutcome(wire: unknown[], outcome: Outcome): boolean {
  if (typeof outcome !== "object" || !("position" in outcome)) return false;
  if ("no" in outcome) wire.push(CREATED, outcome.no, outcome.position);
  else if ("parked" in outcome) wire.push(outcome.parked ? PARKED : WRITTEN, outcome.position);
  else return false;
  return true;
}

export function answersFromWire(wire: Wire): Settled[] {
  const settled: Settled[] = [];
  const { next, more } = reading(wire);
  while (more()) settled.push(takeAnswer(next));
  return settled;
}

function takeAnswer(next: Next): Settled {
  const sign = next<number>();
  if (sign === OTHER) return next();
  if (sign === CREATED) return { outcome: { ok: true, no: next(), position: next() } };
  return { outcome: { ok: true, position: next(), parked: sign === PARKED } };
}
