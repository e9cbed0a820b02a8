import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";

/** The machine's own Node, where it is older than Stint's; npm puts the pinned one first in the PATH. */
function findOldNode(): string | undefined {
  const folders = (process.env["PATH"] ?? "")
    .split(":")
    .filter((folder) => !folder.endsWith("/.bin"));
  return folders
    .map((folder) => `${folder}/node`)
    .find((node) => existsSync(node) && majorOf(node) < 24);
}

const majorOf = (node: string): number =>
  Number(
    spawnSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout.split(".")[0],
  );

const oldNode = findOldNode();
const skip = oldNode === undefined && "this machine has no Node.js older than 24";

test("RP-5 an old Node gets one line that says what to do", { skip }, () => {
  const { status, stdout, stderr } = spawnSync(oldNode ?? "", ["bin/stint.js", "serve"], {
    encoding: "utf8",
  });
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.match(
    stderr,
    /^Stint needs Node\.js 24 or newer, and this is Node\.js \d+[^\n]*npm start[^\n]*\n$/,
  );
});

const BUILD = "dist/server/main.js";
const PLANTED = {
  "package.json": `{ "type": "module" }`,
  "src/cli/main.ts": `console.log("sources" satisfies string);`,
  "src/domain/id.ts": "",
  [BUILD]: `console.log("build");`,
};

/** A package as small as one can be, which says what of it was run. */
function plant(): Disposable & { readonly root: string; readonly run: () => string } {
  const root = mkdtempSync(join(tmpdir(), "stint-bin-"));
  cpSync("bin", join(root, "bin"), { recursive: true });
  for (const [path, text] of Object.entries(PLANTED)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const bin = join(root, "bin/stint.js");
  return {
    root,
    run: () => spawnSync(process.execPath, [bin], { encoding: "utf8" }).stdout.trim(),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** As if changed so many seconds from now. */
function change(path: string, seconds: number): void {
  const at = Date.now() / 1000 + seconds;
  utimesSync(path, at, at);
}

test("RP-11 the build runs while no source is newer, and where there are no sources", () => {
  using planted = plant();
  change(join(planted.root, BUILD), 60);
  assert.equal(planted.run(), "build");
  rmSync(join(planted.root, "src"), { recursive: true });
  assert.equal(planted.run(), "build");
});

test("RP-11 the sources run where one is newer than the build, is gone, or nothing is built", () => {
  using planted = plant();
  change(join(planted.root, BUILD), 60);
  change(join(planted.root, "src/domain/id.ts"), 120);
  assert.equal(planted.run(), "sources");
  rmSync(join(planted.root, "src/domain/id.ts"));
  change(join(planted.root, BUILD), -60);
  assert.equal(planted.run(), "sources");
  rmSync(join(planted.root, "dist"), { recursive: true });
  assert.equal(planted.run(), "sources");
});
