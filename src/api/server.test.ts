import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import type { FastifyInstance } from "fastify";
import { pino } from "pino";

import { mayDo, type Role } from "#contract/rights.ts";
import { ROUTE_NAMES } from "#contract/routes.ts";
import { Fault } from "#domain/fault.ts";
import { agentIds, runIds, workspaceIds } from "#domain/id.ts";
import { actorOf } from "#workspace/workspaces.ts";

import type { Registry } from "./asking.ts";
import type { Handlers } from "./handler.ts";
import { createServer } from "./server.ts";

const WORKSPACE = workspaceIds.create();
const AGENTS = `/api/workspaces/${WORKSPACE}/agents`;

/** `Bearer viewer` is a viewer of WORKSPACE and nobody anywhere else; the cookie is a member's. */
const registry: Registry = {
  identify: async (headers) => {
    if (headers.has("cookie")) {
      return {
        via: "session",
        caller: { type: "user", userId: "u", name: "Uma", email: "uma@example.com" },
      };
    }
    const role = headers.get("authorization")?.replace("Bearer ", "") as Role | undefined;
    if (role === undefined) return undefined;
    return {
      via: "key",
      caller: { type: "key", keyId: "k", name: "k", workspaceId: WORKSPACE, role },
    };
  },
  enter: async ({ caller }, id, right) => {
    if (id !== WORKSPACE)
      throw new Fault("not_found", "no such workspace", { suggestion: "another" });
    const role = caller.type === "key" ? caller.role : "member";
    if (!mayDo(role, right))
      throw new Fault("forbidden", "too small", { suggestion: "ask an Owner" });
    const workspace = {
      no: 1,
      id: WORKSPACE,
      name: "W",
      zone: "UTC",
      tier: "standard",
      createdAt: 0,
    } as const;
    return { workspace, role, actor: actorOf(caller) };
  },
};

/** Handlers of which none is implemented but those that the test gives. */
function handlersWith(some: Partial<Handlers>): Handlers {
  const missing = async (): Promise<never> => {
    throw new Error("nobody expected jane@example.com here");
  };
  return { ...Object.fromEntries(ROUTE_NAMES.map((name) => [name, missing])), ...some } as Handlers;
}

interface Setup {
  readonly app: FastifyInstance;
  readonly logged: () => string;
}

function setup(
  some: Partial<Handlers> = {},
  pageFolder = "/nowhere",
  changesUnderWay = (): number => 0,
): Setup {
  let logged = "";
  const log = pino({ level: "info" }, { write: (line: string) => (logged += line) });
  const handlers = handlersWith({ getHealth: async () => ({ status: "ok" }), ...some });
  const served = { handlers, registry, isLocal: () => false, changesUnderWay };
  const app = createServer({ log, ...served, pageFolder });
  return { app, logged: () => logged };
}

const as = (role: Role): Record<string, string> => ({ authorization: `Bearer ${role}` });

test("AP-4 the server says that it is well to whoever asks", async () => {
  const { app } = setup();
  const answer = await app.inject("/api/health");
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.json(), { status: "ok" });
  assert.equal(answer.headers["x-content-type-options"], "nosniff");
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.equal((await app.inject({ method: "HEAD", url: "/api/health" })).statusCode, 200);
});

