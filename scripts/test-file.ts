/** Runs one test file in a process of its own and tells what became of its tests. */
import { run } from "node:test";
import type { EventData } from "node:test";
import { inspect } from "node:util";

export interface Failure {
  readonly name: string;
  readonly place: string;
  readonly reason: string;
}

export interface FileResult {
  readonly path: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** The reasons given, one for each skipped test. */
  readonly skipped: readonly string[];
  readonly ms: number;
  /** What the file printed: worth reading only where something failed. */
  readonly output: string;
}

export interface TestOptions {
  readonly seed: number;
  readonly namePattern?: string | undefined;
  readonly fileLimitMs: number;
}

/** A test is stopped by name shortly before its file is stopped without one. */
const TEST_LIMIT_SHARE = 0.8;

export async function runTestFile(path: string, options: TestOptions): Promise<FileResult> {
  const startedAt = performance.now();
  const tally = newTally(path);
  const events = run({
    files: [path],
    concurrency: 1,
    timeout: options.fileLimitMs * TEST_LIMIT_SHARE,
    signal: AbortSignal.timeout(options.fileLimitMs),
    execArgv: ["--import", new URL("./test-seed.ts", import.meta.url).href],
    ...(options.namePattern === undefined
      ? {}
      : { testNamePatterns: new RegExp(options.namePattern) }),
  });
  events.on("test:pass", tally.pass);
  events.on("test:fail", tally.fail);
  events.on("test:stdout", tally.print);
  events.on("test:stderr", tally.print);
  // The stream flows, and so ends, only while somebody reads it.
  for await (const _ of events);
  return { ...tally.result(options.namePattern !== undefined), ms: performance.now() - startedAt };
}

interface Tally {
  readonly pass: (event: EventData.TestPass) => void;
  readonly fail: (event: EventData.TestFail) => void;
  readonly print: (event: EventData.TestStdout | EventData.TestStderr) => void;
  readonly result: (mayBeEmpty: boolean) => Omit<FileResult, "ms">;
}

function newTally(path: string): Tally {
  let passed = 0;
  let output = "";
  const failures: Failure[] = [];
  const skipped: string[] = [];
  return {
    pass: (event) => {
      if (isSuite(event) || isTheFileItself(event, path)) return;
      const excuse = excuseOf(event);
      if (excuse === undefined) passed += 1;
      else skipped.push(excuse);
    },
    fail: (event) => {
      if (failureTypeOf(event) === "subtestsFailed") return;
      const excuse = excuseOf(event);
      if (excuse === undefined) failures.push(failureOf(event, path));
      else skipped.push(excuse);
    },
    print: ({ message }) => {
      output += message;
    },
    result: (mayBeEmpty) => {
      const isEmpty = passed + failures.length + skipped.length === 0;
      const empty = { name: "(no test)", place: path, reason: "This file holds no test." };
      return {
        path,
        passed,
        skipped,
        output,
        failures: isEmpty && !mayBeEmpty ? [empty] : failures,
      };
    },
  };
}

/** Node says it, and its types do not. A suite fails with its tests, which are counted themselves. */
const failureTypeOf = ({ details }: EventData.TestFail): unknown =>
  "failureType" in details.error ? details.error.failureType : undefined;

type Event = EventData.TestPass | EventData.TestFail;

const isSuite = ({ details }: Event): boolean => details.type === "suite";

/** Node reports a file without tests, or one that breaks off, as a test that is named by its path. */
const isTheFileItself = ({ name, nesting }: Event, path: string): boolean =>
  nesting === 0 && name === path;

function excuseOf({ skip, todo }: Event): string | undefined {
  if (isGiven(skip)) return typeof skip === "string" ? skip : "no reason given";
  if (isGiven(todo)) return typeof todo === "string" ? `to do: ${todo}` : "to do";
  return undefined;
}

const isGiven = (mark: string | boolean | undefined): boolean =>
  mark !== undefined && mark !== false;

function failureOf(event: EventData.TestFail, path: string): Failure {
  const { name, line, file, details } = event;
  const place = line === undefined ? (file ?? path) : `${file ?? path}:${line}`;
  if (isTheFileItself(event, path)) {
    return { name: "(the file)", place, reason: `It broke off: ${details.error.message}.` };
  }
  return { name, place, reason: reasonOf(details.error) };
}

/** The error's own words (an assertion's difference, fast-check's seed) and our part of its stack. */
function reasonOf(error: EventData.Error): string {
  const cause: unknown = error.cause ?? error.message;
  return textOf(cause)
    .split("\n")
    .filter((line) => !/^\s+at .*(node:|node_modules)/.test(line))
    .join("\n");
}

/** An assertion has said everything in its message; another error may carry more beside it. */
function textOf(cause: unknown): string {
  if (typeof cause === "string") return cause;
  if (cause instanceof Error && "code" in cause && cause.code === "ERR_ASSERTION") {
    return cause.stack ?? cause.message;
  }
  return inspect(cause, { colors: false, depth: 4 });
}
