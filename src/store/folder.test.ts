import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { holdFolder, readHolder } from "./folder.ts";

function freshFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "stint-folder-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("AP-2 a data folder has one holder, and the second is told who that is", () => {
  using folder = freshFolder();
  const holding = holdFolder(folder.path);
  assert.throws(() => holdFolder(folder.path), {
    code: "folder_held",
    message: new RegExp(`process ${process.pid}$`),
  });
  assert.equal(readHolder(folder.path)?.socket, holding.socket);
  holding.release();
  assert.equal(readHolder(folder.path), undefined);
  holdFolder(folder.path).release();
});

test("AP-2 a folder whose holder was killed is free at once", async () => {
  using folder = freshFolder();
  const program = `
    const { holdFolder } = await import(${JSON.stringify(import.meta.resolve("./folder.ts"))});
    globalThis.holding = holdFolder(${JSON.stringify(folder.path)}); // or it may be collected, and let go
    console.log("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const refused = { code: "folder_held", message: new RegExp(`process ${child.pid}$`) };
  try {
    assert.throws(() => holdFolder(folder.path), refused);
  } finally {
    child.kill("SIGKILL"); // or a failure would keep it, and with it the run
    await once(child, "exit");
  }
  assert.equal(readHolder(folder.path)?.pid, child.pid);
  holdFolder(folder.path).release();
});

test("AP-2 a socket's path stays short however deep the folder lies", () => {
  using folder = freshFolder();
  const holding = holdFolder(
    join(folder.path, ...Array.from({ length: 12 }, () => "a-rather-long-name")),
  );
  assert.ok(Buffer.byteLength(holding.socket) <= 100, holding.socket);
  holding.release();
});
