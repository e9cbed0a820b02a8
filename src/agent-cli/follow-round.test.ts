/** With processes that say what real Agent CLIs were recorded to say. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, suite, test } from "node:test";

import { systemClock } from "#domain/clock.ts";

import { claude } from "./adapters/claude.ts";
import { commandAdapter } from "./adapters/command.ts";
import { gemini } from "./adapters/gemini.ts";
import { agentEnvironment } from "./environment.ts";
import { followRound, type Following, type RoundEnd } from "./follow-round.ts";
import type { Read } from "./reading.ts";
import { machineProcesses as processes } from "./supervisor/machine.ts";
import { adopt, start, type Supervised } from "./supervisor/supervise.ts";
import { leftOf } from "./supervisor/testing.ts";
import { RECORDED_PRICES } from "./testing.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-rounds-"));
after(() => rm(scratch, { recursive: true, force: true }));

const watching = { processes, clock: systemClock };
const FIXTURES = join(import.meta.dirname, "../../test/fixtures/agent-cli");
const SUPERVISE = new URL("supervisor/supervise.ts", import.meta.url).href;
const MACHINE = new URL("supervisor/machine.ts", import.meta.url).href;
const CLOCK = import.meta.resolve("#domain/clock.ts");
let count = 0;

/** Says so many lines of a recording, does what the script says, and then the rest; ends with the code. */
function sayer(name: string, { lines = Infinity, code = 0, then = "" } = {}) {
  const script = `
    const said = require("node:fs").readFileSync(process.argv[1], "utf8").split("\\n").filter(Boolean);
    const say = (from, to) => said.slice(from, to).forEach((line) => console.log(line));
    const rest = () => { say(${lines}); process.exitCode = ${code}; };
    say(0, ${lines});
    ${then === "" ? "rest();" : then}`;
  count += 1;
  const id = `inv_round_${process.pid}_${count}`;
  return {
    executionId: id,
    command: process.execPath,
    args: ["-e", script, join(FIXTURES, `${name}.jsonl`)],
    cwd: scratch,
    env: agentEnvironment(process.env),
    folder: join(scratch, id),
  };
}

const STAYS = "setInterval(() => {}, 1000);";

function follow(
  supervised: Supervised,
  folder: string,
  more: Partial<Following> = {},
): Promise<RoundEnd> {
  const reading = { prices: RECORDED_PRICES };
  return followRound({ supervised, folder, adapter: claude, clock: systemClock, reading, ...more });
}

function run(launch: ReturnType<typeof sayer>, more: Partial<Following> = {}): Promise<RoundEnd> {
  return follow(start(watching, launch), launch.folder, more);
}

