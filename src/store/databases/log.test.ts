import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import fc from "fast-check";

import { lostIn } from "./log.ts";

const HEADER = 32;
const FRAME = 24 + 4096;

/** A log of so many transactions, after an older and longer one in the same file. */
function logOf(
  transactions: number,
): Disposable & { readonly path: string; readonly bytes: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "stint-log-"));
  const db = new DatabaseSync(join(folder, "db"));
  db.exec("pragma journal_mode = wal; pragma page_size = 4096; create table t (x)");
  for (let i = 0; i < 20; i += 1) db.exec(`insert into t values (${i})`);
  db.exec("pragma wal_checkpoint(restart)");
  for (let i = 0; i < transactions; i += 1) db.exec(`insert into t values ('${"x".repeat(3000)}')`);
  const path = join(folder, "copy-wal");
  copyFileSync(join(folder, "db-wal"), path);
  db.close();
  return {
    path,
    bytes: readFileSync(path),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

test("SF-33 a log that is whole, empty or cut off loses nothing", () => {
  using log = logOf(8);
  assert.equal(lostIn(log.path), 0);
  for (const length of [log.bytes.length - 100, HEADER + 3 * FRAME + 17, HEADER, 5, 0]) {
    truncateSync(log.path, length);
    assert.equal(lostIn(log.path), 0, `cut at ${length}`);
  }
});

test("SF-33 a log damaged before its last transactions is known, and a torn end is none", () => {
  using log = logOf(8);
  const frames = Array.from({ length: 60 }, (_, index) => HEADER + index * FRAME).filter(
    (at) =>
      at + FRAME <= log.bytes.length &&
      log.bytes.subarray(at + 8, at + 16).equals(log.bytes.subarray(16, 24)),
  );
  const commits = frames.filter((at) => log.bytes.readUInt32BE(at + 4) !== 0);
  assert.equal(commits.length, 8);
  const [safely = 0, torn = 0] = commits.slice(-3);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: (frames.at(-1) ?? 0) + FRAME - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, by) => {
        const bytes = Buffer.from(log.bytes);
        bytes[at] = (bytes[at] ?? 0) ^ by;
        writeFileSync(log.path, bytes);
        const lost = lostIn(log.path);
        const inSalts = at >= 16 && at < 24;
        if (at >= torn) assert.equal(lost, 0, `torn at ${at}`);
        else if (at < safely && !inSalts) assert.ok(lost >= 2, `damaged at ${at}`);
      },
    ),
    { examples: Array.from({ length: HEADER }, (_, at) => [at, 1]) },
  );
});
