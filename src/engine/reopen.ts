/** Opens an ended execution again: it goes on as itself, with what it is given now. */
import { createExecution, evolve, evolveAll, type Execution } from "#domain/execution.ts";
import type { CreatedFact, FactOf } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import { hasEnded } from "#domain/kinds.ts";
import type { ReopenItem } from "#ledger/items.ts";
import type { Entry } from "#ledger/ledger.ts";

import type { Core } from "./core.ts";
import { notFound } from "./teller.ts";

export interface ReopenOptions {
  /** A user's id, or `system`. */
  readonly by?: string;
  /** Idempotency: a second one with the same key changes nothing. */
  readonly key?: string;
  /** When it went on, epoch milliseconds, where that was before it is put on record. */
  readonly when?: number;
}

export interface Reopened {
  /** How often it was opened again, this time included. */
  readonly count: number;
  /** It had been done before with the same key. */
  readonly repeated: boolean;
}

const ATTEMPTS = 5;

/** @throws Fault `not_found`, `conflict` where it has not ended or is of a kind that never goes on */
export async function reopen(
  core: Core,
  id: string,
  given: unknown,
  options: ReopenOptions = {},
): Promise<Reopened> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const done = await tryReopen(core, id, given, options);
    if (done !== undefined) return done;
  }
  throw new Fault("stale", `The execution ${id} was opened again by others, again and again.`);
}

/** Undefined: it was opened again and has ended since it was read. */
async function tryReopen(
  core: Core,
  id: string,
  given: unknown,
  options: ReopenOptions,
): Promise<Reopened | undefined> {
  const known = await readEnded(core, id);
  const item = itemOf(core, known, given, options);
  const canGoOn = item.version === known.version;
  if (!canGoOn && options.key === undefined) throw stays(id, known.execution);
  const outcome = await core.ledger.append(item);
  if (outcome.ok) {
    core.dueAt(item.at);
    return { count: known.reopenings + 1, repeated: false };
  }
  if (outcome.why === "repeated") return { count: Number(outcome.answer), repeated: true };
  if (outcome.why === "gone") throw notFound(id);
  if (outcome.why === "open" || !canGoOn) throw stays(id, known.execution);
  return undefined;
}

function itemOf(
  { clock, dayOf }: Core,
  { no, version, lastAt, reopenings, execution }: Known,
  given: unknown,
  { by = "system", key, when }: ReopenOptions,
): ReopenItem {
  const at = Math.max(clock.now(), lastAt);
  const fact: FactOf<"reopened"> = {
    t: "reopened",
    by,
    part: 0,
    ...(when !== undefined && { when }),
  };
  const { state, startedAt, created } = evolve(execution, fact, at);
  const { ws, kind } = created;
  return {
    op: "reopen",
    no,
    ws,
    version: hasEnded(kind, state) ? NO_VERSION : version,
    state,
    startedAt: startedAt ?? at,
    day: dayOf(ws, execution.endedAt ?? at),
    at,
    count: 1,
    data: JSON.stringify([fact]),
    payloads: [{ part: 0, subject: null, body: JSON.stringify(given ?? null) }],
    ...(key !== undefined && { command: { key, answer: String(reopenings + 1) } }),
  };
}

/** Of nothing: asks only whether the key was answered before. */
const NO_VERSION = 0;

function stays(id: string, { created, state }: Execution): Fault {
  const facts = { executionId: id };
  return hasEnded(created.kind, state)
    ? new Fault("conflict", `The execution ${id} is ${state}, and of a kind that stays so.`, {
        facts,
        suggestion: "Retry it: that begins a new one.",
      })
    : new Fault("conflict", `The execution ${id} is ${state}: it can go on once it has ended.`, {
        facts,
        suggestion: "Wait until it has ended, or cancel it.",
      });
}

interface Known {
  readonly no: number;
  readonly version: number;
  readonly lastAt: number;
  readonly reopenings: number;
  readonly execution: Execution;
}

async function readEnded({ ledger }: Core, id: string): Promise<Known> {
  const found = await ledger.find(id);
  const entries = found === undefined ? [] : await ledger.read(found.no, 0);
  const [first] = entries;
  const last = entries.at(-1);
  if (found === undefined || first === undefined || last === undefined) throw notFound(id);
  return {
    no: found.no,
    version: last.version,
    lastAt: last.at,
    reopenings: entries.flatMap(({ facts }) => facts).filter(({ t }) => t === "reopened").length,
    execution: fold(first, entries),
  };
}

function fold(first: Entry, entries: readonly Entry[]): Execution {
  const execution = createExecution(first.facts[0] as CreatedFact, first.at);
  return entries.reduce((so, { facts, at }) => evolveAll(so, facts, at), execution);
}
