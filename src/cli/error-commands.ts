/** The commands about errors: what fails, by its cause, and what is said of it. */
import { type Command, Option } from "commander";

import { PLACE, WORKSPACE } from "./options.ts";
import type { Terminal } from "./terminal.ts";

const ACTS = {
  resolve: "take one for solved; it is open again once it is seen again",
  mute: "keep one away from the open ones, however often it is seen",
  reopen: "take back that one was resolved or muted",
} as const;

export function addErrors(stint: Command, terminal: Terminal): void {
  const errors = stint.command("errors").description("what fails, how often, by its cause");
  const shared = (command: Command): Command =>
    command
      .option("--data <dir>", PLACE)
      .option("--workspace <name>", WORKSPACE)
      .option("--json", "print JSON, one error a line", false);
  shared(errors.command("ls").description("list errors, most frequent first"))
    .addOption(
      new Option("--state <state>", "only those in this state")
        .choices(["open", "resolved", "muted", "all"])
        .default("open"),
    )
    .addOption(
      new Option("--range <range>", "of the last").choices(["24h", "7d", "30d"]).default("30d"),
    )
    .option("--kind <kind>", "only those of this kind: automation, invocation, …")
    .action(async (options) => {
      const { listErrors } = await import("./errors.ts");
      process.exitCode = await listErrors(terminal, options);
    });
  for (const act of ["resolve", "mute", "reopen"] as const) {
    shared(errors.command(act).description(ACTS[act]).argument("<id>")).action(
      async (id: string, options) => {
        const { markError } = await import("./errors.ts");
        process.exitCode = await markError(terminal, act, id, options);
      },
    );
  }
}
