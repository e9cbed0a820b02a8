import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
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
