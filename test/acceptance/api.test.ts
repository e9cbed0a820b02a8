import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { asker, openStint, signIn } from "./server.ts";
import { assertProblem } from "./steps.ts";

test("AP-10 contacts come in from CSV, and each broken row is named with its line", async () => {
  await using stint = await openStint();
  const text =
    "First name,Email,Status\nJane,jane@acme.test,Lead\nBroken,not-an-address,Lead\nJim,jim@acme.test,Lead\n";
  const report = await stint.ask("POST", "contacts/import", { text, type: "text/csv" });
  assert.equal(report.status, 200, JSON.stringify(report.body));
  assert.equal(report.body.imported, 2);
  assert.deepEqual(
    report.body.errors.map(({ line }: { line: number }) => line),
    [3],
  );
  assert.equal((await stint.ask("GET", "contacts")).body.items.length, 2);
});

test("AP-10 contacts, companies, deals, tasks and fields are made, changed and deleted, and a stale change is refused", async () => {
  await using stint = await openStint();
  const { ask } = stint;
  assert.equal(
    (
      await ask("POST", "custom-fields", {
        body: { entity: "contact", name: "leadScore", type: "number" },
      })
    ).status,
    201,
  );
  const body = {
    firstName: "Jane",
    email: "jane@acme.test",
    companyName: "Acme",
    tags: ["VIP"],
    customFields: { leadScore: 7 },
  };
  const jane = (await ask("POST", "contacts", { body })).body;
  assert.equal(jane.company.name, "Acme");
  assert.deepEqual([jane.tags, jane.customFields], [["VIP"], { leadScore: 7 }]);
  const changed = await ask("PATCH", `contacts/${jane.id}`, {
    body: { title: "CEO", version: jane.version },
  });
  assert.equal(changed.body.title, "CEO");
  assertProblem(
    await ask("PATCH", `contacts/${jane.id}`, { body: { title: "CTO", version: jane.version } }),
    409,
    "version_conflict",
  );
  const deal = (await ask("POST", "deals", { body: { name: "Big", value: 5, contactId: jane.id } }))
    .body;
  assert.equal(deal.contact.name, "Jane");
  const task = (await ask("POST", "crm-tasks", { body: { title: "Call", contactId: jane.id } }))
    .body;
  assert.equal(
    (await ask("PATCH", `crm-tasks/${task.id}`, { body: { status: "done" } })).body.status,
    "done",
  );
  assertProblem(
    await ask("POST", "crm-tasks", { body: { title: "Call", assignedTo: "nobody" } }),
    422,
    "invalid",
  );
  assertProblem(
    await ask("POST", "contacts", { body: { email: "jane@acme.test" } }),
    409,
    "conflict",
  );
  assert.equal((await ask("DELETE", `contacts/${jane.id}`)).status, 204);
  assertProblem(await ask("GET", `contacts/${jane.id}`), 404, "not_found");
});

test("AP-11 people sign in and out with a cookie, and only the page itself can use it to change something", async () => {
  await using stint = await openStint();
  const cookie = await signIn(stint.url);
  const own = asker(stint.url, stint.workspaceId, { cookie, origin: stint.url });
  assert.equal((await own("GET", "/api/me")).body.user.email, "olga@acme.test");
  const foreign = asker(stint.url, stint.workspaceId, { cookie, origin: "https://evil.test" });
  assertProblem(await foreign("POST", "contacts", { body: { firstName: "X" } }), 403, "forbidden");
  const wrong = await own("POST", "/api/auth/sign-in/email", {
    body: { email: "olga@acme.test", password: "wrong" },
  });
  assert.equal(wrong.status, 401);
  assert.match(wrong.headers.get("content-type") ?? "", /problem\+json/);
  assert.equal((await own("POST", "/api/auth/sign-out", { body: {} })).status, 200);
  assertProblem(await own("GET", "/api/me"), 401, "not_signed_in");
  const nonsense = asker(stint.url, "", { authorization: "Bearer nonsense" });
  assertProblem(await nonsense("GET", "/api/me"), 401, "not_signed_in");
});

test("AP-12 an owner adds members, who see what their role lets them see", async () => {
  await using stint = await openStint();
  const added = await stint.ask("POST", "members", {
    body: { email: "max@acme.test", role: "member" },
  });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  const cookie = await signIn(stint.url, {
    email: "max@acme.test",
    password: added.body.password as string,
  });
  const max = asker(stint.url, stint.workspaceId, { cookie, origin: stint.url });
  assert.equal((await max("GET", "agents")).status, 200);
  assertProblem(
    await max("POST", "agents", { body: { name: "A", instructions: "Add tag 'A'" } }),
    403,
    "forbidden",
  );
  assertProblem(
    await max("POST", "keys", { body: { name: "k", role: "owner" } }),
    403,
    "forbidden",
  );
  const admin = await stint.as("admin");
  assertProblem(
    await admin("POST", "keys", { body: { name: "k", role: "owner" } }),
    403,
    "forbidden",
  );
});

test("AP-13 the API describes itself, each route with its right", async () => {
  await using stint = await openStint();
  const { body } = await stint.ask("GET", "/api/openapi.json");
  assert.equal(body.openapi, "3.1.0");
  assert.ok(body.paths["/api/workspaces/{workspaceId}/agents/{agentId}/trigger"].post);
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  assert.equal(body.info.version, version);
});

test("AP-14 the example workspace is laid once, and a later start leaves it as people have changed it", async () => {
  await using first = await openStint({ example: true });
  const { items } = (await first.ask("GET", "agents")).body;
  assert.ok(items.length >= 3);
  const kept = items.length;
  assert.equal((await first.ask("DELETE", `agents/${items[0].id}`)).status, 204);
  assert.equal((await first.ask("GET", "agents")).body.items.length, kept - 1);
});
