/** What can be asked on the command line. Each command's file is loaded only when it is called, so that small ones start fast. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";

import { Fault } from "#domain/fault.ts";

import { addKeeping } from "./commands-of-keeping.ts";
import { addErrors } from "./error-commands.ts";
import { addExecutions, addJourneys, addRetry } from "./execution-commands.ts";
import { EXIT } from "./exit-codes.ts";
import { addImport } from "./import-commands.ts";
import { addInvocations } from "./invocation-commands.ts";
import { DATA, PLACE, readCount, WORKSPACE } from "./options.ts";
import { complain, ownTerminal, type Screen, type Terminal } from "./terminal.ts";

function program(terminal: Screen): Command {
  const stint = new Command("stint");
  stint
    .description("Runs AI agents durably and keeps an exact account of every execution.")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(worded(text)) })
    .showSuggestionAfterError()
    .showHelpAfterError("  See `stint --help`");
  addServe(stint, terminal);
  addToken(stint, terminal);
  addParse(stint, terminal);
  addInvocations(stint, terminal);
  addImport(stint, terminal);
  addRun(stint, terminal);
  addSimulate(stint, terminal);
  addExecutions(stint, terminal);
  addErrors(stint, terminal);
  addUpkeep(stint, terminal);
  addKeeping(stint, { terminal, data: DATA });
  addRetry(stint, terminal);
  addJourneys(stint, terminal);
  addMetrics(stint, terminal);
  addBench(stint, terminal);
  return stint;
}

/** A prompt that begins with a dash, as a list does, is taken for an option: where it is to stand is said. */
function worded(error: string): string {
  const text = error.replace(/^error:/, "stint:");
  return /unknown option '.*\s.*'/s.test(text) ? `${text}  ${DASHED}\n` : text;
}

const DASHED = "Text that begins with a dash stands behind --";

function addServe(stint: Command, terminal: Terminal): void {
  stint
    .command("serve")
    .description("serve the page and the API from a data folder")
    .option("--host <host>", "the address to listen on", "127.0.0.1")
    .option("--port <port>", "the port to listen on; 0 takes a free one", readPort, 4400)
    .option("--data <dir>", "the data folder", DATA)
    .option("--example", "add an example workspace to an empty folder", false)
    .option("--concurrency <n>", "how many executions run at once (default: 1000)", readCount)
    .option("--workspace-concurrency <n>", "of one workspace (default: half of all)", readCount)
    .option("--agent-concurrency <n>", "of one agent (default: a quarter of all)", readCount)
    .action(async (options) => {
      const { serve } = await import("./serve.ts");
      process.exitCode = await serve(terminal, options);
    });
}

function addToken(stint: Command, terminal: Terminal): void {
  const token = stint.command("token").description("API keys");
  token
    .command("create")
    .description("print a new API key; nothing else is printed")
    .option("--data <dir>", "the data folder", DATA)
    .addOption(
      new Option("--role <role>", "what its holder may do")
        .choices(["owner", "admin", "member", "viewer"])
        .makeOptionMandatory(),
    )
    .option("--workspace <name>", "the workspace's name or id; not needed where there is one")
    .option("--name <name>", "what the key is called in the settings", "made on the command line")
    .action(async (options) => {
      const { createToken } = await import("./token.ts");
      process.exitCode = await createToken(terminal, options);
    });
}

function addParse(stint: Command, terminal: Terminal): void {
  stint
    .command("parse")
    .description("show the plan that instructions become")
    .argument("[text]", "the instructions; from standard input where they are left out")
    .option(
      "--jsonl",
      'read lines {"id","text"} and write lines {"id","plan"} or {"id","error"}',
      false,
    )
    .addOption(
      new Option(
        "--eval <file>",
        'measure the parser by the labelled lines {"id","text","expect"} of a file',
      ).conflicts("jsonl"),
    )
    .option(
      "--model <id>",
      "with --eval: measure this language model, with the key in STINT_MODEL_KEY",
    )
    .option("--json", "print the plan, or the figures of --eval, as JSON", false)
    .action(async (text: string | undefined, options) => {
      if (options.model !== undefined && options.eval === undefined)
        throw new Fault("bad_request", "--model is measured, so it needs --eval", {
          suggestion: "Leave it out: without --eval the built-in parser reads",
        });
      if (options.eval !== undefined) {
        const { evaluateParser } = await import("./parse-eval.ts");
        process.exitCode = await evaluateParser(terminal, options);
        return;
      }
      const { parse } = await import("./parse.ts");
      process.exitCode = await parse(terminal, text, options);
    });
}

