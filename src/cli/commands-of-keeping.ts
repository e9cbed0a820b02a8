/** The commands about what is kept: retention, archive, storage. */
import { type Command, InvalidArgumentError } from "commander";

import { KINDS } from "#domain/kinds.ts";

import type { Terminal } from "./terminal.ts";

interface Place {
  readonly terminal: Terminal;
  /** The data folder, unless another is named. */
  readonly data: string;
}

export function addKeeping(stint: Command, place: Place): void {
  addRetention(stint, place);
  addArchive(stint, place);
  stint
    .command("storage")
    .description("show what each table and each file of the data folder needs")
    .option("--data <dir>", "the data folder", place.data)
    .option("--json", "print JSON", false)
    .action(async (options) => {
      const { showStorage } = await import("./storage.ts");
      process.exitCode = await showStorage(place.terminal, options);
    });
}

const shared = (command: Command, { data }: Place): Command =>
  command
    .option("--data <dir>", "the data folder", data)
    .option("--workspace <name>", "the workspace's name or id; not needed where there is one")
    .option("--json", "print JSON", false);

function addRetention(stint: Command, place: Place): void {
  const { terminal } = place;
  const retention = stint.command("retention").description("how long what has ended is kept");
  shared(retention.command("show").description("show it, kind by kind"), place).action(
    async (options) => {
      const { showRetention } = await import("./retention.ts");
      process.exitCode = await showRetention(terminal, options);
    },
  );
  shared(retention.command("set").description("change it for one kind"), place)
    .argument("<kind>", Object.keys(KINDS).join(", "), readKind)
    .requiredOption("--days <n>", "days after the end, or `forever`", readDays)
    .option("--no-archive", "delete for good instead of archiving")
    .action(async (kind: string, options) => {
      const { setRetention } = await import("./retention.ts");
      process.exitCode = await setRetention(terminal, kind, options);
    });
  shared(
    retention.command("apply").description("let go of what has been kept long enough now"),
    place,
  ).action(async (options) => {
    const { applyRetention } = await import("./retention.ts");
    process.exitCode = await applyRetention(terminal, options);
  });
}

function addArchive(stint: Command, place: Place): void {
  const { terminal } = place;
  const archive = stint.command("archive").description("executions that have left the ledger");
  shared(archive.command("ls").description("list them, those archived last first"), place)
    .option("--from <time>", "only those that ended at or after, ISO 8601")
    .option("--to <time>", "only those that ended at or before, ISO 8601")
    .option("--search <text>", "only those with this in their id or label")
    .option("--limit <n>", "how many at most", Number, 50)
    .action(async (options) => {
      const { listArchive } = await import("./archive.ts");
      process.exitCode = await listArchive(terminal, options);
    });
  shared(archive.command("show").description("show one; --json has all of it"), place)
    .argument("<id>")
    .action(async (id: string, options) => {
      const { showArchived } = await import("./archive.ts");
      process.exitCode = await showArchived(terminal, id, options);
    });
  shared(
    archive.command("verify").description("prove that it holds what was removed"),
    place,
  ).action(async (options) => {
    const { verifyArchive } = await import("./archive.ts");
    process.exitCode = await verifyArchive(terminal, options);
  });
}

function readKind(text: string): string {
  if (Object.hasOwn(KINDS, text)) return text;
  throw new InvalidArgumentError(`A kind is one of: ${Object.keys(KINDS).join(", ")}.`);
}

function readDays(text: string): number | null {
  if (text === "forever") return null;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number of days, or `forever`.");
}
