import assert from "node:assert/strict";
import { test } from "node:test";

import { freshFolder, serve, stint } from "./processes.ts";

test("CL-84 ls, show, follow and top tell of executions of every kind, whole ids or parts of them", async () => {
  await using folder = await freshFolder();
  await using server = await serve(folder.path, "--example");
  const at = ["--data", folder.path];
  const none = await stint(["ls", ...at]);
  assert.match(none.out, /^No agent has run yet, and nothing else runs/);
  assert.equal((await stint(["top", ...at])).out, "Nothing runs.\n");
  const run = await stint(["run", "Welcome new leads", ...at]);
  const id = /run_\S+/.exec(run.out)?.[0] ?? "";
  const all = await stint(["ls", "--all", ...at]);
  assert.match(
    all.out,
    new RegExp(`^ID +WHAT +STATUS.*\\n${id}  automation  completed .*Welcome new leads\\n$`),
  );
  const json = await stint(["ls", "--all", "--json", ...at]);
  assert.equal((JSON.parse(json.out) as { id: string }).id, id);
  for (const part of [id, id.slice(0, 20), id.slice(-8)]) {
    const shown = await stint(["show", part, ...at]);
    assert.match(shown.out, new RegExp(`^${id}  completed  Welcome new leads\\n`), part);
  }
  const followed = await stint(["follow", id.slice(-8), ...at]);
  assert.equal(followed.code, 0, followed.err);
  assert.match(followed.out, /^Agent completed successfully/);
  const unknown = await stint(["show", "zzzz", ...at]);
  assert.equal(unknown.code, 3);
  assert.match(unknown.err, /^stint: There is no execution zzzz\n {2}An id may be shortened/);
  await stint(["run", "Welcome new leads", ...at]);
  const several = await stint(["show", "run_", ...at]);
  assert.equal(several.code, 4);
  assert.match(
    several.err,
    /^stint: Several begin or end with "run_"\n {2}Say more of the one that is meant: run_/,
  );
  assert.ok(server.child.exitCode === null);
});
