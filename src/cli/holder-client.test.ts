import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempDisposableSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { holdFolder, readHolder } from "#store/folder.ts";

import { reachFolder } from "./holder-client.ts";

const AT_ONCE = 5;

test("CL-112 a command that has the folder and ends as it is asked is followed by whoever asked", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "stint-holder-"));
  const holding = holdFolder(folder.path);
  await using ending = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      holding.release();
      ending.close();
      socket.destroy();
    });
  }).listen(holding.socket);
  await once(ending, "listening");
  await using client = await reachFolder(folder.path);
  assert.equal(client.keeper, "a command");
  await client.ask({ method: "GET", path: "/api/health" });
  assert.equal(client.keeper, "this command");
});

test("CL-112 one that ends between two questions is followed for the second, and nothing is done twice", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "stint-holder-"));
  const holding = holdFolder(folder.path);
  let asked = 0;
  await using ending = createHttpServer((request, response) => {
    asked += 1;
    if (asked === 1) return response.end("{}");
    if (asked === 3) holding.release();
    request.socket.destroy();
    return undefined;
  }).listen(holding.socket);
  await once(ending, "listening");
  await using client = await reachFolder(folder.path);
  const health = { method: "GET", path: "/api/health" } as const;
  assert.deepEqual(await client.ask(health), {});
  await assert.rejects(client.ask({ ...health, method: "POST" }), { code: "unavailable" });
  assert.equal(client.keeper, "a command");
  assert.notDeepEqual(await client.ask(health), {});
  assert.equal(client.keeper, "this command");
});

test("CL-112 questions at once go on with one next holder, which lets the folder go at the end", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "stint-holder-"));
  const holding = holdFolder(folder.path);
  const asked: IncomingMessage[] = [];
  await using ending = createHttpServer((request) => {
    if (asked.push(request) < AT_ONCE) return;
    holding.release();
    for (const { socket } of asked) socket.destroy();
  }).listen(holding.socket);
  await once(ending, "listening");
  const client = await reachFolder(folder.path);
  const health = { method: "GET", path: "/api/health" } as const;
  await Promise.all(Array.from({ length: AT_ONCE }, () => client.ask(health)));
  assert.equal(client.keeper, "this command");
  await client[Symbol.asyncDispose]();
  assert.equal(readHolder(folder.path), undefined);
});
