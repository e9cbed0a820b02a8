/**
 * `npm test`: every test file in a process of its own, several at a time; those that need the machine
 * to themselves one by one at the end. Ends in one line: `N passed, N failed, N skipped`.
 */
import { statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { filesBelow } from "./sources.ts";
import { runTestFile, type FileResult, type TestOptions } from "./test-file.ts";
import { printFile, printSummary } from "./test-report.ts";

const FOLDERS = ["src", "web", "test", "scripts", "examples", "bench"];
const TEST_FILE = /\.test\.ts$/;
/** `npm run soak` runs these; they take hours at their full counts. */
const NOT_HERE = /^test\/soak\//;
/**
 * A browser beside other work is slow enough to be taken for broken; and lives that end at a counted
 * write are only comparable when nothing else decides what shares a write.
 */
const ALONE = /^test\/(?:browser|crash|chaos)\/|^test\/acceptance\/automation-crash/;
const FILE_LIMIT_MS = 5 * 60_000;
const ALONE_LIMIT_MS = 10 * 60_000;
/** CI must not meet a counterexample that has nothing to do with the change; the soak looks for new ones. */
const CI_SEED = 1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    concurrency: { type: "string", default: process.env["STINT_TEST_CONCURRENCY"] },
    seed: { type: "string", default: process.env["STINT_SEED"] },
    name: { type: "string" },
  },
});

const concurrency = Number(values.concurrency ?? Math.max(2, availableParallelism()));
const seed = Number(values.seed ?? (process.env["CI"] === undefined ? newSeed() : CI_SEED));
process.env["STINT_SEED"] = String(seed);
// Who works in which folder is kept for the user; tests have a place of their own for it.
process.env["XDG_STATE_HOME"] = join(tmpdir(), `stint-state-${process.pid}`);
// Every file is a process of its own, and half of a short one's life would be compiling the same modules.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "../node_modules/.cache/tests");

function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** The files asked for: a path is one file or all below a folder; no path is every one. */
function chooseFiles(paths: readonly string[]): readonly string[] {
  if (paths.length === 0)
    return filesBelow(FOLDERS, TEST_FILE).filter((path) => !NOT_HERE.test(path));
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      console.error(`There is no ${path} to test.`);
      process.exit(1);
    }
    return found.isDirectory() ? filesBelow([path.replace(/\/$/, "")], TEST_FILE) : [path];
  });
}

async function runAll(
  files: readonly string[],
  atOnce: number,
  options: TestOptions,
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const waiting = files.values();
  const worker = async (): Promise<void> => {
    for (const path of waiting) {
      const result = await runTestFile(path, options);
      printFile(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

const files = chooseFiles(positionals);
const options = { seed, namePattern: values.name, fileLimitMs: FILE_LIMIT_MS };
console.log(`${files.length} test files, ${concurrency} at a time, seed ${seed}`);
const results = [
  ...(await runAll(
    files.filter((path) => !ALONE.test(path)),
    concurrency,
    options,
  )),
  ...(await runAll(
    files.filter((path) => ALONE.test(path)),
    1,
    { ...options, fileLimitMs: ALONE_LIMIT_MS },
  )),
];
process.exitCode = printSummary(results, seed) ? 0 : 1;
