import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";
import { z } from "zod";

import { client, ProblemError, urlOf } from "./client.ts";
import { liveMessageSchema, readCursor, writeCursor } from "./live.ts";
import { openApi } from "./openapi.ts";
import { isAtLeast, mayAssign, mayDo, ROLES, WORKSPACE_RIGHTS } from "./rights.ts";
import { paramNames, PARAMS, paramsSchema, route, type Route } from "./route.ts";
import { ROUTE_NAMES, ROUTES } from "./routes.ts";
import { agentChangeSchema, newAgentSchema } from "./shapes/agents.ts";
import { executionsQuerySchema } from "./shapes/executions.ts";

const anyRole = fc.constantFrom(...ROLES);
const anyRight = fc.constantFrom(...WORKSPACE_RIGHTS);
const routes: readonly [string, Route][] = ROUTE_NAMES.map((name) => [name, ROUTES[name]]);

test("CT-1 access is monotone in role: a greater role may do all that a smaller one may", () => {
  fc.assert(
    fc.property(anyRole, anyRole, anyRight, (one, other, right) => {
      if (isAtLeast(one, other) && mayDo(other, right)) assert.ok(mayDo(one, right));
    }),
  );
  fc.assert(
    fc.property(anyRole, anyRole, anyRole, (one, other, given) => {
      if (isAtLeast(one, other) && mayAssign(other, given)) assert.ok(mayAssign(one, given));
    }),
  );
});

test("CT-1 a viewer may change nothing, and nobody but an owner gives or takes the greater roles", () => {
  const changing = routes.filter(([, { method }]) => method !== "GET");
  const viewers = changing.filter(([, { right }]) => {
    return right !== "public" && right !== "signedIn" && mayDo("viewer", right);
  });
  assert.deepEqual(
    viewers.map(([name]) => name),
    ["readNotification", "readAllNotifications", "parseInstructions"],
  );
  assert.deepEqual(
    ROLES.flatMap((role) => ROLES.filter((given) => mayAssign(role, given)).map((g) => [role, g])),
    [["admin", "viewer"], ["admin", "member"], ...ROLES.map((given) => ["owner", given])],
  );
});

test("CT-2 a route without a right, or with a parameter that nobody knows, does not compile", () => {
  const rest = { method: "GET", summary: "", status: 200 } as const;
  // @ts-expect-error -- no right
  route({ ...rest, path: "/api/x" });
  // @ts-expect-error -- no such right
  route({ ...rest, path: "/api/x", right: "anything" });
  // @ts-expect-error -- no such parameter
  route({ ...rest, path: "/api/x/:nobody", right: "public" });
  assert.equal(route({ ...rest, path: "/api/:agentId", right: "public" }).right, "public");
});

test("CT-2 every route has a path of its own, and a workspace's route says what it needs there", () => {
  const places = routes.map(([, { method, path }]) => `${method} ${path.replaceAll(/:\w+/g, ":")}`);
  assert.equal(new Set(places).size, places.length);
  for (const [name, { path, right }] of routes) {
    const inWorkspace = path.startsWith("/api/workspaces/:workspaceId");
    assert.equal(right === "public" || right === "signedIn", !inWorkspace, name);
    for (const param of paramNames(path)) assert.ok(param in PARAMS, `${name}: ${param}`);
  }
});

test("CT-3 the paths and statuses that scripts rely on are as they were promised", () => {
  const promised = [
    ["GET", "/api/health", 200],
    ["GET", "/api/openapi.json", 200],
    ["GET", "/api/workspaces", 200],
    ["POST", "/api/workspaces/:workspaceId/agents", 201],
    ["POST", "/api/workspaces/:workspaceId/agents/:agentId/trigger", 202],
    ["POST", "/api/workspaces/:workspaceId/agents/:agentId/execute", 202],
    ["GET", "/api/workspaces/:workspaceId/agents/:agentId/executions", 200],
    ["GET", "/api/workspaces/:workspaceId/agents/:agentId/executions/:executionId", 200],
    ["POST", "/api/workspaces/:workspaceId/parse", 200],
    ["GET", "/api/workspaces/:workspaceId/outbox", 200],
  ];
  for (const [method, path, status] of promised) {
    const found = routes.find(([, one]) => one.method === method && one.path === path);
    assert.equal(found?.[1].status, status, `${method} ${path}`);
  }
});

test("CT-3 an agent needs no more than a name and instructions", () => {
  const agent = newAgentSchema.parse({ name: "Welcome", instructions: "Email all contacts" });
  assert.deepEqual(agent.restrictions, {
    maxExecutionsPerDay: 100,
    maxExecutionsPerMinute: 10,
    maxEmailsPerDay: 100,
    onLimit: "pause",
  });
  assert.equal(agent.status, "draft");
  assert.deepEqual(agentChangeSchema.parse({ restrictions: { maxEmailsPerDay: 5 } }), {
    restrictions: { maxEmailsPerDay: 5 },
  });
});

test("CT-3 what does not fit is refused by field, with what is wrong", () => {
  const errorsOf = (given: unknown): readonly string[] =>
    (newAgentSchema.safeParse(given).error?.issues ?? []).map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    );
  assert.match(
    errorsOf({ name: "x", instructions: "  " }).join(),
    /instructions: may not be empty/,
  );
  assert.match(
    errorsOf({ name: "x", instructions: "x".repeat(1_000_000) }).join(),
    /instructions: may have at most 50,000 characters/,
  );
  assert.match(
    errorsOf({ name: "x", instructions: "x", restrictions: { maxEmailPerDay: 3 } }).join(),
    /restrictions: Unrecognized key/,
  );
});

