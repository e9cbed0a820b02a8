/** What can be asked on the command line. Each command's file is loaded only when it is called, so that small ones start fast. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";

import { EXIT } from "./exit-codes.ts";
import { complain, ownTerminal, type Terminal } from "./terminal.ts";

const DATA = "./data";

function program(terminal: Terminal): Command {
  const stint = new Command("stint");
  stint
    .description("Runs AI agents durably and keeps an exact account of every execution.")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, "stint:")) })
    .showSuggestionAfterError()
    .showHelpAfterError("  See `stint --help`");
  addServe(stint, terminal);
  addToken(stint, terminal);
  addParse(stint, terminal);
  addRun(stint, terminal);
  addExecutions(stint, terminal);
  addRetry(stint, terminal);
  addJourneys(stint, terminal);
  addBench(stint, terminal);
  return stint;
}

function addServe(stint: Command, terminal: Terminal): void {
  stint
    .command("serve")
    .description("serve the page and the API from a data folder")
    .option("--host <host>", "the address to listen on", "127.0.0.1")
    .option("--port <port>", "the port to listen on; 0 takes a free one", readPort, 4400)
    .option("--data <dir>", "the data folder", DATA)
    .option("--example", "add an example workspace to an empty folder", false)
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
    .option("--json", "print the plan as JSON", false)
    .action(async (text: string | undefined, options) => {
      const { parse } = await import("./parse.ts");
      process.exitCode = await parse(terminal, text, options);
    });
}

function addRun(stint: Command, terminal: Terminal): void {
  stint
    .command("run")
    .description("run an agent now and follow it to its end")
    .argument("<agent>", "the agent's name or id")
    .option("--data <dir>", "the data folder", DATA)
    .option("--workspace <name>", "the workspace's name or id; not needed where there is one")
    .option("--contact <id...>", "the contacts to work on, instead of what its trigger selects")
    .option("--deal <id>", "the deal to work on")
    .option("--detach", "print the execution's id and do not wait for its end", false)
    .option("--json", "print the ended execution as JSON", false)
    .action(async (agent: string, options) => {
      const { run } = await import("./run.ts");
      process.exitCode = await run(terminal, agent, options);
    });
}

function addExecutions(stint: Command, terminal: Terminal): void {
  const executions = stint.command("executions").description("what ran and what became of it");
  const shared = (command: Command): Command =>
    command
      .option("--data <dir>", "the data folder", DATA)
      .option("--workspace <name>", "the workspace's name or id; not needed where there is one")
      .option("--json", "print JSON, one execution or event a line", false);
  shared(executions.command("ls").description("list executions, newest first"))
    .option("--status <status>", "only those with this status")
    .option("--agent <agent>", "only those of this agent, by name or id")
    .option("--blocked", "only those that no longer match their program", false)
    .option("--limit <n>", "how many at most", readCount, 50)
    .action(async (options) => {
      const { listExecutions } = await import("./executions.ts");
      process.exitCode = await listExecutions(terminal, options);
    });
  shared(
    executions.command("show").description("show one execution with its steps").argument("<id>"),
  )
    .option("--at <moment>", "as it stood then: the position of a fact, or an ISO time")
    .action(async (id: string, options) => {
      const { showExecution } = await import("./executions.ts");
      process.exitCode = await showExecution(terminal, id, options);
    });
  shared(
    executions.command("follow").description("follow one execution to its end").argument("<id>"),
  ).action(async (id: string, options) => {
    const { followExecution } = await import("./executions.ts");
    process.exitCode = await followExecution(terminal, id, options);
  });
  const again = executions.command("try-again").argument("<id>");
  shared(again.description("look again whether a blocked execution matches its program")).action(
    async (id: string, options) => {
      const { tryAgain } = await import("./executions.ts");
      process.exitCode = await tryAgain(terminal, id, options);
    },
  );
  addBulk(executions, terminal, shared);
}

const BULK_ACTS = [
  ["cancel", "cancel those that a filter finds; without --status, all that are open"],
  ["retry", "retry those that a filter finds; without --status, all that have failed"],
] as const;

function addBulk(executions: Command, terminal: Terminal, shared: (of: Command) => Command): void {
  for (const [act, description] of BULK_ACTS) {
    const command = shared(executions.command(act).description(description))
      .option("--status <status>", "only those with this status")
      .option("--agent <agent>", "only those of this agent, by name or id")
      .option("--yes", "do it without asking", false);
    if (act === "retry") command.option("--from <step>", '"start", "failed" or a step', "failed");
    else command.option("--reason <text>", "why, for those who look at it later");
    command.action(async ({ from, reason, ...options }) => {
      const { actOnMany } = await import("./bulk.ts");
      const more = { ...(from !== undefined && { from }), ...(reason !== undefined && { reason }) };
      process.exitCode = await actOnMany(terminal, act, more, options);
    });
  }
}

function addRetry(stint: Command, terminal: Terminal): void {
  stint
    .command("retry")
    .description("try an ended execution again, as a new one; prints its id")
    .argument("<id>")
    .option("--data <dir>", "the data folder", DATA)
    .option("--workspace <name>", "the workspace's name or id; not needed where there is one")
    .option(
      "--from <step>",
      '"start", "failed" for where it failed, or the path of a step such as 3.then.1',
    )
    .option("--current", "with the agent's current instructions, not those it ran with", false)
    .option("--failed-only", "only for the contacts whose journeys had failed", false)
    .option("--json", "print the answer as JSON", false)
    .action(async (id: string, options) => {
      const { retryExecution } = await import("./retry.ts");
      process.exitCode = await retryExecution(terminal, id, options);
    });
}

const JOURNEY_ACTS = [
  ["stop", "end one contact's journey where it is, and no other"],
  ["skip-wait", "let one journey that waits for a timer go on now"],
  ["retry", "try one journey of an ended execution again from where it failed"],
] as const;

function addJourneys(stint: Command, terminal: Terminal): void {
  const journeys = stint.command("journeys").description("each contact's way through an execution");
  const shared = (command: Command): Command =>
    command
      .argument("<id>", "the execution's id")
      .option("--data <dir>", "the data folder", DATA)
      .option("--workspace <name>", "the workspace's name or id; not needed where there is one")
      .option("--json", "print JSON, one journey a line", false);
  shared(journeys.command("ls").description("list an execution's journeys")).action(
    async (id: string, options) => {
      const { listJourneys } = await import("./journeys.ts");
      process.exitCode = await listJourneys(terminal, id, options);
    },
  );
  for (const [act, description] of JOURNEY_ACTS) {
    shared(journeys.command(act).description(description))
      .argument("<lane>", "its number, as `journeys ls` tells it", readCount)
      .action(async (id: string, lane: number, options) => {
        const { actOnJourney } = await import("./journeys.ts");
        process.exitCode = await actOnJourney(terminal, act, { id, lane }, options);
      });
  }
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

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError("It is a whole number from 1.");
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
