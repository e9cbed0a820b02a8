import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { mayDo, ROLES, WORKSPACE_RIGHTS } from "#contract/rights.ts";
import { workspaceIds } from "#domain/id.ts";
import type { Plan } from "#domain/plan.ts";

import { openTestWorkspaces, person } from "./testing.ts";
import { usersIn } from "./users-in-plan.ts";

test("WS-1 whoever is no member finds no workspace, whether there is one or not", async () => {
  await using world = await openTestWorkspaces();
  const { workspaces, entered } = world;
  const stranger = person("sam", "Sam Stranger");
  const { id } = entered.workspace;
  for (const unknown of [id, workspaceIds.create(), "nonsense", ""]) {
    await assert.rejects(workspaces.enter(stranger, unknown, "workspace:read"), {
      code: "not_found",
      message: "There is no such workspace, or you are not a member of it",
    });
  }
  assert.deepEqual(await workspaces.listFor(stranger), []);
});

test("WS-1 an API key is in its own workspace with its own role, and nowhere else", async () => {
  await using world = await openTestWorkspaces();
  const { workspaces, entered, owner } = world;
  const other = await workspaces.create({ name: "Other", zone: "UTC", tier: "standard" }, owner);
  const workspaceId = entered.workspace.id;
  const key = { type: "key", keyId: "k1", name: "ci", workspaceId, role: "member" } as const;
  assert.equal((await workspaces.enter(key, workspaceId, "agents:run")).role, "member");
  await assert.rejects(workspaces.enter(key, other.id, "workspace:read"), { code: "not_found" });
  await assert.rejects(workspaces.enter(key, workspaceId, "agents:write"), { code: "forbidden" });
  assert.deepEqual(
    (await workspaces.listFor(key)).map(({ workspace }) => workspace.name),
    ["Acme"],
  );
  assert.deepEqual(
    (await workspaces.listFor(owner)).map(({ workspace, role }) => [workspace.name, role]),
    [
      ["Acme", "owner"],
      ["Other", "owner"],
    ],
  );
});

test("WS-1 a member gets in exactly where the role holds the right, and is told what it needs", async () => {
  await using world = await openTestWorkspaces();
  const { workspaces, entered, join } = world;
  for (const role of ROLES) await join(`the-${role}`, role);
  const anyRole = fc.constantFrom(...ROLES);
  const anyRight = fc.constantFrom(...WORKSPACE_RIGHTS);
  await fc.assert(
    fc.asyncProperty(anyRole, anyRight, async (role, right) => {
      const going = workspaces.enter(person(`the-${role}`, role), entered.workspace.id, right);
      if (mayDo(role, right)) assert.equal((await going).role, role);
      else
        await assert.rejects(going, {
          code: "forbidden",
          message: new RegExp(`role here is ${role}`),
        });
    }),
  );
});

test("WS-2 an admin adds and removes members and viewers only, an owner anybody", async () => {
  await using world = await openTestWorkspaces();
  const { members, join, entered } = world;
  const ws = entered.workspace.no;
  const admin = await join("ada", "admin");
  await members.add(admin, { ...person("mia", "Mia"), role: "member" });
  for (const role of ["admin", "owner"] as const) {
    const adding = members.add(admin, { ...person("eve", "Eve"), role });
    await assert.rejects(adding, { code: "forbidden" });
  }
  await assert.rejects(members.remove(admin, "olga"), { code: "forbidden" });
  await members.remove(admin, "mia");
  await members.changeRole(entered, "ada", "owner");
  assert.deepEqual(
    (await members.list(ws)).map(({ userId, role }) => [userId, role]),
    [
      ["olga", "owner"],
      ["ada", "owner"],
    ],
  );
});

test("WS-2 a workspace keeps an owner, also when two demote each other at once", async () => {
  await using world = await openTestWorkspaces();
  const { members, entered, join } = world;
  const ws = entered.workspace.no;
  await assert.rejects(members.changeRole(entered, "olga", "member"), { code: "conflict" });
  await assert.rejects(members.remove(entered, "olga"), { code: "conflict" });
  const second = await join("otto", "owner");
  await Promise.allSettled([
    members.changeRole(entered, "otto", "viewer"),
    members.remove(second, "olga"),
  ]);
  const owners = (await members.list(ws)).filter(({ role }) => role === "owner");
  assert.equal(owners.length, 1);
});

test("WS-2 nobody is added twice, and nobody unknown is changed", async () => {
  await using world = await openTestWorkspaces();
  const { members, entered, owner } = world;
  await assert.rejects(members.add(entered, { ...owner, role: "viewer" }), { code: "conflict" });
  await assert.rejects(members.changeRole(entered, "nobody", "viewer"), { code: "not_found" });
  await assert.rejects(members.remove(entered, "nobody"), { code: "not_found" });
  assert.equal((await members.byEmail(entered.workspace.no, "OLGA@acme.test"))?.userId, "olga");
});

