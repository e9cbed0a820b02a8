import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempDisposableSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { holdFolder } from "#store/folder.ts";

import { reachFolder } from "./holder-client.ts";

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
