import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { openTestStore } from "#store/testing.ts";
import { openWorkspaces, type WorkspaceServices } from "#workspace/workspace.ts";

import { type Auth, openAuth } from "./auth.ts";
import { ensureFirstOwner, type FirstOwner } from "./first-owner.ts";

interface World extends AsyncDisposable, WorkspaceServices {
  readonly auth: Auth;
  readonly start: (email?: string, password?: string) => Promise<FirstOwner>;
}

async function setup(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "stint-owner-"));
  const path = join(folder, "auth.db");
  const auth = await openAuth({ path, secret: "s".repeat(32), baseUrl: "http://127.0.0.1:4400" });
  const store = await openTestStore();
  const clock = { now: Date.now, at: () => () => {} };
  const plan = { steps: [{ type: "stop", params: {} }] } as const;
  const services = openWorkspaces({ store, clock, parse: async () => ({ plan }) });
  const workspace = { name: "My workspace", zone: "UTC", tier: "standard" } as const;
  return {
    ...services,
    auth,
    start: (email, password) =>
      ensureFirstOwner({ auth, workspaces: services.workspaces, email, password, workspace }),
    [Symbol.asyncDispose]: async () => {
      await auth.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ownedBy({ auth, workspaces }: World): Promise<readonly string[]> {
  const user = await auth.users.first();
  assert.ok(user);
  const mine = await workspaces.listFor({ type: "user", ...user });
  return mine.map(({ workspace, role }) => `${role} of ${workspace.name}`);
}

test("AU-8 the environment names the first owner, once", async () => {
  await using world = await setup();
  assert.deepEqual(await world.start("Olga@acme.test", "correct horse"), {
    email: "olga@acme.test",
    link: null,
  });
  assert.deepEqual(await ownedBy(world), ["owner of My workspace"]);
  assert.equal((await world.start("other@acme.test", "correct horse")).email, "olga@acme.test");
  assert.equal((await world.workspaces.all()).length, 1);
});

test("AU-8 without one, a link signs the first owner in, anew at each start until a password is set", async () => {
  await using world = await setup();
  const first = await world.start(undefined, " ");
  const second = await world.start();
  assert.equal(first.email, second.email);
  assert.notEqual(first.link, second.link);
  const answer = await world.auth.handler(new Request(second.link ?? ""));
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  await world.auth.users.setPassword(new Headers({ cookie }), { newPassword: "correct horse" });
  assert.equal((await world.start()).link, null);
});

test("AU-8 a first start that died between user and workspace is finished by the next", async () => {
  await using world = await setup();
  await world.auth.users.create({ email: "olga@acme.test", name: "Olga" });
  await world.start();
  assert.deepEqual(await ownedBy(world), ["owner of My workspace"]);
});
