/** The commands for people who work with agents at a terminal. */
import { Argument, type Command, Option } from "commander";

import { readBytes, readDollars, readDuration } from "./invocations/amounts.ts";
import { wordsOf } from "./invocations/input.ts";
import { PLACE, readCount, WORKSPACE } from "./options.ts";
import type { Screen } from "./terminal.ts";

const ID = "its id, or as much of its beginning or end as no other has";

export function addInvocations(stint: Command, screen: Screen): void {
  addExec(stint, screen);
  addResume(stint, screen);
  addAnswer(stint, screen);
  addCancel(stint, screen);
  addLooking(stint, screen);
}

const LIMIT_COST = "end it when all its rounds have cost more, such as 0.50";

const shared = (command: Command, json: string): Command =>
  command
    .option("--data <dir>", PLACE)
    .option("--workspace <name>", WORKSPACE)
    .option("--json", json, false);

const collect = (each: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  each,
];

const EXEC_HELP = `
Examples:
  stint exec claude "Fix the failing tests"
  stint exec codex --permission all --limit-cost 2 "Upgrade the dependencies"
  stint exec "acp:goose acp" "Explain this repository"
  stint exec -- npm test`;

function addExec(stint: Command, screen: Screen): void {
  const command = stint
    .command("exec")
    .description("run an Agent CLI, or with -- any command, and show what it does")
    .argument(
      "[words...]",
      "claude, codex, gemini, opencode, qwen or acp:COMMAND, and what it is to do; or -- a command",
    )
    .option("--folder <dir>", "where it works (default: here)")
    .option("--model <name>", "which model, as the Agent CLI calls it")
    .addOption(
      new Option("--permission <what>", "what it may do without asking (default: edit)").choices([
        "read",
        "edit",
        "all",
      ]),
    )
    .option("--max-turns <n>", "how often its model may be asked at the most", readCount)
    .option("--label <text>", "what it is called in lists")
    .option("--node <id>", "the work node that it is for")
    .option("--env <name>", "NAME=VALUE, or NAME as it is here; once for each", collect)
    .option("--limit-time <duration>", "end it after so long, such as 10m", readDuration)
    .option("--limit-idle <duration>", "end it when it has said nothing for so long", readDuration)
    .option("--limit-memory <size>", "end it when it takes more, such as 2GB", readBytes)
    .option("--limit-output <size>", "end it when it writes more (default: 10GB)", readBytes)
    .option("--limit-cost <dollars>", LIMIT_COST, readDollars)
    .option("--ask", "ask a person for what goes beyond that: you, at a terminal", false)
    .option("--shared", "let it work in its folder beside others that say so too", false)
    .option("--detach", "print its id and do not wait for it", false)
    .addHelpText("after", EXEC_HELP);
  shared(command, "print its events as JSON, one a line").action(
    async (words: string[], options) => {
      const { exec } = await import("./invocations/exec.ts");
      process.exitCode = await exec(screen, wordsOf(words, process.argv.slice(2)), options);
    },
  );
}

function addResume(stint: Command, screen: Screen): void {
  const command = stint
    .command("resume")
    .description("say something more to an agent that has ended, in the same session")
    .argument("<id>", ID)
    .argument("[message...]", "from standard input where it is left out")
    .option("--limit-cost <dollars>", LIMIT_COST, readDollars)
    .option("--detach", "do not wait for its answer", false);
  shared(command, "print its events as JSON, one a line").action(
    async (id: string, message: string[], options) => {
      const { resume } = await import("./invocations/exec.ts");
      process.exitCode = await resume(screen, id, message, options);
    },
  );
}

function addAnswer(stint: Command, screen: Screen): void {
  const command = stint
    .command("answer")
    .description("let an agent do what it asks for, or do not")
    .argument("<id>", ID)
    .addArgument(new Argument("<decision>", "what it is told").choices(["allow", "deny"]))
    .option("--request <name>", "which of its questions, where several are open")
    .option("--why <text>", "why it is denied: Claude Code is told");
  shared(command, "print the answer as JSON").action(
    async (id: string, decision: "allow" | "deny", options) => {
      const { answerAny } = await import("./invocations/answer.ts");
      process.exitCode = await answerAny(screen, id, decision, options);
    },
  );
}

function addCancel(stint: Command, screen: Screen): void {
  const command = stint
    .command("cancel")
    .description("end one that runs, and what runs under it; does not wait for that")
    .argument("<id>", ID)
    .option("--reason <text>", "why, for those who look at it later");
  shared(command, "print the answer as JSON").action(async (id: string, options) => {
    const { actOnExecution } = await import("./execution-acts.ts");
    process.exitCode = await actOnExecution(screen, "cancel", id, options);
  });
}

function addLooking(stint: Command, screen: Screen): void {
  const ls = stint.command("ls").description("list agents that ran, and all else that runs");
  shared(ls, "print JSON, one a line")
    .option("--all", "whatever ran, of every kind", false)
    .option("--limit <n>", "how many at most", readCount, 20)
    .action(async (options) => {
      const { listAll } = await import("./invocations/ls.ts");
      process.exitCode = await listAll(screen, options);
    });
  const show = stint
    .command("show")
    .description("show one that ran or runs")
    .argument("<id>", ID)
    .option("--find <text>", "the lines that have that, of all that an agent or command wrote");
  shared(show, "print JSON").action(async (id: string, options) => {
    const { showAny } = await import("./invocations/show.ts");
    process.exitCode = await showAny(screen, id, options);
  });
  const follow = stint
    .command("follow")
    .description("show what one does to its end, from its beginning")
    .argument("<id>", ID)
    .option("--from-now", "only what an agent says from now on", false);
  shared(follow, "print JSON, one event a line").action(async (id: string, options) => {
    const { followAny } = await import("./invocations/follow.ts");
    process.exitCode = await followAny(screen, id, options);
  });
  const top = stint.command("top").description("watch what runs: CPU, memory, tokens, cost");
  shared(top, "print JSON, one a line, once").action(async (options) => {
    const { showTop } = await import("./invocations/top.ts");
    process.exitCode = await showTop(screen, options);
  });
}