suite("rounds", () => {
  test("AC-22 a round comes to its outcome, tokens and cost, told as they come", async () => {
    const told: Read[] = [];
    const tell = (reads: readonly Read[]) => void told.push(...reads);
    const { round, verdict, exit } = await run(sayer("claude-code-2.1.329-tool"), { tell });
    assert.deepEqual(verdict, { outcome: "succeeded", reason: null, message: null });
    assert.deepEqual([round.nano, round.tools], [4_080_000n, { Bash: 1 }]);
    assert.equal(exit.code, 0);
    assert.deepEqual(
      told.map(({ event }) => event.type),
      ["session", "text", "tool_started", "tool_ended", "text", "cost", "usage", "end"],
    );
  });

  test("AC-22 a lying exit code changes nothing, and one without a closing event does", async () => {
    const limited = await run(sayer("gemini-cli-0.61.0-err429", { code: 173 }), {
      adapter: gemini,
    });
    assert.deepEqual([limited.verdict.outcome, limited.verdict.reason], ["failed", "rate_limit"]);
    const cut = await run(sayer("claude-code-2.1.329-text", { lines: 2, then: "process.exit(0)" }));
    assert.deepEqual([cut.verdict.outcome, cut.verdict.reason], ["failed", "no_closing_event"]);
  });

  test("AC-23 what does not end after its closing event is ended, and has succeeded all the same", async () => {
    const launch = sayer("claude-code-2.1.329-text", { then: STAYS });
    const { verdict, exit } = await run(launch, { bounds: { graceMs: 50 } });
    assert.deepEqual([verdict.outcome, exit.told], ["succeeded", "no_end"]);
    assert.deepEqual(leftOf(launch.executionId), []);
  });

  test("AC-24 what only tries again for too long is ended, and says why", async () => {
    const launch = sayer("claude-code-2.1.329-err500-default", { lines: 4, then: STAYS });
    const { verdict, round } = await run(launch, { bounds: { stallMs: 50 } });
    assert.deepEqual([verdict.outcome, verdict.reason, round.retries], ["failed", "limit", 3]);
    assert.equal(verdict.message, "It was stopped: its provider failed for longer than 50 ms.");
  });

  test("AC-24 what costs more than it may is ended, and says why", async () => {
    const launch = sayer("opencode-1.18.33-tool", { lines: 3, then: STAYS });
    const { opencode } = await import("./adapters/opencode.ts");
    const { verdict } = await run(launch, { adapter: opencode, bounds: { nano: 1_000_000n } });
    assert.deepEqual([verdict.outcome, verdict.reason], ["failed", "budget"]);
    assert.match(verdict.message ?? "", /it cost more than \$0\.001/);
  });

  test("AC-24 what takes more than it may is ended, and says how much that is", async () => {
    const launch = sayer("claude-code-2.1.329-text", {
      lines: 2,
      then: `const held = Buffer.alloc(2e8, 1); setInterval(() => held, 50);`,
    });
    const ended = follow(start(watching, launch, { memoryBytes: 64 * 1024 ** 2 }), launch.folder);
    const { verdict } = await ended;
    assert.deepEqual([verdict.outcome, verdict.reason], ["failed", "limit"]);
    assert.equal(verdict.message, "It was stopped: it took more memory than 64 MiB.");
  });

  test("AC-25 a cancel is a cancel, whatever the exit code says", async () => {
    const then = `process.on("SIGINT", () => process.exit(0)); ${STAYS} console.log('{"type":"keep_alive"}')`;
    const launch = sayer("claude-code-2.1.329-tool", { lines: 3, then });
    const supervised = start(watching, launch);
    const ended = follow(supervised, launch.folder);
    for await (const chunk of supervised.output(0)) if (chunk.includes("keep_alive")) break;
    await supervised.end("canceled");
    const { verdict, exit, round } = await ended;
    assert.deepEqual([verdict.outcome, exit.code], ["canceled", 0]);
    assert.equal(round.open.length, 1);
  });

  const TIDIES = `process.on("SIGINT", () => process.exit(0)); console.log("ready"); ${STAYS}`;

  test("AC-70 a command that is stopped, tidies up and exits 0 has not succeeded", async () => {
    const adapter = commandAdapter("any", []);
    const stopped = async (reason: "canceled" | "total_time" | "memory") => {
      const launch = { ...sayer("claude-code-2.1.329-text"), args: ["-e", TIDIES] };
      const supervised = start(watching, launch, { totalMs: 3_600_000, memoryBytes: 1e12 });
      const ended = follow(supervised, launch.folder, { adapter });
      for await (const chunk of supervised.output(0)) if (chunk.includes("ready")) break;
      await supervised.end(reason);
      const { verdict, exit } = await ended;
      return [verdict.outcome, verdict.reason, exit.code];
    };
    assert.deepEqual(await stopped("canceled"), ["canceled", null, 0]);
    assert.deepEqual(await stopped("total_time"), ["failed", "limit", 0]);
    assert.deepEqual(await stopped("memory"), ["failed", "limit", 0]);
  });

  test("AC-70 what had ended by itself was not stopped by a cancel that came too late", async () => {
    const launch = { ...sayer("claude-code-2.1.329-text"), args: ["-e", ""] };
    await start(watching, launch).ended;
    const late = adopt(watching, launch.folder);
    assert.ok(late !== undefined);
    const ended = follow(late, launch.folder, { adapter: commandAdapter("any", []) });
    await late.end("canceled");
    const { verdict, exit } = await ended;
    assert.deepEqual([verdict.outcome, exit.told, exit.code], ["succeeded", null, 0]);
  });

  test("AC-70 an agent that had said that it is done had succeeded before its limit", async () => {
    const launch = sayer("claude-code-2.1.329-text", { then: `rest(); ${STAYS}` });
    const supervised = start(watching, launch, { totalMs: 3_600_000 });
    const ended = follow(supervised, launch.folder);
    for await (const chunk of supervised.output(0)) if (chunk.includes('"result"')) break;
    await supervised.end("total_time");
    const { verdict, exit } = await ended;
    assert.deepEqual([verdict.outcome, exit.told], ["succeeded", "total_time"]);
  });

  test("AC-26 kill -9 of Stint in the middle of a round: followed again, it comes to the same", async () => {
    const go = join(scratch, "go");
    const then = `const wait = setInterval(() => {
      if (!require("node:fs").existsSync(${JSON.stringify(go)})) return;
      clearInterval(wait); rest();
    }, 10);`;
    const launch = sayer("claude-code-2.1.329-tool", { lines: 3, then });
    const program = `
      const { start } = await import(${JSON.stringify(SUPERVISE)});
      const { machineProcesses: processes } = await import(${JSON.stringify(MACHINE)});
      const { systemClock: clock } = await import(${JSON.stringify(CLOCK)});
      const supervised = start({ processes, clock }, ${JSON.stringify(launch)});
      for await (const chunk of supervised.output(0)) if (chunk.includes("tool_use")) break;
      process.kill(process.pid, "SIGKILL");`;
    const stint = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await Promise.all([text(stint.stdout), once(stint, "exit")]);
    assert.ok(leftOf(launch.executionId).length > 0);
    const supervised = adopt(watching, launch.folder);
    assert.ok(supervised !== undefined);
    await writeFile(go, "");
    const again = await follow(supervised, launch.folder);
    const whole = await run(sayer("claude-code-2.1.329-tool"));
    assert.deepEqual(
      [again.round, again.verdict, again.counters],
      [whole.round, whole.verdict, whole.counters],
    );
    assert.equal(again.exit.code, 0);
  });

  test("AC-27 a command that prints without end takes no memory for it, and nothing is lost", async () => {
    const lines = 400_000;
    const launch = {
      ...sayer("claude-code-2.1.329-text"),
      args: [
        "-e",
        `const s = ("x".repeat(99) + "\\n").repeat(1000); for (let n = 0; n < ${lines / 1000}; n += 1) require("node:fs").writeSync(1, s);`,
      ],
    };
    let bytes = 0;
    const { round, verdict } = await run(launch, {
      adapter: commandAdapter("any", []),
      tell: (reads) => {
        for (const { event } of reads) if (event.type === "text") bytes += event.text.length;
      },
    });
    assert.deepEqual([verdict.outcome, bytes], ["succeeded", lines * 100]);
    assert.ok(round.text.length <= 2 * 256 * 1024);
  });

  test("AC-28 an agent has the user's environment, and nothing of Stint's", () => {
    const own = {
      HOME: "/home/ana",
      ANTHROPIC_API_KEY: "key",
      STINT_TOKEN: "secret",
      NODE_OPTIONS: "--inspect",
      npm_config_x: "1",
      NOTHING: undefined,
    };
    const env = { HOME: "/home/ana", ANTHROPIC_API_KEY: "key", ADDED: "1" };
    assert.deepEqual(agentEnvironment(own, { ADDED: "1" }), env);
  });
});
