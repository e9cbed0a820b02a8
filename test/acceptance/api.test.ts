import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { io } from "socket.io-client";

import { readEvents } from "#cli/events.ts";

import {
  type Answer,
  asker,
  type Ask,
  openStint,
  signIn,
  type Stint,
  until,
  untilEnded,
} from "./server.ts";

const WELCOME = "Find contacts with status Lead.\nSend the 'Welcome' email.\nAdd tag 'Welcomed'.";

async function addContacts(ask: Ask, count: number, status = "Lead"): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 1; i <= count; i += 1) {
    const body = { firstName: `N${i}`, email: `n${i}@acme.test`, status };
    ids.push((await ask("POST", "contacts", { body })).body.id as string);
  }
  return ids;
}

async function addAgent(ask: Ask, instructions = WELCOME, more: object = {}): Promise<string> {
  await ask("POST", "templates", {
    body: {
      name: "Welcome",
      subject: "Hi @contact.firstName",
      body: "Welcome, @contact.firstName.",
    },
  });
  const made = await ask("POST", "agents", { body: { name: "Welcome", instructions, ...more } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.id as string;
}

async function run(stint: Stint, agent: string): Promise<Answer["body"]> {
  const started = await stint.ask("POST", `agents/${agent}/trigger`);
  assert.equal(started.status, 202, JSON.stringify(started.body));
  return untilEnded(stint, started.body.executionId as string);
}

function assertProblem(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
  assert.equal(answer.body.code, code);
  assert.ok(answer.body.detail !== "" && answer.body.title !== "");
}

test("3.2-7 trigger answers 202 with the execution, which runs to its end and tells what it did", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 5);
  const execution = await run(stint, await addAgent(stint.ask));
  assert.equal(execution.status, "completed");
  assert.equal(execution.summary, "Processed 5 contacts, sent 5 emails, added 5 tags");
  assert.deepEqual(
    execution.steps.map((step: Answer["body"]) => [
      step.path,
      step.status,
      step.progress?.done ?? null,
    ]),
    [
      ["1", "completed", null],
      ["2", "completed", 5],
      ["3", "completed", 5],
    ],
  );
  const { items } = (await stint.ask("GET", "outbox")).body;
  assert.deepEqual(
    items.map(({ to }: { to: string }) => to).toSorted(),
    [1, 2, 3, 4, 5].map((i) => `n${i}@acme.test`),
  );
  assert.ok(items.every((message: Answer["body"]) => message.executionId === execution.id));
  const again = await stint.ask("GET", `agents/${execution.agent.id}/executions/${execution.id}`);
  assert.deepEqual(again.body, execution);
});

test("3.2-5 of two triggers at the same instant one runs, the other is told which", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 20);
  const agent = await addAgent(stint.ask);
  const both = await Promise.all([1, 2].map(() => stint.ask("POST", `agents/${agent}/trigger`)));
  const [started, refused] = both.toSorted((a, b) => a.status - b.status) as [Answer, Answer];
  assert.equal(started.status, 202);
  assertProblem(refused, 409, "already_running");
  assert.equal(
    refused.body.detail,
    "Agent is already running. Wait for current execution to complete.",
  );
  assert.equal(refused.body.executionId, started.body.executionId);
  await untilEnded(stint, started.body.executionId as string);
});

test("3.2-6 who may not run an agent is told why", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask, WELCOME, { manualRun: ["admin", "owner"] });
  assertProblem(
    await (
      await stint.as("viewer")
    )("POST", `agents/${agent}/trigger`),
    403,
    "forbidden",
  );
  const refused = await (await stint.as("member"))("POST", `agents/${agent}/trigger`);
  assertProblem(refused, 403, "forbidden");
  assert.match(refused.body.detail, /may be run by admins and owners/);
});

test("3.2-9 a paused agent is not run, and the answer says that it is paused and why", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask);
  assert.equal((await stint.ask("POST", `agents/${agent}/pause`)).body.status, "paused");
  const refused = await stint.ask("POST", `agents/${agent}/trigger`);
  assertProblem(refused, 409, "agent_paused");
  assert.match(refused.body.detail, /is paused: somebody paused it/);
  assert.equal((await stint.ask("POST", `agents/${agent}/resume`)).body.status, "draft");
});