test("AP-5 every refusal is a problem that says what happened, why and what to do", async () => {
  const { app } = setup();
  const post = (payload: string, type = "application/json") =>
    app.inject({
      method: "POST",
      url: AGENTS,
      headers: { ...as("admin"), "content-type": type },
      payload,
    });
  const cases = [
    [await post('{"name":'), 400, "bad_request"],
    [await post('{"name":"x"}'), 422, "invalid"],
    [await post('{"name":"x","instructions":"  "}'), 422, "invalid"],
    [
      await post(JSON.stringify({ name: "x", instructions: "a".repeat(1_000_000) })),
      422,
      "invalid",
    ],
    [
      await post(JSON.stringify({ name: "x", instructions: "a".repeat(3_000_000) })),
      413,
      "too_large",
    ],
    [await post("<agent/>", "application/xml"), 415, "unsupported_media_type"],
    [await app.inject({ url: "/api/nothing/here", headers: as("admin") }), 404, "not_found"],
    [
      await app.inject({ method: "DELETE", url: AGENTS, headers: as("admin") }),
      405,
      "method_not_allowed",
    ],
    [await app.inject({ url: `${AGENTS}/agt_no%20such`, headers: as("admin") }), 404, "not_found"],
    [await app.inject({ url: `${AGENTS}/%E0%A4%A`, headers: as("admin") }), 400, "bad_request"],
    [await app.inject({ url: `${AGENTS}?limit=0`, headers: as("admin") }), 422, "invalid"],
    [await app.inject({ url: AGENTS }), 401, "not_signed_in"],
    [
      await app.inject({ url: `/api/workspaces/ws_other/agents`, headers: as("owner") }),
      404,
      "not_found",
    ],
  ] as const;
  for (const [answer, status, code] of cases) {
    assert.equal(answer.statusCode, status, answer.body);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    const problem = answer.json<Record<string, unknown>>();
    assert.equal(problem["status"], status);
    assert.equal(problem["code"], code);
    for (const word of ["type", "title", "detail", "suggestion"])
      assert.ok(problem[word], `${status} ${word}`);
  }
});

test("AP-5 input that does not fit its schema is told place by place", async () => {
  const { app } = setup();
  const payload = {
    name: "",
    instructions: "Find contacts",
    restrictions: { maxEmailsPerDay: -1 },
    colour: "red",
  };
  const answer = await app.inject({ method: "POST", url: AGENTS, headers: as("admin"), payload });
  const { errors } = answer.json<{ errors: { path: string; message: string }[] }>();
  assert.deepEqual(errors.map(({ path }) => path).toSorted(), [
    "",
    "name",
    "restrictions.maxEmailsPerDay",
  ]);
  assert.ok(errors.every(({ message }) => message.length > 5));
});

test("AP-5 a bug answers with a reference that finds its stack in the log, and with nothing else", async () => {
  const { app, logged } = setup();
  const answer = await app.inject({ url: `${AGENTS}?search=jane`, headers: as("admin") });
  assert.equal(answer.statusCode, 500);
  assert.ok(!answer.body.includes("jane"), answer.body);
  const { reference } = answer.json<{ reference: string }>();
  const line = JSON.parse(logged()) as { reference: string; err: { stack: string }; route: string };
  assert.equal(line.reference, reference);
  assert.match(line.err.stack, /server\.test\.ts/);
  assert.ok(!line.route.includes("jane"));
});

test("AP-6 a role that may not do something is told why, and whom to ask", async () => {
  const { app } = setup({ listAgents: async () => ({ items: [], nextCursor: null }) });
  const refused = await app.inject({
    method: "POST",
    url: AGENTS,
    headers: as("viewer"),
    payload: {},
  });
  assert.equal(refused.statusCode, 403);
  assert.equal(refused.json<{ suggestion: string }>().suggestion, "ask an Owner");
  assert.equal((await app.inject({ url: AGENTS, headers: as("viewer") })).statusCode, 200);
});