test("CT-8 a name is one line: it takes no line breaks and no other control characters", () => {
  for (const name of ["a\nb", "a\0b", "a\u001B[31mb"]) {
    const { error } = newAgentSchema.safeParse({ name, instructions: "x" });
    assert.match(error?.issues[0]?.message ?? "", /control characters/);
  }
  assert.equal(newAgentSchema.parse({ name: "Zoë 🚀 ", instructions: "x" }).name, "Zoë 🚀");
});

test("CT-4 the OpenAPI document names every route, and every reference in it leads somewhere", () => {
  const document = openApi("1.2.3") as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  assert.equal(document.openapi, "3.1.0");
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.deepEqual(
    operations.map(({ operationId }) => operationId).toSorted(),
    [...ROUTE_NAMES].toSorted(),
  );
  for (const [, reference = ""] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    let place: unknown = document;
    for (const key of reference.split("/")) place = (place as Record<string, unknown>)[key];
    assert.notEqual(place, undefined, reference);
  }
});

test("CT-4 every shape of the contract can be said as JSON Schema", () => {
  for (const [name, { query, body, output }] of routes) {
    for (const schema of [query, body, output]) {
      if (schema !== undefined)
        assert.doesNotThrow(() => z.toJSONSchema(schema, { io: "input" }), name);
    }
  }
});

test("CT-5 the client says what a route needs and gets what it answers", async () => {
  const seen: Request[] = [];
  const { createAgent, listExecutions } = client({
    baseUrl: "http://127.0.0.1:1",
    headers: { authorization: "Bearer k" },
    fetch: async (url, init) => {
      seen.push(new Request(url, init));
      return Response.json({ items: [], nextCursor: null });
    },
  });
  const list = await listExecutions({
    params: { workspaceId: "ws_1" },
    query: { status: "failed,canceled", limit: 10, search: "" },
  });
  assert.deepEqual(list.items, []);
  await createAgent(
    { params: { workspaceId: "ws_1" }, body: { name: "a", instructions: "b" } },
    { idempotencyKey: "once" },
  );
  // @ts-expect-error -- a body is needed, and a workspace
  const incomplete = (): unknown => createAgent({});
  assert.equal(typeof incomplete, "function");
  assert.deepEqual(
    seen.map(({ method, url }) => `${method} ${url}`),
    [
      "GET http://127.0.0.1:1/api/workspaces/ws_1/executions?status=failed%2Ccanceled&limit=10",
      "POST http://127.0.0.1:1/api/workspaces/ws_1/agents",
    ],
  );
  assert.equal(seen[1]?.headers.get("idempotency-key"), "once");
  assert.equal(seen[1]?.headers.get("authorization"), "Bearer k");
  assert.deepEqual(await seen[1]?.json(), { name: "a", instructions: "b" });
});

test("CT-5 a refusal reaches the client as the problem that it is", async () => {
  const problem = {
    type: "/problems/already_running",
    title: "Agent is already running",
    status: 409,
    detail: "Agent is already running. Wait for current execution to complete.",
    code: "already_running",
    executionId: "run_1",
  };
  const answers = [
    Response.json(problem, {
      status: 409,
      headers: { "content-type": "application/problem+json" },
    }),
    new Response("<html>", { status: 502 }),
  ];
  const { getHealth } = client({ fetch: async () => answers.shift() ?? Response.error() });
  await assert.rejects(getHealth(), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual(error.problem, problem);
    return true;
  });
  await assert.rejects(getHealth(), { name: "ProblemError", message: /502/ });
});

test("CT-5 whatever an id holds, it stays one part of the path", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (userId) => {
      const url = urlOf(ROUTES.removeMember, { params: { workspaceId: "ws_1", userId } });
      assert.equal(url.split("/").length, 6);
      assert.equal(decodeURIComponent(url.split("/")[5] ?? ""), userId);
    }),
  );
});

test("CT-6 a list is filtered by several states, a range and a search, and pages have a limit", () => {
  const read = (query: Record<string, string>) => executionsQuerySchema.safeParse(query);
  assert.deepEqual(read({ status: "failed,canceled", limit: "200" }).data, {
    status: ["failed", "canceled"],
    limit: 200,
    sort: "newest",
  });
  assert.equal(read({}).data?.limit, 50);
  for (const wrong of [
    { limit: "201" },
    { limit: "0" },
    { status: "gone" },
    { from: "yesterday" },
  ]) {
    assert.equal(read(wrong as Record<string, string>).success, false, JSON.stringify(wrong));
  }
});

test("CT-6 an id of another kind is not taken for one of this kind", () => {
  const params = paramsSchema(ROUTES.getAgentExecution.path);
  const right = { workspaceId: "ws_1", agentId: "agt_1", executionId: "run_1" };
  assert.equal(params.safeParse(right).success, true);
  assert.equal(params.safeParse({ ...right, agentId: "con_1" }).success, false);
  assert.equal(params.safeParse({ ...right, executionId: "../etc" }).success, false);
});

test("CT-7 a cursor comes back as it was written, and anything else is no cursor", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.maxSafeNat(), (ledgerId, position) => {
      assert.deepEqual(readCursor(writeCursor({ ledgerId, position })), { ledgerId, position });
    }),
  );
  for (const text of ["", "abc", "abc.", ".1", "abc.x"]) assert.equal(readCursor(text), undefined);
  assert.ok(liveMessageSchema.safeParse({ type: "reset", cursor: "abc.1" }).success);
});
