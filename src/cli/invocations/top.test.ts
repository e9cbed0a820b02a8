import assert from "node:assert/strict";
import { test } from "node:test";

import type { HolderClient } from "../http-client.ts";
import { readRunning } from "./top.ts";

/** So many run, all of them invocations, newest first; pages are as the API gives them. */
function holderOf(running: number) {
  const asked: string[] = [];
  const pageOf = (query: URLSearchParams) => {
    const from = Number(query.get("cursor") ?? 0);
    const limit = Number(query.get("limit"));
    const until = Math.min(running, from + limit);
    const ids = Array.from({ length: until - from }, (_, index) => `inv_${from + index}`);
    const items = ids.map((id) => ({ id, kind: "invocation" }));
    return { items, nextCursor: until < running ? String(until) : null };
  };
  const client = {
    ask: async ({ path }: { readonly path: string }) => {
      const { pathname, searchParams } = new URL(path, "http://stint");
      asked.push(pathname);
      if (pathname === "/dashboard")
        return { open: { byPhase: { active: running - 5, pending: 5, waiting: 7 } } };
      return searchParams.get("status") === "idle"
        ? { items: [], nextCursor: null }
        : pageOf(searchParams);
    },
  } as unknown as HolderClient;
  return { desk: { client, base: "" }, asked };
}

test("CL-150 of more than 200 that run the newest are read, none of them singly, and the others counted", async () => {
  const { desk, asked } = holderOf(250);
  const { shown, more } = await readRunning(desk);
  assert.deepEqual([shown.length, more], [200, 50]);
  assert.equal(shown[199]?.invocation?.id, "inv_199");
  assert.ok(asked.length <= 5, asked.join());
});

test("CL-150 where all are shown nothing is counted", async () => {
  const { desk, asked } = holderOf(200);
  const { shown, more } = await readRunning(desk);
  assert.deepEqual([shown.length, more, asked.includes("/dashboard")], [200, 0, false]);
});
