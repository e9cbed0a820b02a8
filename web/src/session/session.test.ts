import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError } from "#contract/client.ts";

import { errorsByField, mayPass, problemOf } from "../api/problems.ts";
import { neighbourOf, nextPlace } from "../keys/neighbours.ts";
import { chooseWorkspace } from "./last-workspace.ts";
import { permissionFor, permissionToRun } from "./permission.ts";
import { landingPath, refusalOf, refusalOfLink } from "./signing.ts";

test("WB-37 whoever may not do something is told what they are and what it needs", () => {
  assert.deepEqual(permissionFor("viewer", "agents:run"), {
    allowed: false,
    reason: "You are a Viewer here. This needs a Member or above.",
  });
  assert.deepEqual(permissionFor("member", "members:roles"), {
    allowed: false,
    reason: "You are a Member here. This needs an Owner.",
  });
  assert.equal(permissionFor("admin", "agents:write").allowed, true);
  assert.match(
    (permissionToRun("member", ["admin", "owner"]) as { reason: string }).reason,
    /Admins and Owners only/,
  );
  assert.equal(permissionToRun("member", ["member"]).allowed, true);
});

test("WB-38 signing in lands where one wanted to go, and never on another site", () => {
  assert.equal(landingPath("/w/ws_1/executions?status=failed"), "/w/ws_1/executions?status=failed");
  for (const to of [
    undefined,
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/sign-in",
  ])
    assert.equal(landingPath(to), "/");
});

test("WB-39 a refused sign-in says why and what to do: wrong password, too often, a used link", () => {
  assert.equal(refusalOf(200), undefined);
  assert.match(refusalOf(401)?.detail ?? "", /password is not right/);
  assert.match(refusalOf(429)?.suggestion ?? "", /Wait a minute/);
  assert.match(refusalOfLink("INVALID_TOKEN")?.detail ?? "", /works once/);
  assert.equal(refusalOfLink(undefined), undefined);
});

test("WB-40 every failure is a problem that a person can read, and only what may pass is asked again", () => {
  const problem = {
    type: "",
    title: "Not found",
    status: 404,
    detail: "d",
    code: "not_found",
    errors: [
      { path: "restrictions.maxEmailsPerDay", message: "m" },
      { path: "", message: "n" },
    ],
  };
  assert.equal(problemOf(new ProblemError(problem)), problem);
  assert.deepEqual(errorsByField(problem), { restrictions: "m" });
  assert.match(
    problemOf(new TypeError("fetch failed")).suggestion ?? "",
    /go on once the server runs/,
  );
  assert.equal(mayPass(new TypeError("fetch failed")), true);
  assert.equal(mayPass(new ProblemError(problem)), false);
});

test("WB-41 a visit begins in the workspace of the last one while that can be entered", () => {
  const workspaces = [{ id: "ws_1" }, { id: "ws_2" }] as never;
  assert.equal(chooseWorkspace(workspaces, "ws_2"), "ws_2");
  assert.equal(chooseWorkspace(workspaces, "ws_9"), "ws_1");
  assert.equal(chooseWorkspace([], null), undefined);
});

test("WB-42 j and k stop at a list's ends, and go on from inside one of its executions", () => {
  assert.deepEqual(
    [nextPlace(-1, 3, 1), nextPlace(2, 3, 1), nextPlace(0, 3, -1), nextPlace(-1, 0, 1)],
    [0, 2, 0, -1],
  );
  assert.equal(neighbourOf(["a", "b"], "a", 1), "b");
  assert.equal(neighbourOf(["a", "b"], "b", 1), undefined);
  assert.equal(neighbourOf(["a"], "x", 1), undefined);
});
