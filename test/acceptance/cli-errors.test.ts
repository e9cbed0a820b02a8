import assert from "node:assert/strict";
import { test } from "node:test";

import { freshFolder, serve, stint } from "./processes.ts";

test("CL-130 errors are listed by state, resolved, muted and reopened by a part of their id, here and on a server elsewhere", async () => {
  await using folder = await freshFolder();
  await using elsewhere = await freshFolder();
  await using server = await serve(folder.path);
  const at = ["--data", folder.path];
  assert.match((await stint(["errors", "ls", ...at])).out, /^ID +STATE +COUNT .*SAID\n$/);
  const fails = ["exec", ...at, "--", "/bin/sh", "-c", "exit 1"];
  await stint(fails);
  await stint(fails);
  const { out } = await stint(["errors", "ls", ...at]);
  const id = /err_[0-9a-f]{24}/.exec(out)?.[0] ?? "";
  const line = new RegExp(
    `^${id}  open +2 +\\d{4}-\\d\\d-\\d\\d [\\d:]{8}  .* invocation  Its process ended with an error.$`,
    "m",
  );
  assert.match(out, line);

  const token = await stint(["token", "create", "--data", folder.path, "--role", "member"]);
  const env = { STINT_URL: server.url, STINT_TOKEN: token.out.trim() };
  const there = { cwd: elsewhere.path, env };
  const resolved = await stint(["errors", "resolve", id.slice(-8)], "", 0, there);
  assert.equal(resolved.out, `${id} is resolved\n`, resolved.err);
  const idsOf = async (...more: readonly string[]): Promise<readonly string[]> => {
    const list = await stint(["errors", "ls", "--json", ...more, ...at]);
    const lines = list.out.split("\n").filter((text) => text !== "");
    return lines.map((text) => (JSON.parse(text) as { id: string }).id);
  };
  assert.deepEqual(await idsOf(), []);
  assert.deepEqual(await idsOf("--state", "resolved"), [id]);
  await stint(fails);
  assert.match((await stint(["errors", "ls", ...at])).out, new RegExp(`${id}  seen again +3`));
  await stint(["errors", "mute", id, ...at]);
  assert.deepEqual(await idsOf("--state", "muted", "--range", "24h"), [id]);
  assert.deepEqual(await idsOf("--state", "all", "--kind", "automation"), []);
  const reopened = await stint(["errors", "reopen", id.slice(0, 12), "--json", ...at]);
  assert.equal((JSON.parse(reopened.out) as { state: string }).state, "open");

  const failed = await stint(["executions", "ls", "--error", id, "--json", ...at]);
  assert.equal(failed.out.trim().split("\n").length, 3);
  const unknown = await stint(["errors", "mute", "zzzz", ...at]);
  assert.equal(unknown.code, 3);
  assert.match(unknown.err, /^stint: There is no error zzzz\n {2}An id may be shortened/);
});
