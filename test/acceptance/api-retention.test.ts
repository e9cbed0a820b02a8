import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { listArchive, showArchived, verifyArchive } from "#cli/archive.ts";
import { readEvents } from "#cli/events.ts";
import { reachFolder } from "#cli/holder-client.ts";
import { applyRetention, setRetention, showRetention } from "#cli/retention.ts";
import { showStorage } from "#cli/storage.ts";
import type { Terminal } from "#cli/terminal.ts";

import { type Answer, openStint, type Stint, until, untilEnded } from "./server.ts";
import { addAgent, addContacts, assertProblem, run, WELCOME } from "./steps.ts";

interface Policy {
  readonly kind: string;
  readonly days: number | null;
  readonly archive: boolean;
  readonly isDefault: boolean;
}

async function policyOf({ ask }: Stint, kind = "automation"): Promise<Policy | undefined> {
  const { items } = (await ask("GET", "retention")).body as { items: readonly Policy[] };
  return items.find((policy) => policy.kind === kind);
}

/** Keeps nothing that has ended, from now on, and lets it go. */
async function letGo({ ask }: Stint, archive: boolean): Promise<Answer["body"]> {
  const items = [{ kind: "automation", days: 0, archive }];
  assert.equal((await ask("PUT", "retention", { body: { items } })).status, 200);
  return (await ask("POST", "retention/apply")).body;
}

test("3.13-5 executions are kept 30 days, in an enterprise workspace 365, unless it says otherwise", async () => {
  await using stint = await openStint();
  const standard = { kind: "automation", days: 30, archive: true, isDefault: true };
  assert.deepEqual(await policyOf(stint), standard);
  await stint.ask("PATCH", `/api/workspaces/${stint.workspaceId}`, {
    body: { tier: "enterprise" },
  });
  assert.equal((await policyOf(stint))?.days, 365);
  const items = [{ kind: "automation", days: null }];
  await stint.ask("PUT", "retention", { body: { items } });
  assert.deepEqual(await policyOf(stint), { ...standard, days: null, isDefault: false });
  assert.equal((await policyOf(stint, "loop"))?.days, 365);
});

test("RT-1 only Owners and Admins change what is kept, and the audit log has it", async () => {
  await using stint = await openStint();
  const body = { items: [{ kind: "automation", days: 7 }] };
  const member = await stint.as("member");
  assertProblem(await member("PUT", "retention", { body }), 403, "forbidden");
  assertProblem(await member("POST", "retention/apply"), 403, "forbidden");
  assert.equal((await member("GET", "retention")).status, 200);
  assert.equal((await (await stint.as("admin"))("PUT", "retention", { body })).status, 200);
  const twice = { items: [...body.items, ...body.items] };
  assertProblem(await stint.ask("PUT", "retention", { body: twice }), 422, "invalid");
  const { items } = (await stint.ask("GET", "audit")).body;
  assert.equal(items[0].action, "retention.replaced");
  assert.deepEqual(items[0].changes.policies, [[], ["automation: 7 days, then archived"]]);
});

