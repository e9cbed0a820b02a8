/** What has failed, grouped by kind, code and what is said, so that one cause is one line however often it struck. */
import type { KeptFault } from "#domain/fault.ts";
import { type Kind, KIND_NAMES } from "#domain/kinds.ts";
import { maskAddresses } from "#domain/mask.ts";
import { upcast } from "#ledger/upcast.ts";
import type { Store } from "#store/store.ts";

import { alike, errorIdOf } from "./alike.ts";

/** Times are epoch milliseconds. */
export interface ErrorGroup {
  readonly id: string;
  readonly kind: Kind;
  readonly code: string;
  readonly message: string;
  readonly suggestion: string | null;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Those that failed of it, the latest first. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly no: number;
  readonly id: string;
  /** The agent's number; 0: none. */
  readonly agent: number;
  readonly endedAt: number;
}

export interface ErrorGroups {
  /** Most frequent first. */
  readonly groups: readonly ErrorGroup[];
  /** Nothing that was created before was looked at; null: all was. */
  readonly lookedBackTo: number | null;
}

export interface GroupQuery {
  readonly ws: number;
  readonly kind?: Kind | undefined;
  /** Ended at or after, epoch milliseconds. */
  readonly since: number;
}

/** So many failures are looked at, those of the latest executions. */
const MOST = 2000;

type Reading = Pick<Store, "heavy">;

export async function readErrorGroups(
  store: Reading,
  query: GroupQuery,
  most = MOST,
): Promise<ErrorGroups> {
  const rows = await readFailures(store, query, most);
  const groups = new Map<string, Failed>();
  for (const { no, id, kind, agent, ended_at: endedAt, v, data } of rows) {
    const fault = upcast(v, data).findLast((fact) => fact.t === "failed")?.fault;
    if (fault === undefined) continue;
    const key = errorIdOf(kind, fault.code, fault.message);
    const group = groups.get(key) ?? { kind: kind as Kind, fault, failures: [] };
    group.failures.push({ no, id, agent, endedAt });
    groups.set(key, group);
  }
  return {
    groups: [...groups].map(toGroup).toSorted((a, b) => b.failures.length - a.failures.length),
    lookedBackTo: rows.length < most ? null : (rows.at(-1)?.created_at ?? null),
  };
}

interface Failed {
  readonly kind: Kind;
  /** One of theirs. */
  readonly fault: KeptFault;
  readonly failures: Failure[];
}

function toGroup([id, { kind, fault, failures }]: [string, Failed]): ErrorGroup {
  const { code, message, suggestion } = fault;
  const latest = failures.toSorted((a, b) => b.endedAt - a.endedAt);
  return {
    id,
    kind,
    code,
    message: alike(message),
    suggestion: suggestion === undefined ? null : maskAddresses(suggestion),
    firstSeen: latest.at(-1)?.endedAt ?? 0,
    lastSeen: latest[0]?.endedAt ?? 0,
    failures: latest,
  };
}

/** One of them; where so much has failed that not all was looked at, kind by kind. */
export async function findErrorGroup(
  store: Reading,
  id: string,
  query: Pick<GroupQuery, "ws" | "since">,
  most = MOST,
): Promise<ErrorGroup | undefined> {
  const { groups, lookedBackTo } = await readErrorGroups(store, query, most);
  const found = groups.find((group) => group.id === id);
  if (found !== undefined || lookedBackTo === null) return found;
  const kinds = await Promise.all(
    KIND_NAMES.map((kind) => readErrorGroups(store, { ...query, kind }, most)),
  );
  return kinds.flatMap((of) => of.groups).find((group) => group.id === id);
}

function readFailures({ heavy }: Reading, { ws, kind, since }: GroupQuery, most: number) {
  let query = heavy
    .selectFrom("executions")
    .innerJoin("facts", (join) =>
      join
        .onRef("facts.no", "=", "executions.no")
        .onRef("facts.version", "=", "executions.version")
        .on("facts.lane", "=", 0),
    )
    .select(["executions.no", "id", "kind", "agent", "created_at", "ended_at", "v", "data"])
    .where("ws", "=", ws)
    .where("state", "=", "failed")
    .where("ended_at", ">=", since);
  if (kind !== undefined) query = query.where("kind", "=", kind);
  return query.orderBy("executions.no", "desc").limit(most).execute();
}
