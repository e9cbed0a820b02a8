/** What the facts of invocations tell: read for a page of them at once, or for one with its texts. */
import { sql } from "kysely";

import type { Counters } from "#agent-cli/counters.ts";
import type { CreatedFact, Fact } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { RoundAccount, RoundFigures } from "#drivers/invocation/account.ts";
import type { FollowUp, InvocationInput } from "#drivers/invocation/input.ts";
import { payloadKey, type Entry, type Ledger, type Payloads } from "#ledger/ledger.ts";
import { COLUMNS, entryOf, type ReadRow } from "#ledger/reads.ts";

export interface ToldRound {
  readonly figures: RoundFigures | null;
  /** Where its texts were read. */
  readonly account: RoundAccount | null;
}

export interface Told {
  readonly created: CreatedFact;
  /** Undefined once it was erased. */
  readonly input: InvocationInput | undefined;
  /** One more than it was opened again. */
  readonly rounds: number;
  /** Of the follow-ups, where their texts were read. */
  readonly followUps: readonly (FollowUp | undefined)[];
  /** By number: those that are over. */
  readonly over: ReadonlyMap<number, ToldRound>;
  /** Of its last end. */
  readonly fault: KeptFault | null;
}

/** Without texts but that of the first prompt. */
export async function readTold(
  { store }: Pick<Ledger, "store">,
  nos: readonly number[],
): Promise<ReadonlyMap<number, Told>> {
  if (nos.length === 0) return new Map();
  const named = sql`no in (${sql.join(nos)}) and lane = 0`;
  const facts = await sql<ReadRow>`select ${sql.raw(COLUMNS)} from facts where ${named}
    order by no, version`.execute(store.db);
  const firsts = await sql<{ readonly no: number; readonly version: number; body: string | null }>`
    select no, version, body from payloads where ${named} and part = 0
      and version in (select min(version) from facts where facts.no = payloads.no and lane = 0)`.execute(
    store.db,
  );
  const inputs = new Map(firsts.rows.map((row) => [row.no, row]));
  const byNo = Map.groupBy(facts.rows.map(entryOf), ({ no }) => no);
  return new Map(
    [...byNo].flatMap(([no, entries]) => {
      const first = inputs.get(no);
      const payloads = new Map<string, unknown>();
      if (typeof first?.body === "string")
        payloads.set(payloadKey(first.version, 0), JSON.parse(first.body));
      const told = toldOf(entries, payloads);
      return told === undefined ? [] : [[no, told] as const];
    }),
  );
}

/** With all texts. Undefined: it is not kept any more. */
export async function readWhole(
  ledger: Pick<Ledger, "read" | "readPayloads">,
  no: number,
): Promise<Told | undefined> {
  const entries = await ledger.read(no, 0);
  return toldOf(entries, await ledger.readPayloads(no, 0));
}

type BodyOf = (version: number, fact: Named) => unknown;
interface Named {
  readonly part?: number;
  readonly r?: unknown;
}

function toldOf(entries: readonly Entry[], payloads: Payloads): Told | undefined {
  const [first] = entries;
  const created = first?.facts[0];
  if (first === undefined || created?.t !== "created") return undefined;
  const bodyOf: BodyOf = (version, { part, r }) =>
    part === undefined ? r : payloads.get(payloadKey(version, part));
  const input = created.part === undefined ? created.input : bodyOf(first.version, created);
  const facts = entries.flatMap((entry) =>
    entry.facts.map((fact) => [entry.version, fact] as const),
  );
  const followUps = facts.flatMap(([version, fact]) =>
    fact.t === "reopened" ? [bodyOf(version, fact) as FollowUp | undefined] : [],
  );
  return {
    created,
    input: input as InvocationInput | undefined,
    rounds: followUps.length + 1,
    followUps,
    over: roundsIn(facts, bodyOf),
    fault: faultIn(facts.map(([, fact]) => fact)),
  };
}

/** Of its last end; one that goes on has none. */
function faultIn(facts: readonly Fact[]): KeptFault | null {
  const last = facts.findLast(({ t }) => t === "failed" || t === "reopened");
  return last?.t === "failed" ? last.fault : null;
}

function roundsIn(
  facts: readonly (readonly [version: number, fact: Fact])[],
  bodyOf: BodyOf,
): ReadonlyMap<number, ToldRound> {
  const over = new Map<number, ToldRound>();
  for (const [version, fact] of facts) addRound(over, fact, (named) => bodyOf(version, named));
  return over;
}

const NOTHING: ToldRound = { figures: null, account: null };
const ROUND = /^(round|figures)\/(\d+)$/;

function addRound(over: Map<number, ToldRound>, fact: Fact, body: (named: Named) => unknown): void {
  if (fact.t !== "stepDone" && fact.t !== "noted") return;
  const [, what, digits] = ROUND.exec(fact.path) ?? [];
  if (what === undefined) return;
  const number = Number(digits);
  const known = over.get(number) ?? NOTHING;
  if (fact.t === "noted") over.set(number, { ...known, figures: fact.note as RoundFigures });
  else over.set(number, { ...known, account: (body(fact) as RoundAccount | undefined) ?? null });
}

/** Where its session's totals stood before that round: after the last one that told any. */
export function countersBefore({ over }: Told, round: number): Counters | null {
  for (let number = round - 1; number > 0; number -= 1) {
    const counters = over.get(number)?.account?.counters;
    if (counters !== undefined && counters !== null) return counters;
  }
  return null;
}
