/**
 * What people said of errors that are alike: that they are solved, or that they are not to be told of. It stands for
 * as long as nobody takes it back, whatever becomes of the executions that failed.
 */
import type { Selectable } from "kysely";

import type { Actor } from "#contract/shapes/common.ts";
import { compiled, type Write } from "#store/store.ts";
import type { ErrorMarkTable } from "#store/tables/workspace.ts";

import { readActor, writeActor } from "./actor.ts";
import type { AuditRecord } from "./audit.ts";
import { decideAgain } from "./decide-again.ts";
import type { Parts } from "./parts.ts";
import type { Entered } from "./workspaces.ts";

export interface ErrorMark {
  readonly state: "resolved" | "muted";
  readonly by: Actor;
  readonly at: number;
}

/** The errors that something is said of. */
export interface MarkedErrors {
  readonly id: string;
  /** What they say; null: nobody knows any more. */
  readonly message: string | null;
  /** Null: none is kept. */
  readonly lastSeen: number | null;
}

export interface ErrorMarks {
  /** By the id of the group. */
  readonly list: (ws: number) => Promise<ReadonlyMap<string, ErrorMark>>;
  readonly find: (ws: number, id: string) => Promise<ErrorMark | undefined>;
  /** Says it, unless it stands already. */
  readonly put: (
    entered: Entered,
    errors: MarkedErrors,
    state: ErrorMark["state"],
  ) => Promise<ErrorMark>;
  /** Takes back what was said, if anything was. */
  readonly remove: (entered: Entered, errors: MarkedErrors) => Promise<void>;
}

/** Whether they were resolved, and have been seen since. */
export function isSeenAgain(mark: ErrorMark | undefined, lastSeen: number | null): boolean {
  return mark?.state === "resolved" && lastSeen !== null && lastSeen > mark.at;
}

const toMark = ({ state, by, at }: Selectable<ErrorMarkTable>): ErrorMark => ({
  state,
  by: readActor(by),
  at,
});

async function find({ store }: Parts, ws: number, id: string): Promise<ErrorMark | undefined> {
  const row = await store.db
    .selectFrom("error_mark")
    .selectAll()
    .where("ws", "=", ws)
    .where("error", "=", id)
    .executeTakeFirst();
  return row === undefined ? undefined : toMark(row);
}

async function list({ store }: Parts, ws: number): Promise<ReadonlyMap<string, ErrorMark>> {
  const rows = await store.db.selectFrom("error_mark").selectAll().where("ws", "=", ws).execute();
  return new Map(rows.map((row) => [row.error, toMark(row)]));
}

async function put(
  parts: Parts,
  entered: Entered,
  errors: MarkedErrors,
  state: ErrorMark["state"],
): Promise<ErrorMark> {
  const before = await find(parts, entered.workspace.no, errors.id);
  if (before?.state === state && !isSeenAgain(before, errors.lastSeen)) return before;
  const mark: ErrorMark = { state, by: entered.actor, at: parts.clock.now() };
  await parts.store.write([
    writing(parts, entered.workspace.no, errors.id, before, mark),
    recording(parts, entered, errors, { action: `errors.${state}`, before: before?.state, state }),
  ]);
  return mark;
}

/** Stale where somebody else said something since `before` was read. */
function writing(
  { store: { db } }: Parts,
  ws: number,
  error: string,
  before: ErrorMark | undefined,
  { state, by, at }: ErrorMark,
): Write {
  const said = { state, by: writeActor(by), at };
  if (before === undefined) {
    const adding = db.insertInto("error_mark").values({ ws, error, ...said });
    return compiled(
      adding.onConflict((conflict) => conflict.doNothing()),
      1,
    );
  }
  const changing = db.updateTable("error_mark").set(said).where("ws", "=", ws);
  return compiled(
    changing
      .where("error", "=", error)
      .where("state", "=", before.state)
      .where("at", "=", before.at),
    1,
  );
}

async function remove(parts: Parts, entered: Entered, errors: MarkedErrors): Promise<void> {
  const ws = entered.workspace.no;
  const before = await find(parts, ws, errors.id);
  if (before === undefined) return;
  const deleting = parts.store.db.deleteFrom("error_mark").where("ws", "=", ws);
  await parts.store.write([
    compiled(deleting.where("error", "=", errors.id).where("at", "=", before.at), 1),
    recording(parts, entered, errors, {
      action: "errors.reopened",
      before: before.state,
      state: "open",
    }),
  ]);
}

interface Change {
  readonly action: AuditRecord["action"];
  readonly before: string | undefined;
  readonly state: string;
}

function recording(
  { audit }: Parts,
  { workspace, actor }: Entered,
  { id, message }: MarkedErrors,
  { action, before = "open", state }: Change,
): Write {
  return audit.recording(workspace.no, {
    by: actor,
    action,
    target: { type: "errors", id, name: message },
    changes: { state: [before, state] },
  });
}

export function errorMarks(parts: Parts): ErrorMarks {
  return {
    list: (ws) => list(parts, ws),
    find: (ws, id) => find(parts, ws, id),
    put: (entered, errors, state) => decideAgain(() => put(parts, entered, errors, state)),
    remove: (entered, errors) => decideAgain(() => remove(parts, entered, errors)),
  };
}
