import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { freshFolder, serve, stint } from "./processes.ts";

test("CL-80 with STINT_URL and STINT_TOKEN commands speak to a server elsewhere, under that key's rights", async () => {
  await using folder = await freshFolder();
  await using elsewhere = await freshFolder();
  await using server = await serve(folder.path, "--example");
  const keyOf = async (role: string): Promise<string> =>
    (await stint(["token", "create", "--data", folder.path, "--role", role])).out.trim();
  const from = (token: string) => ({
    cwd: elsewhere.path,
    env: { STINT_URL: server.url, STINT_TOKEN: token },
  });
  const admin = from(await keyOf("admin"));
  const run = await stint(["run", "Welcome new leads"], "", 0, admin);
  assert.equal(run.code, 0, run.err);
  const id = /run_\S+/.exec(run.out)?.[0] ?? "";
  const list = await stint(["executions", "ls", "--json"], "", 0, admin);
  assert.equal((JSON.parse(list.out) as { id: string }).id, id);
  const refused = await stint(["run", "Welcome new leads"], "", 0, from(await keyOf("viewer")));
  assert.equal(refused.code, 4, refused.err);
  const unknown = await stint(["executions", "ls"], "", 0, from("nobody's"));
  assert.equal(unknown.code, 4, unknown.err);
  const local = await stint(
    ["executions", "ls", "--data", join(elsewhere.path, "none")],
    "",
    0,
    admin,
  );
  assert.equal(local.code, 3, local.err);
});

test("CL-80 a server that does not answer is said in one line, with where its address comes from", async () => {
  const env = { STINT_URL: "http://127.0.0.1:9", STINT_TOKEN: "k" };
  const { code, err } = await stint(["executions", "ls"], "", 0, { env });
  assert.equal(code, 5);
  assert.match(
    err,
    /^stint: The server http:\/\/127\.0\.0\.1:9 does not answer: .*\n {2}See that STINT_URL is right/,
  );
});

test("CL-79 where nothing is named, nothing lies here and nobody has used it yet, that is said", async () => {
  await using folder = await freshFolder();
  const more = { cwd: folder.path, env: { XDG_DATA_HOME: folder.path } };
  const { code, err } = await stint(["executions", "ls"], "", 0, more);
  assert.equal(code, 3);
  assert.match(err, /There is no data folder \.\/data here, and none of your own yet/);
});
