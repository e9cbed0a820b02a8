import { sql } from "kysely";

import type { CreatedFact, Fact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { upcast } from "#ledger/upcast.ts";

/** How an execution began and where it stands: what a list needs of its facts. */
export interface Ends {
  readonly created: CreatedFact;
  /** The facts of its last appends, oldest first. */
  readonly latest: readonly Fact[];
  /** When the last of them was written. */
  readonly latestAt: number;
}

export const LAST_APPENDS = 3;

/** Reads the first append of the driver's own stream and the last few. @throws Fault `not_found` once it was pruned */
export async function readEnds(ledger: Reading, no: number): Promise<Ends> {
  const ends = (await readEndsOf(ledger, [no])).get(no);
  if (ends === undefined) throw new Fault("not_found", "This execution is not kept any more");
  return ends;
}

type Reading = Pick<Ledger, "store">;

interface Append {
  readonly no: number;
  readonly at: number;
  readonly v: number;
  readonly data: string;
}

/** The same of many, with one question: a list asks for each of its rows. Those that were pruned are left out. */
export async function readEndsOf(
  { store }: Reading,
  nos: readonly number[],
): Promise<ReadonlyMap<number, Ends>> {
  const named = sql`json_each(${JSON.stringify(nos)}) as named`;
  const positions = sql`select position from facts where no = named.value and lane = 0`;
  const { rows } = await sql<Append & { readonly first: number }>`
    select no, at, v, data, 1 as first, version from ${named} join facts
      on position = (${positions} order by version limit 1)
    union all
    select no, at, v, data, 0 as first, version from ${named} join facts
      on position in (${positions} order by version desc limit ${LAST_APPENDS})
    order by no, version`.execute(store.db);
  const ends = new Map<number, Ends>();
  for (const [no, appends] of Map.groupBy(rows, (row) => row.no)) {
    const known = endsOf(
      appends.filter(({ first }) => first === 1),
      appends.filter(({ first }) => first === 0),
    );
    const behind = await waitBehind({ store }, no, known.latest);
    ends.set(no, { ...known, latest: [...behind, ...known.latest] });
  }
  return ends;
}

function endsOf([first]: readonly Append[], last: readonly Append[]): Ends {
  if (first === undefined) throw new Error("an execution begins by being created");
  return {
    created: upcast(first.v, first.data)[0] as CreatedFact,
    latest: last.flatMap(({ v, data }) => upcast(v, data)),
    latestAt: last.at(-1)?.at ?? first.at,
  };
}

/** A wait goes on through pauses, however many: it then stands further back. */
async function waitBehind(
  { store }: Pick<Ledger, "store">,
  no: number,
  facts: readonly Fact[],
): Promise<readonly Fact[]> {
  const types = new Set(facts.map(({ t }) => t));
  const wasPaused = types.has("pauseAsked") || types.has("resumeAsked");
  if (!wasPaused || types.has("waiting") || types.has("resumed")) return [];
  const stream = store.db.selectFrom("facts").select(["v", "data"]).where("no", "=", no);
  const found = await stream
    .where("lane", "=", 0)
    .where("data", "like", '%"t":"waiting"%')
    .orderBy("version", "desc")
    .executeTakeFirst();
  return found === undefined ? [] : upcast(found.v, found.data).filter(({ t }) => t === "waiting");
}
