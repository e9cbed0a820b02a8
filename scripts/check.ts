/** Everything that can be checked without running Stint, side by side; prints what failed, with its words. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Skipped while this file does not exist. */
  readonly needs?: string;
}

interface Outcome {
  readonly passed: boolean;
  readonly output: string;
  readonly seconds: string;
}

const script = (path: string): readonly [string, string] => [process.execPath, path];

/** The longest first: they decide how long all of it takes. */
const CHECKS: readonly Check[] = [
  { name: "lint", command: ["oxlint", "--type-aware", "--format=agent"] },
  { name: "types", command: ["tsc", "--noEmit", "--project", "."] },
  {
    name: "types of the page",
    command: ["tsc", "--noEmit", "--project", "web"],
    needs: "web/tsconfig.json",
  },
  { name: "unused code", command: ["knip", "--no-progress", "--no-config-hints"] },
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "imports", command: script("scripts/check-imports.ts") },
  { name: "promises and tests", command: script("scripts/check-rules.ts") },
];

async function run({ command: [program, ...args] }: Check): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const startedAt = performance.now();
  let output = "";
  const finish = (passed: boolean): void =>
    resolve({ passed, output, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
  const running = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.stdout.on("data", (chunk) => (output += chunk));
  running.stderr.on("data", (chunk) => (output += chunk));
  running.on("error", (error) => {
    output += error.message;
    finish(false);
  });
  running.on("close", (code) => finish(code === 0));
  return promise;
}

async function report(check: Check): Promise<boolean> {
  const { passed, output, seconds } = await run(check);
  console.log(`${passed ? "✔" : "✖"} ${check.name} (${seconds} s)`);
  if (!passed) console.log(`\n${output.trim()}\n`);
  return passed;
}

const wanted = CHECKS.filter(({ needs }) => needs === undefined || existsSync(needs));
const passed = await Promise.all(wanted.map(report));
const failures = passed.filter((one) => !one).length;
console.log(
  failures === 0 ? "All checks passed." : `${failures} of ${passed.length} checks failed.`,
);
process.exitCode = failures === 0 ? 0 : 1;
