/** The commands for people who work with agents at a terminal. */
import type { Command } from "commander";

import { PLACE, readCount, WORKSPACE } from "./options.ts";
import type { Screen } from "./terminal.ts";

const ID = "its id, or as much of its beginning or end as no other has";

export function addInvocations(stint: Command, screen: Screen): void {
  addLooking(stint, screen);
}

const shared = (command: Command, json: string): Command =>
  command
    .option("--data <dir>", PLACE)
    .option("--workspace <name>", WORKSPACE)
    .option("--json", json, false);

function addLooking(stint: Command, screen: Screen): void {
  const ls = stint.command("ls").description("list agents that ran, and all else that runs");
  shared(ls, "print JSON, one a line")
    .option("--all", "whatever ran, of every kind", false)
    .option("--limit <n>", "how many at most", readCount, 20)
    .action(async (options) => {
      const { listAll } = await import("./invocations/ls.ts");
      process.exitCode = await listAll(screen, options);
    });
  const show = stint.command("show").description("show one that ran or runs").argument("<id>", ID);
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
