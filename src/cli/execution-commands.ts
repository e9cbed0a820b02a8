/** The commands about executions: what ran, what became of it, and what can be done about it. */
import { type Command, Option } from "commander";

import { PLACE, readCount, WORKSPACE } from "./options.ts";
import type { Screen, Terminal } from "./terminal.ts";

export function addExecutions(stint: Command, terminal: Screen): void {
  const executions = stint.command("executions").description("what ran and what became of it");
  const shared = (command: Command): Command =>
    command
      .option("--data <dir>", PLACE)
      .option("--workspace <name>", WORKSPACE)
      .option("--json", "print JSON, one execution or event a line", false);
  filtered(shared(executions.command("ls").description("list executions, newest first")))
    .option("--limit <n>", "how many at most", readCount, 50)
    .action(async (options) => {
      const { listExecutions } = await import("./executions.ts");
      process.exitCode = await listExecutions(terminal, options);
    });
  addExport(executions);
  addShowing(executions, terminal, shared);
  const again = executions.command("try-again").argument("<id>");
  shared(again.description("look again whether a blocked execution matches its program")).action(
    async (id: string, options) => {
      const { tryAgain } = await import("./executions.ts");
      process.exitCode = await tryAgain(terminal, id, options);
    },
  );
  addExecutionActs(executions, terminal, shared);
  addBulk(executions, terminal, shared);
}

/** What is printed for programs is the same for every kind. */
function addShowing(
  executions: Command,
  terminal: Screen,
  shared: (command: Command) => Command,
): void {
  shared(
    executions.command("show").description("show one execution with its steps").argument("<id>"),
  )
    .option("--at <moment>", "as it stood then: the position of a fact, or an ISO time")
    .action(async (id: string, options) => {
      const isRead = options.json || options.at !== undefined;
      const { showExecution } = await import("./executions.ts");
      const { showAny } = await import("./invocations/show.ts");
      process.exitCode = await (isRead ? showExecution : showAny)(terminal, id, options);
    });
  shared(
    executions.command("follow").description("follow one execution to its end").argument("<id>"),
  ).action(async (id: string, options) => {
    const { followExecution } = await import("./executions.ts");
    const { followAny } = await import("./invocations/follow.ts");
    process.exitCode = options.json
      ? await followExecution(terminal, id, options)
      : await followAny(terminal, id, { ...options, fromNow: false });
  });
}

function addExecutionActs(
  executions: Command,
  terminal: Terminal,
  shared: (command: Command) => Command,
): void {
  shared(executions.command("tree").description("show what runs or ran under one").argument("<id>"))
    .option("--root", "the whole tree that it stands in", false)
    .option("--limit <n>", "how many at most", readCount, 500)
    .action(async (id: string, options) => {
      const { showTree } = await import("./execution-tree.ts");
      process.exitCode = await showTree(terminal, id, options);
    });
  const acts = {
    pause: "pause one and what runs under it: steps under way end, none begins",
    resume: "let a paused one go on; its waits end when they would have",
  } as const;
  for (const act of ["pause", "resume"] as const) {
    shared(executions.command(act).description(acts[act]).argument("<id>")).action(
      async (id: string, options) => {
        const { actOnExecution } = await import("./execution-acts.ts");
        process.exitCode = await actOnExecution(terminal, act, id, options);
      },
    );
  }
}

function addExport(executions: Command): void {
  filtered(
    executions
      .command("export")
      .description("write executions as a file, newest first")
      .option("--data <dir>", PLACE)
      .option("--workspace <name>", WORKSPACE),
  )
    .addOption(
      new Option("--format <format>", "what kind of file").choices(["csv", "json"]).default("csv"),
    )
    .option("--out <file>", "where to; standard output where it is left out")
    .action(async (options) => {
      const { exportExecutions } = await import("./export.ts");
      process.exitCode = await exportExecutions(options);
    });
}

/** What narrows lists and exports alike. */
function filtered(command: Command): Command {
  return command
    .option("--agent <agent>", "only those of this agent, by name or id")
    .option("--blocked", "only those that no longer match their program", false)
    .option("--status <status>", "only those with this status, or several with commas between")
    .option("--phase <phase>", "only those in this phase, whatever their kind: failed, waiting, …")
    .option("--kind <kind>", "only those of this kind: automation, program, …")
    .option("--cli <name>", "only those of this Agent CLI: claude, codex, gemini, acp, command, …")
    .option("--trigger <type>", "only those started so: manual, scheduled, event, api, retry, …")
    .option("--target <id>", "only those about this contact, company or deal")
    .option("--label <text>", "only those whose label contains this")
    .option("--search <text>", "only those in which each word of it begins a word")
    .option("--error <id>", "only those that failed of this error, as `errors ls` tells it")
    .option("--range <range>", "only those of the last 24h, 7d or 30d")
    .option("--from <time>", "only those created at or after, such as 2026-01-31T00:00:00Z")
    .option("--to <time>", "only those created at or before")
    .option("--min-duration <ms>", "only those that took so long or longer, in milliseconds")
    .option("--max-duration <ms>", "only those that took no longer")
    .option("--min-cost <dollars>", "only those that cost so much or more")
    .option("--max-cost <dollars>", "only those that cost no more");
}

const BULK_ACTS = [
  ["cancel", "cancel those that a filter finds; without --status, all that are open"],
  ["retry", "retry those that a filter finds; without --status, all that have failed"],
] as const;

function addBulk(executions: Command, terminal: Terminal, shared: (of: Command) => Command): void {
  for (const [act, description] of BULK_ACTS) {
    const command = filtered(shared(executions.command(act).description(description))).option(
      "--yes",
      "do it without asking",
      false,
    );
    // `--from` is the filter's
    if (act === "retry") command.option("--step <step>", '"start", "failed" or a step', "failed");
    else command.option("--reason <text>", "why, for those who look at it later");
    command.action(async ({ step, reason, ...options }) => {
      const { actOnMany } = await import("./bulk.ts");
      const more = {
        ...(step !== undefined && { from: step }),
        ...(reason !== undefined && { reason }),
      };
      process.exitCode = await actOnMany(terminal, act, more, options);
    });
  }
}

export function addRetry(stint: Command, terminal: Terminal): void {
  stint
    .command("retry")
    .description("try an ended execution again, as a new one; prints its id")
    .argument("<id>")
    .option("--data <dir>", PLACE)
    .option("--workspace <name>", WORKSPACE)
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

export function addJourneys(stint: Command, terminal: Terminal): void {
  const journeys = stint.command("journeys").description("each contact's way through an execution");
  const shared = (command: Command): Command =>
    command
      .argument("<id>", "the execution's id")
      .option("--data <dir>", PLACE)
      .option("--workspace <name>", WORKSPACE)
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