test("3.2-10 an agent without anything to work on answers 422 and names /execute, which runs it on whom one names", async () => {
  await using stint = await openStint();
  const [first] = await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, "Send the 'Welcome' email.");
  const refused = await stint.ask("POST", `agents/${agent}/trigger`);
  assertProblem(refused, 422, "nothing_to_work_on");
  assert.match(refused.body.suggestion, /\/execute/);
  const started = await stint.ask("POST", `agents/${agent}/execute`, {
    body: { contactIds: [first] },
  });
  assert.equal(started.status, 202);
  assert.equal(
    (await untilEnded(stint, started.body.executionId as string)).summary,
    "Processed 1 contact, sent 1 email",
  );
  const unknown = await stint.ask("POST", `agents/${agent}/execute`, {
    body: { contactIds: ["con_none"] },
  });
  assertProblem(unknown, 404, "not_found");
});

test("3.1-5 instructions that nobody understands answer 202, and their execution is recorded as failed", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask, "Hop on one leg.");
  const execution = await run(stint, agent);
  assert.equal(execution.status, "failed");
  assert.equal(execution.error.message, "Unable to parse instructions. Please clarify.");
  assert.match(JSON.stringify(execution.error.details), /Hop on one leg/);
  const preview = await stint.ask("POST", "parse", { body: { instructions: "Hop on one leg." } });
  assertProblem(preview, 422, "unparseable");
  assert.equal(preview.body.error.details.length, 1);
  const plan = (await stint.ask("POST", "parse", { body: { instructions: WELCOME } })).body.plan;
  assert.deepEqual(
    plan.steps.map(({ type }: { type: string }) => type),
    ["search_contacts", "send_email", "add_tag"],
  );
});

test("3.7-7 a template that does not exist fails the step that names it before anything was sent", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(
    stint.ask,
    "Find contacts with status Lead.\nSend the 'xyz' email.\nAdd tag 'X'.",
  );
  const execution = await run(stint, agent);
  assert.equal(execution.status, "failed");
  assert.equal(execution.error.message, "Email template 'xyz' not found");
  assert.equal(execution.error.suggestion, "Create template or update agent instructions");
  assert.deepEqual(
    execution.steps.map(({ status }: { status: string }) => status),
    ["notExecuted", "failed", "notExecuted"],
  );
  assert.equal((await stint.ask("GET", "outbox")).body.items.length, 0);
});

test("3.12-1 a wait shows when the agent will resume, and can be skipped", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 3);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`);
  const started = await stint.ask("POST", `agents/${agent}/trigger`);
  const id = started.body.executionId as string;
  const waiting = await until(stint, id, ({ status }) => status === "waiting");
  assert.equal(waiting.message, "Agent paused. Will resume in 5 days.");
  assert.equal(waiting.waitsFor.what, "timer");
  assert.equal(waiting.steps[3].status, "waiting");
  assert.equal((await stint.ask("POST", `executions/${id}/skip-wait`)).status, 202);
  assert.equal((await untilEnded(stint, id)).status, "completed");
});

test("3.13-4 a canceled execution says when and by whom, and cannot be canceled again", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`);
  const id = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  await until(stint, id, ({ status }) => status === "waiting");
  assert.equal(
    (await stint.ask("POST", `executions/${id}/cancel`, { body: { reason: "test" } })).status,
    202,
  );
  const canceled = await untilEnded(stint, id);
  assert.equal(canceled.status, "canceled");
  assert.equal(canceled.canceledBy.type, "key");
  assert.notEqual(canceled.canceledAt, null);
  assertProblem(await stint.ask("POST", `executions/${id}/cancel`), 409, "conflict");
});

test("3.14-7 a retry is an execution of its own, linked with the one that it repeats", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const first = await run(
    stint,
    await addAgent(stint.ask, "Find contacts with status Lead.\nSend the 'xyz' email."),
  );
  const retried = await stint.ask("POST", `executions/${first.id}/retry`);
  assert.equal(retried.status, 202, JSON.stringify(retried.body));
  const second = await untilEnded(stint, retried.body.executionId as string);
  assert.equal(second.retryOf, first.id);
  assert.equal(second.trigger.type, "retry");
  assert.deepEqual((await stint.ask("GET", `executions/${first.id}`)).body.retries, [second.id]);
});

