import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import { buildServer } from "./build-server.ts";

suite("the server's build", () => {
  const built = join(import.meta.dirname, `../dist/test-${process.pid}`);
  const data = mkdtempSync(join(tmpdir(), "stint-built-"));
  before(() => buildServer(built));
  after(() => {
    for (const folder of [built, data]) rmSync(folder, { recursive: true, force: true });
  });

  test("RP-12 the build serves as its sources do, and ends as they do", async () => {
    const args = ["serve", "--port", "0", "--data", data];
    const child = spawn(process.execPath, [join(built, "main.js"), ...args], {
      env: { ...process.env, STINT_OWNER_PASSWORD: "correct horse" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const url = /^Stint is ready at (\S+)$/m.exec(line.toString())?.[1] ?? "";
    const document = await (await fetch(`${url}/api/openapi.json`)).json();
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    assert.equal((document as { info: { version: string } }).info.version, manifest.version);
    child.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
  });

  test("RP-12 a source finds from the build what lies beside it", () => {
    const bench = [join(built, "main.js"), "bench", "W0"];
    const { stderr, status } = spawnSync(process.execPath, bench, { encoding: "utf8" });
    assert.match(stderr, /There is no workload "W0"/);
    assert.equal(status, 3);
  });

  test("RP-12 each thread starts from a file of the build", () => {
    const files = globSync("*.js", { cwd: built });
    const workers = globSync("src/**/*.worker.ts");
    assert.equal(files.filter((name) => name.endsWith(".worker.js")).length, workers.length);
    for (const name of files)
      assert.doesNotMatch(readFileSync(join(built, name), "utf8"), /"\.\/[\w-]+\.worker\.ts"/);
  });
});