test("AP-3 a session's change from another page is refused, an API key's is not", async () => {
  const { app } = setup({ triggerAgent: async () => ({ executionId: "run_1" }) });
  const url = `${AGENTS}/agt_1/trigger`;
  const cookie = { cookie: "better-auth.session_token=x" };
  const send = async (headers: Record<string, string>) =>
    (await app.inject({ method: "POST", url, headers })).statusCode;
  assert.equal(await send({ ...cookie, "sec-fetch-site": "same-origin" }), 202);
  assert.equal(await send({ ...cookie, "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await send({ ...cookie, host: "a.example", origin: "https://evil.example" }), 403);
  assert.equal(await send(as("member")), 202);
});

test("AP-5 a fault's ids stand in the problem beside its message", async () => {
  const { app } = setup({
    triggerAgent: async () => {
      throw new Fault(
        "already_running",
        "Agent is already running. Wait for current execution to complete.",
        {
          facts: { executionId: "run_7" },
        },
      );
    },
  });
  const answer = await app.inject({
    method: "POST",
    url: `${AGENTS}/agt_1/trigger`,
    headers: as("member"),
  });
  assert.equal(answer.statusCode, 409);
  assert.equal(answer.json<{ executionId: string }>().executionId, "run_7");
});

test("AP-7 an answer holds what the contract names and nothing beside it", async () => {
  const { app } = setup({ triggerAgent: async () => ({ executionId: "run_1", secret: "x" }) });
  const answer = await app.inject({
    method: "POST",
    url: `${AGENTS}/agt_1/trigger`,
    headers: as("member"),
  });
  assert.deepEqual(answer.json(), { executionId: "run_1" });
});

test("AP-8 the page answers at every path that is not the API's, and its assets are kept for ever", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stint-page-"));
  try {
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "index.html"), "<!doctype html><title>Stint</title>");
    writeFileSync(join(folder, "assets/app-1a2b.js"), "let a;");
    const { app } = setup({}, folder);
    for (const url of ["/", "/agents/agt_1", "/executions?status=failed"]) {
      const answer = await app.inject(url);
      assert.equal(answer.statusCode, 200, url);
      assert.match(answer.body, /<title>Stint/);
      assert.equal(answer.headers["cache-control"], "no-cache");
      assert.match(String(answer.headers["content-security-policy"]), /frame-ancestors 'none'/);
    }
    const asset = await app.inject("/assets/app-1a2b.js");
    assert.match(String(asset.headers["cache-control"]), /immutable/);
    assert.match(String(asset.headers["content-type"]), /javascript/);
    assert.equal((await app.inject("/assets/gone.js")).statusCode, 404);
    assert.equal((await app.inject("/../package.json")).statusCode, 404);
    assert.equal((await app.inject("/api/none")).statusCode, 404);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("AP-8 where the page is not built, the answer says so and how to build it", async () => {
  const { app } = setup();
  const answer = await app.inject("/");
  assert.equal(answer.statusCode, 503);
  assert.match(answer.body, /npm run build/);
});

test("EN-138 while the store is behind, changes are refused with the time to come back; what is read or stops work is not", async () => {
  const reached: string[] = [];
  const answer = (name: string) => async (): Promise<never> => {
    reached.push(name);
    throw new Fault("conflict");
  };
  const handlers = {
    listAgents: answer("listAgents"),
    createAgent: answer("createAgent"),
    pauseAgent: answer("pauseAgent"),
    cancelExecution: answer("cancelExecution"),
    skipWait: answer("skipWait"),
  };
  let underWay = 1_000_000;
  const { app } = setup(handlers, "/nowhere", () => underWay);
  const ask = (method: "GET" | "POST", url: string, payload?: object) =>
    app.inject({ method, url, headers: as("owner"), ...(payload !== undefined && { payload }) });
  const made = { name: "A", instructions: "Notify @user.creator" };
  const refused = await ask("POST", AGENTS, made);
  assert.deepEqual([refused.statusCode, refused.headers["retry-after"]], [503, "1"]);
  assert.match(String(refused.headers["content-type"]), /^application\/problem\+json/);
  assert.deepEqual(
    [refused.json().code, typeof refused.json().suggestion],
    ["unavailable", "string"],
  );
  await ask("GET", AGENTS);
  await ask("POST", `${AGENTS}/${agentIds.create()}/pause`);
  const execution = `/api/workspaces/${WORKSPACE}/executions/${runIds.create()}`;
  await ask("POST", `${execution}/cancel`);
  await ask("POST", `${execution}/skip-wait`);
  assert.deepEqual(reached.splice(0), ["listAgents", "pauseAgent", "cancelExecution", "skipWait"]);
  underWay = 100;
  await ask("POST", AGENTS, made);
  assert.deepEqual(reached, ["createAgent"]);
});