test("3.14-9 executions are listed newest first, page by page, and narrowed by status, agent and time", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const good = await addAgent(stint.ask, "Find contacts with status Lead.\nAdd tag 'A'.", {
    reenrolment: "always",
  });
  const bad = await addAgent(stint.ask, "Hop on one leg.");
  const ran: string[] = [];
  for (const agent of [good, bad, good, bad, good])
    ran.unshift((await run(stint, agent)).id as string);
  const idsOf = ({ body }: Answer): string[] => body.items.map(({ id }: { id: string }) => id);
  assert.deepEqual(idsOf(await stint.ask("GET", "executions")), ran);
  assert.deepEqual(idsOf(await stint.ask("GET", "executions?sort=oldest")), ran.toReversed());
  const first = await stint.ask("GET", "executions?limit=2");
  const second = await stint.ask("GET", `executions?limit=2&cursor=${first.body.nextCursor}`);
  const third = await stint.ask("GET", `executions?limit=2&cursor=${second.body.nextCursor}`);
  assert.deepEqual([first, second, third].flatMap(idsOf), ran);
  assert.equal(third.body.nextCursor, null);
  assert.equal(idsOf(await stint.ask("GET", "executions?status=failed")).length, 2);
  assert.equal(
    idsOf(await stint.ask("GET", "executions?status=failed,completed&limit=3")).length,
    3,
  );
  assert.equal(idsOf(await stint.ask("GET", `executions?agentId=${good}&dateRange=24h`)).length, 3);
  assert.equal(idsOf(await stint.ask("GET", `agents/${bad}/executions?phase=failed`)).length, 2);
  assert.equal(idsOf(await stint.ask("GET", "executions?to=2020-01-01T00:00:00Z")).length, 0);
  assert.deepEqual(idsOf(await stint.ask("GET", `executions?search=${ran[1]}`)), [ran[1]]);
  assertProblem(await stint.ask("GET", "executions?status=nonsense"), 422, "invalid");
});

test("3.13-7 a deleted agent's executions stay and name it as deleted", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const { id } = await run(stint, agent);
  assert.equal((await stint.ask("DELETE", `agents/${agent}`)).status, 204);
  assertProblem(await stint.ask("GET", `agents/${agent}`), 404, "not_found");
  const { items } = (await stint.ask("GET", `agents/${agent}/executions`)).body;
  assert.equal(items[0].id, id);
  assert.deepEqual(items[0].agent, { id: agent, name: "Welcome", deleted: true });
});

test("3.13-6 members and viewers see that steps ran, without params, results and addresses", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const { id } = await run(stint, await addAgent(stint.ask));
  for (const role of ["member", "viewer"] as const) {
    const ask = await stint.as(role);
    const seen = (await ask("GET", `executions/${id}`)).body;
    assert.equal(seen.payloads, "redacted");
    assert.deepEqual(
      seen.steps.map(({ status }: { status: string }) => status),
      ["completed", "completed", "completed"],
    );
    const facts = (await ask("GET", `executions/${id}/facts?limit=200`)).body;
    const journeys = (await ask("GET", `executions/${id}/journeys`)).body;
    assert.equal(journeys.items.length, 2);
    assert.ok(!JSON.stringify([seen, facts, journeys]).includes("@acme.test"));
    assertProblem(await ask("GET", "outbox"), 403, "forbidden");
  }
  assert.ok(
    JSON.stringify((await stint.ask("GET", `executions/${id}`)).body.steps).includes(
      "n1@acme.test",
    ),
  );
});

test("3.13-8 another workspace's ids are not found, whatever they name", async () => {
  await using stint = await openStint();
  const [contact] = await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const { id } = await run(stint, agent);
  const cookie = await signIn(stint.url);
  const person = asker(stint.url, "", { cookie, origin: stint.url });
  const other = (await person("POST", "/api/workspaces", { body: { name: "Other" } })).body
    .id as string;
  const there = asker(stint.url, other, { cookie, origin: stint.url });
  for (const path of [
    `agents/${agent}`,
    `agents/${agent}/executions`,
    `executions/${id}`,
    `executions/${id}/facts`,
    `contacts/${contact}`,
  ]) {
    assertProblem(await there("GET", path), 404, "not_found");
  }
  for (const path of [
    `agents/${agent}/trigger`,
    `executions/${id}/cancel`,
    `executions/${id}/retry`,
  ]) {
    assertProblem(await there("POST", path), 404, "not_found");
  }
  assertProblem(await stint.ask("GET", `/api/workspaces/${other}/agents`), 404, "not_found");
});

test("AP-9 a trigger that is repeated with its Idempotency-Key starts nothing new", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const send = () =>
    stint.ask("POST", `agents/${agent}/trigger`, { headers: { "idempotency-key": "k1" } });
  const first = await send();
  await untilEnded(stint, first.body.executionId as string);
  assert.deepEqual((await send()).body, first.body);
  assert.equal((await stint.ask("GET", "executions")).body.items.length, 1);
});

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

interface Heard {
  readonly position: number;
  readonly type: string;
}

