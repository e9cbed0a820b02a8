/**
 * Whom `@user.NAME` stands for: by the workspace's table of roles (several members take turns), then a member's first
 * or full name. `creator` is built in. A name that fits two members fits nobody.
 */
import type { Actor } from "#contract/shapes/common.ts";
import type { UserRole } from "#contract/shapes/workspaces.ts";
import { fold } from "#domain/comparing.ts";
import { Fault } from "#domain/fault.ts";
import { compiled, type Store, type Write } from "#store/store.ts";

import { decideAgain } from "./decide-again.ts";
import type { Member } from "./members.ts";
import type { Parts } from "./parts.ts";
import type { Entered } from "./workspaces.ts";

export interface Resolved {
  readonly member: Member;
  /** Counts the turn; for the transaction that records the choice. */
  readonly writes: readonly Write[];
}

export interface UserRoles {
  readonly list: (ws: number) => Promise<readonly UserRole[]>;
  /** @throws Fault `invalid` for a name that stands twice or an id that is no member's. */
  readonly replace: (entered: Entered, roles: readonly UserRole[]) => Promise<readonly UserRole[]>;
  /** `name` with or without `@user.`; undefined where it fits nobody, or more than one by name. */
  readonly resolve: (ws: number, name: string, creator: Actor) => Promise<Resolved | undefined>;
  /** Who each name stands for now, without taking a turn: for texts. */
  readonly named: (ws: number, creator: Actor) => Promise<(name: string) => Member | undefined>;
  /** Those of the names that fit nobody: asked when an agent is saved, found before a run. */
  readonly missing: (
    ws: number,
    names: readonly string[],
    creator: Actor,
  ) => Promise<readonly string[]>;
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly memberIds: readonly string[];
  readonly turn: number;
}

interface Directory {
  readonly rows: readonly Row[];
  readonly members: readonly Member[];
}

interface Roles extends Parts {
  readonly listMembers: (ws: number) => Promise<readonly Member[]>;
  /** The turns taken by this process, ahead of what is written: journeys side by side must not choose the same one. */
  readonly turns: Map<string, number>;
}

/** `salesRep`, `sales rep` and `Sales-Rep` are one name. */
function keyOf(name: string): string {
  return fold(name.trim().replace(/^@?user\./i, "")).replaceAll(/[\s_-]+/g, "");
}

async function readRows({ db }: Store, ws: number): Promise<readonly Row[]> {
  const rows = await db
    .selectFrom("user_role")
    .selectAll()
    .where("ws", "=", ws)
    .orderBy("key")
    .execute();
  return rows.map(({ key, name, member_ids, turn }) => ({
    key,
    name,
    memberIds: JSON.parse(member_ids) as string[],
    turn,
  }));
}

async function readDirectory({ store, listMembers }: Roles, ws: number): Promise<Directory> {
  return { rows: await readRows(store, ws), members: await listMembers(ws) };
}

/** The creator; an agent made by an API key, or whose creator has left, answers to the first owner. */
function creatorOf(members: readonly Member[], creator: Actor): readonly Member[] {
  const made = members.filter(({ userId }) => creator.type === "user" && userId === creator.id);
  return made.length > 0 ? made : members.filter(({ role }) => role === "owner").slice(0, 1);
}

function namedLike(members: readonly Member[], key: string): readonly Member[] {
  const full = members.filter(({ name }) => keyOf(name) === key);
  if (full.length > 0) return full;
  return members.filter(({ name }) => keyOf(name.trim().split(/\s+/)[0] ?? "") === key);
}

/** Who the name may stand for, with the row whose members take turns. */
function candidates(
  { rows, members }: Directory,
  name: string,
  creator: Actor,
): { readonly of: readonly Member[]; readonly row?: Row } {
  const key = keyOf(name);
  if (key === "creator") return { of: creatorOf(members, creator) };
  const row = rows.find((one) => one.key === key);
  const of = row?.memberIds.flatMap((id) => members.filter(({ userId }) => userId === id)) ?? [];
  if (row !== undefined && of.length > 0) return { of, row };
  const named = namedLike(members, key);
  return { of: named.length === 1 ? named : [] };
}

