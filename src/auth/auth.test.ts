import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { promisify } from "node:util";

import { workspaceIds } from "#domain/id.ts";

import { type Auth, openAuth } from "./auth.ts";
import { readSecret } from "./secret.ts";
import { makePassword } from "./users.ts";

const BASE = "http://127.0.0.1:4400";
const EVA = { email: "eva@acme.test", name: "Eva Stone", password: "correct horse" };

async function setup(
  now: () => number = Date.now,
): Promise<AsyncDisposable & { readonly auth: Auth; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "stint-auth-"));
  const auth = await openAuth({
    path: join(folder, "auth.db"),
    secret: readSecret(folder, undefined),
    baseUrl: BASE,
    now,
  });
  return {
    auth,
    folder,
    [Symbol.asyncDispose]: async () => {
      await auth.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`${BASE}/api/auth${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      host: "127.0.0.1:4400",
      origin: BASE,
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

async function signIn(auth: Auth, password = EVA.password): Promise<Headers> {
  const response = await auth.handler(post("/sign-in/email", { email: EVA.email, password }));
  assert.equal(response.status, 200, await response.clone().text());
  return new Headers({ cookie: cookieOf(response) });
}

test("AU-1 a person signs in with address and password, and out again", async () => {
  await using world = await setup();
  const { auth } = world;
  assert.equal(await auth.users.first(), undefined);
  const user = await auth.users.create(EVA);
  assert.deepEqual(await auth.users.first(), user);
  const headers = await signIn(auth);
  const { userId, email, name } = user;
  assert.deepEqual(await auth.identify(headers), { type: "user", userId, email, name });

  const cookie = headers.get("cookie") ?? "";
  assert.equal((await auth.handler(post("/sign-out", {}, { cookie }))).status, 200);
  assert.equal(await auth.identify(headers), null);
});

test("AU-1 a wrong password, nobody's cookie and no cookie are nobody", async () => {
  await using world = await setup();
  const { auth } = world;
  await auth.users.create(EVA);
  const wrong = await auth.handler(post("/sign-in/email", { email: EVA.email, password: "wrong" }));
  assert.equal(wrong.status, 401);
  assert.equal(await auth.identify(new Headers({ cookie: "better-auth.session_token=x.y" })), null);
  assert.equal(await auth.identify(new Headers()), null);
});

test("AU-2 nobody signs up by themselves, and the other doors of better-auth are shut", async () => {
  await using world = await setup();
  const { auth } = world;
  await auth.users.create(EVA);
  for (const path of ["/sign-up/email", "/api-key/create", "/sign-in/magic-link", "/update-user"]) {
    assert.equal((await auth.handler(post(path, EVA))).status, 404, path);
  }
});

test("AU-2 another site's page cannot use the cookie, the page itself can by any of its names", async () => {
  await using world = await setup();
  const { auth } = world;
  await auth.users.create(EVA);
  const cookie = (await signIn(auth)).get("cookie") ?? "";
  const byName = { host: "localhost:4400", origin: "http://localhost:4400" };
  const again = post(
    "/sign-in/email",
    { email: EVA.email, password: EVA.password },
    { cookie, ...byName },
  );
  assert.equal((await auth.handler(again)).status, 200);
  const foreign = post("/sign-out", {}, { cookie, origin: "https://evil.test" });
  assert.equal((await auth.handler(foreign)).status, 403);
});

test("AU-3 a sign-in link works once, and its user can then set a password", async () => {
  await using world = await setup();
  const { auth } = world;
  const user = await auth.users.create({ email: EVA.email, name: EVA.name });
  assert.equal(await auth.users.hasPassword(user.userId), false);
  const link = await auth.signInLink(EVA.email);
  assert.ok(link.startsWith(`${BASE}/api/auth/magic-link/verify?token=`), link);

  const first = await auth.handler(new Request(link));
  assert.equal(first.status, 302);
  assert.equal(first.headers.get("location"), `${BASE}/`);
  const headers = new Headers({ cookie: cookieOf(first) });
  assert.equal((await auth.identify(headers))?.type, "user");
  const second = await auth.handler(new Request(link));
  assert.match(second.headers.get("location") ?? "", /error=INVALID_TOKEN/);
  assert.equal(cookieOf(second), "");

  await auth.users.setPassword(headers, { newPassword: "a new password" });
  assert.equal((await auth.identify(await signIn(auth, "a new password")))?.type, "user");
});

test("AU-4 changing a password asks for the current one and ends other sessions", async () => {
  await using world = await setup();
  const { auth } = world;
  await auth.users.create(EVA);
  const elsewhere = await signIn(auth);
  const here = await signIn(auth);
  const wrong = { currentPassword: "wrong", newPassword: "a new password" };
  await assert.rejects(auth.users.setPassword(here, wrong), { code: "invalid" });
  const right = { currentPassword: EVA.password, newPassword: "a new password" };
  await assert.rejects(auth.users.setPassword(here, { ...right, newPassword: "short" }), {
    code: "invalid",
  });
  await auth.users.setPassword(here, right);
  assert.equal((await auth.identify(here))?.type, "user");
  assert.equal(await auth.identify(elsewhere), null);
});

test("AU-5 an API key names its workspace and role, in either header, far beyond ten requests", async () => {
  let now = 0;
  await using world = await setup(() => (now += 60_000));
  const { auth } = world;
  const workspaceId = workspaceIds.create();
  const made = await auth.keys.create({ workspaceId, name: "ci", role: "member" });
  assert.match(made.key, /^stint_/);
  const expected = { type: "key", keyId: made.id, name: "ci", workspaceId, role: "member" };
  for (let i = 0; i < 15; i += 1) {
    const headers = new Headers({ authorization: `Bearer ${made.key}` });
    assert.deepEqual(await auth.identify(headers), expected);
    assert.deepEqual(await auth.identify(new Headers({ "x-api-key": made.key })), expected);
  }
  assert.equal(await auth.identify(new Headers({ authorization: "Bearer stint_wrong" })), null);

  const [listed] = await auth.keys.list(workspaceId);
  const { key: _secret, lastUsedAt: _never, ...shown } = made;
  assert.deepEqual({ ...listed, lastUsedAt: undefined }, { ...shown, lastUsedAt: undefined });
  assert.ok((listed?.lastUsedAt ?? 0) >= made.createdAt);
});

test("AU-5 an API key stays good while its use cannot be written down, as long as it is not expired or revoked", async () => {
  await using world = await setup();
  const { auth, folder } = world;
  const workspaceId = workspaceIds.create();
  const create = async (name: string, expiresInDays?: number): Promise<Headers> => {
    const { key } = await auth.keys.create({ workspaceId, name, role: "member", expiresInDays });
    return new Headers({ "x-api-key": key });
  };
  const good = await create("good");
  const expired = await create("expired", 1);
  using db = new DatabaseSync(join(folder, "auth.db"));
  db.exec(`update apikey set expiresAt = '2020-01-01T00:00:00.000Z' where name = 'expired';
    create trigger no_room_u before update on apikey begin select raise(abort, 'full'); end;
    create trigger no_room_d before delete on apikey begin select raise(abort, 'full'); end;`);
  assert.equal((await auth.identify(good))?.type, "key");
  assert.equal(await auth.identify(expired), null);
  assert.equal(await auth.identify(new Headers({ "x-api-key": "stint_wrong" })), null);
});

test("AU-5 a revoked API key stops at once, and only its own workspace can revoke it", async () => {
  await using world = await setup();
  const { auth } = world;
  const workspaceId = workspaceIds.create();
  const { id, key } = await auth.keys.create({ workspaceId, name: "ci", role: "owner" });
  const headers = new Headers({ "x-api-key": key });
  assert.notEqual(await auth.identify(headers), null);
  await assert.rejects(auth.keys.revoke(workspaceIds.create(), id), { code: "not_found" });
  await auth.keys.revoke(workspaceId, id);
  assert.equal(await auth.identify(headers), null);
});

test("AU-6 another process can create a key while the file is open here", async () => {
  await using world = await setup();
  const { auth, folder } = world;
  const workspaceId = workspaceIds.create();
  const program = `
    const { openAuth } = await import(${JSON.stringify(import.meta.resolve("./auth.ts"))});
    const { readSecret } = await import(${JSON.stringify(import.meta.resolve("./secret.ts"))});
    const folder = ${JSON.stringify(folder)};
    const path = folder + "/auth.db";
    const auth = await openAuth({ path, secret: readSecret(folder), baseUrl: "${BASE}" });
    const { key } = await auth.keys.create(${JSON.stringify({ workspaceId, name: "cli", role: "admin" })});
    console.log(key);
    await auth.close();`;
  const args = ["--input-type=module", "-e", program];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const headers = new Headers({ authorization: `Bearer ${stdout.trim()}` });
  assert.equal((await auth.identify(headers))?.type, "key");
});

test("AU-7 the secret's file can be read by its owner alone, and is made once", async () => {
  await using world = await setup();
  const { folder } = world;
  const { mode } = await stat(join(folder, "secret"));
  assert.equal(mode & 0o777, 0o600);
  assert.equal(readSecret(folder, undefined), readSecret(folder, ""));
  assert.ok(readSecret(folder, undefined).length >= 32);
  assert.throws(() => readSecret(folder, "short"), { code: "invalid" });
});

test("AU-7 a password to hand over is long, readable and never the same", () => {
  const made = new Set(Array.from({ length: 50 }, makePassword));
  assert.equal(made.size, 50);
  for (const password of made) assert.match(password, /^(?:[a-zA-Z2-9]{5}-){3}[a-zA-Z2-9]{5}$/);
});