/** The facts of one execution, as they come over server-sent events, until enough have come. */
async function listen(
  { url, key, workspaceId }: Stint,
  id: string,
  from: string | undefined,
  most: number,
): Promise<{ heard: Heard[]; last: string | undefined }> {
  const leave = new AbortController();
  const headers = {
    authorization: `Bearer ${key}`,
    ...(from !== undefined && { "last-event-id": from }),
  };
  const path = `/api/workspaces/${workspaceId}/events?executionId=${id}`;
  const answer = await fetch(`${url}${path}`, { headers, signal: leave.signal });
  assert.equal(answer.status, 200);
  const heard: Heard[] = [];
  let last = from;
  for await (const { id: cursor, event, data } of readEvents(
    answer.body!.pipeThrough(new TextDecoderStream()),
  )) {
    last = cursor;
    if (event === "execution.facts") heard.push(...(JSON.parse(data) as { facts: Heard[] }).facts);
    const isEnd =
      event === "execution.changed" &&
      (JSON.parse(data) as Answer["body"]).execution.completedAt !== null;
    if (heard.length >= most || isEnd) break;
  }
  leave.abort();
  return { heard, last };
}

test("L-8 a reader of events that comes back with the last id that it saw misses nothing and hears nothing twice", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 6);
  const agent = await addAgent(stint.ask);
  const ledgerId = (await listenForCursor(stint)).split(".")[0];
  const id = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  const heard: Heard[] = [];
  let from: string | undefined = `${ledgerId}.0`;
  for (let round = 0; round < 100; round += 1) {
    const part = await listen(stint, id, from, 7);
    heard.push(...part.heard);
    from = part.last;
    if (
      heard.some(
        ({ type }, index) =>
          type === "completed" && heard[index + 1] === undefined && part.heard.length < 7,
      )
    )
      break;
  }
  await untilEnded(stint, id);
  const all = await readFacts(stint, id);
  assert.deepEqual(
    heard.map(({ position }) => position),
    all,
  );
});

async function listenForCursor({ url, key, workspaceId }: Stint): Promise<string> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/api/workspaces/${workspaceId}/events`, { headers });
  for await (const { id } of readEvents(answer.body!.pipeThrough(new TextDecoderStream()))) {
    if (id !== undefined) return id;
  }
  throw new Error("no cursor");
}

async function readFacts({ ask }: Stint, id: string): Promise<number[]> {
  const positions: number[] = [];
  let cursor = "";
  do {
    const { body } = await ask(
      "GET",
      `executions/${id}/facts?limit=50${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    positions.push(...body.items.map(({ position }: Heard) => position));
    cursor = (body.nextCursor as string | null) ?? "";
  } while (cursor !== "");
  return positions;
}

test("L-8 Socket.io tells the same facts, from the cursor that its client names", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 4);
  const { id } = await run(stint, await addAgent(stint.ask));
  const ledgerId = (await listenForCursor(stint)).split(".")[0];
  const socket = io(stint.url, {
    auth: { key: stint.key },
    transports: ["websocket"],
    reconnection: false,
  });
  try {
    const all = await readFacts(stint, id as string);
    const heard: number[] = [];
    const complete = new Promise<void>((resolve) => {
      socket.on("execution.facts", ({ facts }: { facts: Heard[] }) => {
        heard.push(...facts.map(({ position }) => position));
        if (heard.length >= all.length) resolve();
      });
    });
    const follow = { workspaceId: stint.workspaceId, executionId: id, cursor: `${ledgerId}.0` };
    const answer = (await socket.emitWithAck("follow", follow)) as { ok?: boolean };
    assert.equal(answer.ok, true, JSON.stringify(answer));
    await complete;
    assert.deepEqual(heard, all);
    const refused = (await socket.emitWithAck("follow", {
      workspaceId: "ws_other",
    })) as Answer["body"];
    assert.equal(refused.problem.status, 404);
  } finally {
    socket.disconnect();
  }
});

test("L-8 a cursor of another ledger is answered with a reset, a socket without a key with a refusal", async () => {
  await using stint = await openStint();
  const leave = new AbortController();
  const answer = await fetch(`${stint.url}/api/workspaces/${stint.workspaceId}/events`, {
    headers: { authorization: `Bearer ${stint.key}`, "last-event-id": "another-ledger.5" },
    signal: leave.signal,
  });
  for await (const { event, data } of readEvents(
    answer.body!.pipeThrough(new TextDecoderStream()),
  )) {
    if (event === "message") continue;
    assert.equal(event, "reset");
    assert.match((JSON.parse(data) as { cursor: string }).cursor, /\.\d+$/);
    break;
  }
  leave.abort();
  const socket = io(stint.url, { transports: ["websocket"], reconnection: false });
  const refused = await new Promise<Error>((resolve) => socket.once("connect_error", resolve));
  assert.match(refused.message, /Nobody is signed in/);
  socket.disconnect();
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