function takeTurn(roles: Roles, ws: number, row: Row, of: readonly Member[]): Resolved | undefined {
  const place = `${ws}/${row.key}`;
  const turn = Math.max(row.turn, roles.turns.get(place) ?? 0);
  roles.turns.set(place, turn + 1);
  const member = of[turn % of.length];
  if (member === undefined) return undefined;
  const count = roles.store.db
    .updateTable("user_role")
    .set({ turn: turn + 1 })
    .where("ws", "=", ws)
    .where("key", "=", row.key)
    .where("turn", "<=", turn);
  return { member, writes: of.length === 1 ? [] : [compiled(count)] };
}

async function resolve(
  roles: Roles,
  ws: number,
  name: string,
  creator: Actor,
): Promise<Resolved | undefined> {
  const { of, row } = candidates(await readDirectory(roles, ws), name, creator);
  if (row !== undefined) return takeTurn(roles, ws, row, of);
  const [member] = of;
  return member === undefined ? undefined : { member, writes: [] };
}

async function missing(
  roles: Roles,
  ws: number,
  names: readonly string[],
  creator: Actor,
): Promise<readonly string[]> {
  const directory = await readDirectory(roles, ws);
  return names.filter((name) => candidates(directory, name, creator).of.length === 0);
}

function checkTable(roles: readonly UserRole[], members: readonly Member[]): void {
  const known = new Set(members.map(({ userId }) => userId));
  const seen = new Set<string>();
  for (const { name, memberIds } of roles) {
    if (seen.has(keyOf(name))) throw new Fault("invalid", `The role ${name} stands there twice`);
    seen.add(keyOf(name));
    const stranger = memberIds.find((id) => !known.has(id));
    if (stranger === undefined) continue;
    throw new Fault("invalid", `Role ${name}: ${stranger} is not a member of this workspace`);
  }
}

async function replace(
  roles: Roles,
  { workspace, actor }: Entered,
  table: readonly UserRole[],
): Promise<readonly UserRole[]> {
  const { store, audit } = roles;
  const ws = workspace.no;
  checkTable(table, await roles.listMembers(ws));
  const before = await readRows(store, ws);
  const turnOf = (key: string): number => before.find((row) => row.key === key)?.turn ?? 0;
  const values = table.map(({ name, memberIds }) => ({
    ws,
    key: keyOf(name),
    name,
    member_ids: JSON.stringify(memberIds),
    turn: turnOf(keyOf(name)),
  }));
  await store.write([
    compiled(store.db.deleteFrom("user_role").where("ws", "=", ws), before.length),
    ...values.map((row) => compiled(store.db.insertInto("user_role").values(row))),
    audit.recording(ws, {
      by: actor,
      action: "userRoles.replaced",
      target: { type: "userRoles", id: workspace.id, name: null },
      changes: { roles: [before.map(({ name }) => name), table.map(({ name }) => name)] },
    }),
  ]);
  return table;
}

export function userRoles(
  parts: Parts,
  listMembers: (ws: number) => Promise<readonly Member[]>,
): UserRoles {
  const roles: Roles = { ...parts, listMembers, turns: new Map() };
  return {
    list: async (ws) =>
      (await readRows(parts.store, ws)).map(({ name, memberIds }) => ({
        name,
        memberIds: [...memberIds],
      })),
    replace: (entered, table) => decideAgain(() => replace(roles, entered, table)),
    resolve: (ws, name, creator) => resolve(roles, ws, name, creator),
    named: async (ws, creator) => {
      const directory = await readDirectory(roles, ws);
      return (name) => candidates(directory, name, creator).of[0];
    },
    missing: (ws, names, creator) => missing(roles, ws, names, creator),
  };
}