test("RT-2 what was pruned is found nowhere, and what refers to it is shown as before", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`, {
    reenrolment: "always",
  });
  const isWaiting = ({ status }: Answer["body"]): boolean => status === "waiting";
  const first = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  await until(stint, first, isWaiting);
  await stint.ask("POST", `executions/${first}/cancel`);
  await untilEnded(stint, first);
  const retried = await stint.ask("POST", `executions/${first}/retry`);
  const open = retried.body.executionId as string;
  await until(stint, open, isWaiting);
  const { items } = await letGo(stint, false);
  assert.deepEqual(items, [{ kind: "automation", executions: 1, archived: 0 }]);
  for (const path of ["", "/facts", "/journeys"])
    assertProblem(await stint.ask("GET", `executions/${first}${path}`), 404, "not_found");
  for (const act of ["cancel", "retry", "skip-wait"])
    assertProblem(await stint.ask("POST", `executions/${first}/${act}`), 404, "not_found");
  assertProblem(await stint.ask("GET", `events?executionId=${first}`), 404, "not_found");
  assert.equal((await stint.ask("GET", `executions/${open}`)).body.retryOf, first);
  for (const path of ["executions", `agents/${agent}/executions`]) {
    const left = (await stint.ask("GET", path)).body.items as { id: string }[];
    assert.deepEqual(
      left.map(({ id }) => id),
      [open],
    );
  }
  assert.equal((await stint.ask("GET", "agents")).status, 200);
});

test("RT-3 a live cursor from before what was pruned is answered with reset", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  await run(stint, await addAgent(stint.ask));
  const before = await firstEvent(stint, undefined);
  const [ledgerId = ""] = before.id.split(".");
  await letGo(stint, false);
  assert.equal((await firstEvent(stint, `${ledgerId}.1`, "reset")).event, "reset");
});

/** The first thing that a reader of events is told; `reset` waits for that one. */
async function firstEvent(
  { url, key, workspaceId }: Stint,
  from: string | undefined,
  event?: string,
): Promise<{ readonly id: string; readonly event: string | undefined }> {
  const leave = new AbortController();
  const headers = {
    authorization: `Bearer ${key}`,
    ...(from !== undefined && { "last-event-id": from }),
  };
  const path = `${url}/api/workspaces/${workspaceId}/events`;
  const answer = await fetch(path, { headers, signal: leave.signal });
  const events = readEvents(answer.body!.pipeThrough(new TextDecoderStream()));
  let first: { readonly id: string; readonly event: string | undefined } | undefined;
  for await (const { id, event: told } of events) {
    if (id === undefined) continue;
    first = { id, event: told };
    if (event === undefined || told === event) break;
  }
  leave.abort();
  if (first !== undefined) return first;
  throw new Error("the feed ended");
}

test("L-11 what was archived is listed, searched and read back as it was, marked as archived", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 3);
  const agent = await addAgent(stint.ask, WELCOME, { reenrolment: "always" });
  const first = await run(stint, agent);
  const second = await run(stint, agent);
  const path = `executions/${first.id}`;
  const shown = {
    detail: (await stint.ask("GET", path)).body,
    facts: (await stint.ask("GET", `${path}/facts?limit=200`)).body,
    journeys: (await stint.ask("GET", `${path}/journeys`)).body,
  };
  assert.equal(shown.detail.archived, false);
  const { items: gone } = await letGo(stint, true);
  assert.deepEqual(gone, [{ kind: "automation", executions: 2, archived: 2 }]);
  assert.deepEqual((await stint.ask("GET", path)).body, { ...shown.detail, archived: true });
  assert.deepEqual((await stint.ask("GET", `${path}/facts?limit=200`)).body, shown.facts);
  assert.deepEqual((await stint.ask("GET", `${path}/journeys`)).body, shown.journeys);
  const whole = (await stint.ask("GET", `archive/${first.id}`)).body;
  assert.deepEqual(whole, { ...shown.detail, archived: true, facts: shown.facts.items });
  const ids = async (query: string): Promise<string[]> =>
    (await stint.ask("GET", `archive?${query}`)).body.items.map(({ id }: { id: string }) => id);
  assert.deepEqual(await ids(""), [second.id, first.id]);
  assert.deepEqual(await ids(`search=${first.id}`), [first.id]);
  assert.deepEqual(await ids(`to=${first.completedAt}`), [first.id]);
  assert.deepEqual(await ids("from=2999-01-01T00:00:00Z"), []);
  assert.deepEqual(await ids(`agentId=${agent}&kind=automation`), [second.id, first.id]);
  const page = (await stint.ask("GET", "archive?limit=1")).body;
  assert.deepEqual(await ids(`limit=1&cursor=${page.nextCursor}`), [first.id]);
  const member = await stint.as("viewer");
  assert.equal((await member("GET", `archive/${first.id}`)).body.payloads, "redacted");
});

test("RT-11 an archived execution can be retried, and cannot be canceled", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const first = await run(stint, await addAgent(stint.ask, WELCOME, { reenrolment: "always" }));
  await letGo(stint, true);
  assertProblem(await stint.ask("POST", `executions/${first.id}/cancel`), 409, "conflict");
  const retried = await stint.ask("POST", `executions/${first.id}/retry`);
  assert.equal(retried.status, 202, JSON.stringify(retried.body));
  assert.match(retried.body.warning, /had mailed 1 person/);
});

test("RT-12 verifying proves that the archive holds what was removed, and names what is damaged", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const { id } = await run(stint, await addAgent(stint.ask));
  await letGo(stint, true);
  const whole = (await stint.ask("POST", "archive/verify")).body;
  assert.deepEqual(whole, { files: 1, executions: 1, damaged: [] });
  const folder = join(stint.data, "archive", "1");
  const [name = ""] = await readdir(folder);
  const bytes = await readFile(join(folder, name));
  bytes[40] = (bytes[40] ?? 0) ^ 255;
  await writeFile(join(folder, name), bytes);
  const { damaged } = (await stint.ask("POST", "archive/verify")).body;
  assert.deepEqual(damaged, [
    { file: join("1", name), why: "1 of 1 blocks are damaged", executionIds: [id] },
  ]);
  assertProblem(await stint.ask("GET", `executions/${id}`), 503, "unavailable");
  await writeFile(join(folder, name), bytes.subarray(0, 50));
  const [cut] = (await stint.ask("POST", "archive/verify")).body.damaged;
  assert.match(cut.why, /its end is missing/);
});

test("L-12 how much executions of each kind need is told, and all of it to whoever holds the folder", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  await run(stint, await addAgent(stint.ask));
  const automation = async (): Promise<Answer["body"]> =>
    (await stint.ask("GET", "storage")).body.kinds[0];
  const before = await automation();
  assert.ok(before.estimatedBytes > 1000);
  assert.deepEqual(
    [before.kind, before.open, before.ended, before.pruned],
    ["automation", 0, 1, 0],
  );
  await letGo(stint, true);
  const after = await automation();
  assert.deepEqual([after.ended, after.pruned, after.archived, after.estimatedBytes], [0, 1, 1, 0]);
  assert.ok(after.archiveBytes > 100);
  assertProblem(await stint.ask("GET", "/api/storage"), 403, "forbidden");
  await using client = await reachFolder(stint.data);
  const whole = (await client.ask({ method: "GET", path: "/api/storage" })) as Answer["body"];
  const tables = new Set(whole.tables.map(({ table }: { table: string }) => table));
  assert.ok(tables.isSupersetOf(new Set(["facts", "payloads", "rollups"])));
  const files = new Set(whole.files.map(({ file }: { file: string }) => file));
  assert.ok(files.isSupersetOf(new Set(["stint.db", "archive", "outbox.db"])));
});

test("RT-13 the command line shows and does what the API does, and verify ends with 1 where something is damaged", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const { id } = await run(stint, await addAgent(stint.ask));
  const said: string[] = [];
  const terminal = {
    out: (line: string) => said.push(line),
  } as unknown as Terminal;
  const told = async (work: Promise<number>, code = 0): Promise<string> => {
    said.length = 0;
    assert.equal(await work, code);
    return said.join("\n");
  };
  const options = { data: stint.data, json: false };
  assert.match(await told(showRetention(terminal, options)), /automation +30 days +archived/);
  const kept = { ...options, days: 0, archive: true };
  assert.match(await told(setRetention(terminal, "automation", kept)), /automation +0 days/);
  assert.match(await told(applyRetention(terminal, options)), /automation: 1 let go, 1 of them/);
  const listing = { ...options, limit: 10 };
  assert.match(await told(listArchive(terminal, listing)), new RegExp(`^ID.*\n${id} +completed`));
  assert.match(await told(showArchived(terminal, id, options)), /Welcome/);
  assert.match(await told(verifyArchive(terminal, options)), /1 files hold all 1 executions/);
  assert.match(await told(showStorage(terminal, options)), /^FILE +SIZE[^]*facts +\d/);
  const folder = join(stint.data, "archive", "1");
  const [name = ""] = await readdir(folder);
  await rm(join(folder, name));
  assert.match(await told(verifyArchive(terminal, options), 1), /the file is gone/);
});