test("WS-3 a name stands for the table's member, then for a member's first or full name", async () => {
  await using world = await openTestWorkspaces();
  const { userRoles, entered, join } = world;
  const ws = entered.workspace.no;
  await join("sara", "member", "Sara Smith");
  await join("sue", "member", "Sue Smith");
  await userRoles.replace(entered, [{ name: "salesRep", memberIds: ["sara"] }]);
  const whom = async (name: string): Promise<string | undefined> =>
    (await userRoles.resolve(ws, name, entered.actor))?.member.userId;
  for (const name of [
    "salesRep",
    "@user.salesRep",
    "sales rep",
    "Sales-Rep",
    "sara",
    "Sara Smith",
  ]) {
    assert.equal(await whom(name), "sara", name);
  }
  assert.equal(await whom("sue"), "sue");
  assert.equal(await whom("@user.creator"), "olga");
  assert.equal(await whom("smith"), undefined);
  assert.deepEqual(await userRoles.missing(ws, ["salesRep", "manager", "creator"], entered.actor), [
    "manager",
  ]);
});

test("WS-3 a first name that two members have stands for neither", async () => {
  await using world = await openTestWorkspaces();
  const { userRoles, entered, join } = world;
  await join("ann1", "member", "Ann Lee");
  await join("ann2", "member", "Ann Poe");
  const ws = entered.workspace.no;
  assert.equal(await userRoles.resolve(ws, "Ann", entered.actor), undefined);
  assert.equal((await userRoles.resolve(ws, "Ann Poe", entered.actor))?.member.userId, "ann2");
});

test("WS-3 several members take turns, side by side and after a restart", async () => {
  await using world = await openTestWorkspaces();
  const { userRoles, entered, join, store } = world;
  const ws = entered.workspace.no;
  for (const userId of ["a", "b", "c"]) await join(userId, "member");
  await userRoles.replace(entered, [{ name: "rep", memberIds: ["a", "b", "c"] }]);
  const take = () => userRoles.resolve(ws, "rep", entered.actor);
  const taken = await Promise.all(Array.from({ length: 6 }, take));
  const counts = Map.groupBy(taken, (resolved) => resolved?.member.userId);
  assert.deepEqual(
    [...counts.values()].map((those) => those.length),
    [2, 2, 2],
  );
  await store.write(taken.flatMap((resolved) => resolved?.writes ?? []));
  const row = await store.db.selectFrom("user_role").select("turn").executeTakeFirst();
  assert.equal(row?.turn, 6);
});

test("WS-3 the creator of an agent that a key made, or who has left, is the first owner", async () => {
  await using world = await openTestWorkspaces();
  const { userRoles, entered } = world;
  const ws = entered.workspace.no;
  for (const creator of [
    { type: "key", id: "k1", name: "ci" },
    { type: "user", id: "gone", name: "Gone" },
  ] as const) {
    assert.equal((await userRoles.resolve(ws, "creator", creator))?.member.userId, "olga");
  }
});

test("WS-3 a table with a stranger or the same name twice is refused whole", async () => {
  await using world = await openTestWorkspaces();
  const { userRoles, entered } = world;
  const good = { name: "rep", memberIds: ["olga"] };
  await userRoles.replace(entered, [good]);
  for (const wrong of [
    { name: "boss", memberIds: ["nobody"] },
    { name: "REP", memberIds: [] },
  ]) {
    await assert.rejects(userRoles.replace(entered, [good, wrong]), { code: "invalid" });
  }
  assert.deepEqual(await userRoles.list(entered.workspace.no), [good]);
});

test("WS-3 everybody whom a plan names is known before it runs", async () => {
  await using world = await openTestWorkspaces();
  const { userRoles, entered } = world;
  const plan: Plan = {
    steps: [
      {
        type: "create_task",
        params: { title: "Call, says @user.Olga to @user.boss|you", assignee: "sales team" },
      },
      {
        type: "if",
        params: { field: "contact.replied", operator: "==", value: true },
        then: [{ type: "handoff", params: { to: "@user.salesRep", reason: "@contact.owner" } }],
        else: [{ type: "notify", params: { to: "@contact.owner", message: "@user.creator" } }],
      },
      { type: "notify", params: { to: "@user.salesRep" } },
    ],
  };
  const names = usersIn(plan);
  assert.deepEqual(names, ["sales team", "Olga", "salesRep", "creator"]);
  assert.deepEqual(await userRoles.missing(entered.workspace.no, names, entered.actor), [
    "sales team",
    "salesRep",
  ]);
});

test("WS-7 every change says who made it, newest first, a page at a time", async () => {
  await using world = await openTestWorkspaces();
  const { audit, members, workspaces, entered, join } = world;
  const ws = entered.workspace.no;
  await join("mia", "viewer", "Mia");
  await members.changeRole(entered, "mia", "member");
  await workspaces.change(entered, { zone: "Europe/Berlin", name: undefined });
  const { items } = await audit.list(ws, { limit: 50 });
  assert.deepEqual(
    items.map(({ action, by, target, changes }) => [action, by.name, target.name, changes]),
    [
      ["workspace.changed", "Olga Owner", "Acme", { zone: ["UTC", "Europe/Berlin"] }],
      ["member.roleChanged", "Olga Owner", "Mia", { role: ["viewer", "member"] }],
      ["member.added", "Olga Owner", "Mia", { role: [null, "viewer"] }],
      ["workspace.created", "Olga Owner", "Acme", {}],
    ],
  );
  const paged = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof audit.list>> = await audit.list(ws, {
      limit: 1,
      cursor: cursor ?? undefined,
    });
    paged.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(paged, items);
  await assert.rejects(audit.list(ws, { limit: 1, cursor: "!" }), { code: "invalid" });
});