function addRun(stint: Command, terminal: Terminal): void {
  stint
    .command("run")
    .description("run an agent now and follow it to its end")
    .argument("<agent>", "the agent's name or id")
    .option("--data <dir>", PLACE)
    .option("--workspace <name>", WORKSPACE)
    .option("--contact <id...>", "the contacts to work on, instead of what its trigger selects")
    .option("--deal <id>", "the deal to work on")
    .option("--detach", "print the execution's id and do not wait for its end", false)
    .option("--json", "print the ended execution as JSON", false)
    .action(async (agent: string, options) => {
      const { run } = await import("./run.ts");
      process.exitCode = await run(terminal, agent, options);
    });
}

function addSimulate(stint: Command, terminal: Terminal): void {
  stint
    .command("simulate")
    .description("show what an agent, or instructions, would do; nothing is sent or changed")
    .argument("[agent]", "the agent's name or id")
    .option("--data <dir>", PLACE)
    .option("--workspace <name>", WORKSPACE)
    .option("--text <instructions>", "these instructions, instead of the saved ones")
    .option("--contact <id...>", "the contacts to work on, instead of what its trigger selects")
    .option("--deal <id>", "the deal to work on")
    .option("--most <n>", "how many are walked (default: 200)", readCount)
    .option("--json", "print the simulation as JSON", false)
    .action(async (agent: string | undefined, options) => {
      const { simulate } = await import("./simulate.ts");
      process.exitCode = await simulate(terminal, agent, options);
    });
}

function addUpkeep(stint: Command, terminal: Terminal): void {
  stint
    .command("doctor")
    .description("look a data folder over: files, facts, and everything that follows from them")
    .option("--data <dir>", "the data folder", DATA)
    .option("--repair", "mend what follows from the facts, after a copy was made", false)
    .option("--json", "print one line of JSON", false)
    .action(async (options) => {
      const { doctor } = await import("./doctor.ts");
      process.exitCode = await doctor(terminal, options);
    });
  stint
    .command("backup")
    .description("copy the data folder while it is in use, and read the copy back")
    .argument("<target>", "the folder to make")
    .option("--data <dir>", "the data folder", DATA)
    .action(async (target: string, options) => {
      const { makeBackup } = await import("./backup.ts");
      process.exitCode = await makeBackup(terminal, target, options);
    });
  stint
    .command("restore")
    .description("make a data folder of a backup; what was open in it is held")
    .argument("<source>", "the backup")
    .option("--data <dir>", "the folder to make, or an empty one", DATA)
    .action(async (source: string, options) => {
      const { restoreBackup } = await import("./backup.ts");
      process.exitCode = await restoreBackup(terminal, source, options);
    });
  stint
    .command("release")
    .description("let go on what is held after a restore, or because the clock jumped")
    .option("--data <dir>", "the data folder", DATA)
    .action(async (options) => {
      const { releaseHeld } = await import("./backup.ts");
      process.exitCode = await releaseHeld(terminal, options);
    });
}

function addMetrics(stint: Command, terminal: Terminal): void {
  stint
    .command("metrics")
    .description(
      "AI time, human time, tokens and cost of a project's specs, from its .stint folder",
    )
    .argument("[spec]", "which one; without it, all of them")
    .option("--project <dir>", "the project folder", ".")
    .option("--json", "print one line of JSON", false)
    .action(async (spec: string | undefined, options) => {
      const { showMetrics } = await import("./metrics.ts");
      process.exitCode = await showMetrics(terminal, spec, options);
    });
}

function addBench(stint: Command, terminal: Terminal): void {
  stint
    .command("bench")
    .description("measure a workload of the design (W1, W2, …)")
    .argument("[workload]", "which one; without it, all of them")
    .option("--json", "print one line of JSON a workload", false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (_workload, _options, command: Command) => {
      const { bench } = await import("./bench.ts");
      process.exitCode = await bench(terminal, command.parent?.args.slice(1) ?? []);
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

/** Runs one command line and sets the exit code; the process ends when nothing is left to do. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const terminal = ownTerminal();
  endQuietlyOnClosedPipe();
  try {
    await program(terminal).parseAsync(argv, { from: "user" });
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError
        ? error.exitCode === 0
          ? EXIT.done
          : EXIT.usage
        : complain(terminal, error);
  }
}

/** `stint executions ls | head` closes our output early; that is no failure. */
function endQuietlyOnClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.failed);
  });
}
