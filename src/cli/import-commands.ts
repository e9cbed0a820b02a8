import { type Command, InvalidArgumentError } from "commander";

import { PLACE, WORKSPACE } from "./options.ts";
import type { Terminal } from "./terminal.ts";

const shared = (command: Command): Command =>
  command
    .option("--data <dir>", PLACE)
    .option("--workspace <name>", WORKSPACE)
    .option("--json", "print one line of JSON", false);

export function addImport(stint: Command, terminal: Terminal): void {
  const bring = stint
    .command("import")
    .description("bring what ran without Stint into its history");
  shared(bring.command("claude").description("sessions that Claude Code has kept, with their cost"))
    .option("--since <time>", "only what went on since: 2026-03-01, 30d, 12h", readSince)
    .option("--from <dir>", "where they are kept (default: ~/.claude/projects)")
    .action(async (options) => {
      const { importClaude } = await import("./import.ts");
      process.exitCode = await importClaude(terminal, options);
    });
  shared(bring.command("records").description("agents that a project folder has recorded"))
    .argument("<folder>", "the project folder")
    .option("--follow", "go on with what is recorded from now on, until Ctrl-C", false)
    .action(async (folder: string, options) => {
      const { importRecords } = await import("./import.ts");
      process.exitCode = await importRecords(terminal, folder, options);
    });
}

const UNITS = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

function readSince(text: string): number {
  const [, count, unit] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  if (count !== undefined) return Date.now() - Number(count) * UNITS[unit as keyof typeof UNITS];
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError("It is a day such as 2026-03-01, or how long ago: 12h, 30d, 8w.");
}
