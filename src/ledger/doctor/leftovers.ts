/** What others left behind: claims of nobody, guards of nobody, words to nobody. */
import type { DatabaseSync } from "node:sqlite";

import { HELD } from "../hold.ts";
import type { Findings } from "./finding.ts";

/** Guards of this kind are given back when their execution ends; others outlast it on purpose. */
const GIVEN_BACK = "agent:";

export interface Leftovers {
  readonly claims: readonly number[];
  readonly guards: readonly string[];
  readonly inbox: readonly number[];
}

/** @param running another process has the folder, so claims of its present life are alive */
export function findLeftovers(db: DatabaseSync, findings: Findings, running: boolean): Leftovers {
  return {
    claims: findClaims(db, findings, running),
    guards: findGuards(db, findings),
    inbox: findInbox(db, findings),
  };
}

/** A claim of this node's former lives is voided at its next start; while it runs there is none. */
function findClaims(db: DatabaseSync, findings: Findings, running: boolean): readonly number[] {
  const meta = db.prepare("select value from meta where key = ?");
  const node = String(meta.get("node_id")?.["value"]);
  const life = Number(meta.get("incarnation")?.["value"] ?? 0);
  const isHolding = meta.get(HELD) !== undefined;
  const rows = db
    .prepare("select no, id, owner, incarnation from live where lane = 0 and owner is not null")
    .all() as unknown as readonly Claim[];
  const dead = rows.filter(({ owner, incarnation }) =>
    owner === HELD ? !isHolding : owner !== node || (running && incarnation < life),
  );
  for (const { id, owner } of dead)
    findings.add("dead_claim", `${id} is held by ${owner}, which is no more`);
  return dead.map(({ no }) => no);
}

interface Claim {
  readonly no: number;
  readonly id: string;
  readonly owner: string;
  readonly incarnation: number;
}

function findGuards(db: DatabaseSync, findings: Findings): readonly string[] {
  const rows = db
    .prepare(
      `select key from guards where key like ? and not exists
         (select 1 from live where live.no = guards.no and lane = 0)`,
    )
    .all(`${GIVEN_BACK}%`) as { readonly key: string }[];
  for (const { key } of rows)
    findings.add("orphaned_guard", `the guard ${key} is held by an execution that is not open`);
  return rows.map(({ key }) => key);
}

function findInbox(db: DatabaseSync, findings: Findings): readonly number[] {
  const rows = db
    .prepare(
      `select no, count(*) as count from inbox
       where not exists (select 1 from live where live.no = inbox.no and lane = 0) group by no`,
    )
    .all() as { readonly no: number; readonly count: number }[];
  for (const { no, count } of rows)
    findings.add(
      "orphaned_inbox",
      `execution ${no} is not open, and ${count} in its inbox wait for it`,
    );
  return rows.map(({ no }) => no);
}
