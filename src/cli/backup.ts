import { backUp } from "#upkeep/backup.ts";
import { restore } from "#upkeep/restore.ts";

import { EXIT } from "./exit-codes.ts";
import { reachFolder } from "./holder-client.ts";
import type { Terminal } from "./terminal.ts";

export interface Options {
  readonly data: string;
}

export async function makeBackup(
  terminal: Terminal,
  target: string,
  { data }: Options,
): Promise<number> {
  const { folder, manifest, leftOut } = await backUp(data, target, Date.now());
  const { open, ended, facts } = manifest.counts;
  terminal.out(folder);
  terminal.err(`${open} open and ${ended} ended executions, ${facts} appends; read back and whole`);
  if (leftOut.length > 0) terminal.err(`Not in it: ${leftOut.join(", ")}`);
  return EXIT.done;
}

export async function restoreBackup(
  terminal: Terminal,
  source: string,
  { data }: Options,
): Promise<number> {
  const { manifest, held } = await restore(source, data, Date.now());
  terminal.out(`${data} is as it was at ${new Date(manifest.at).toISOString()}`);
  if (held > 0) {
    terminal.out(
      `${held} executions that were open then are held: they may have gone on since, and sent mail`,
    );
    terminal.out("  Look at them on the page, cancel what is over, then: stint release");
  }
  return EXIT.done;
}

/** What is held goes on, and the machine's clock is taken for right. */
export async function releaseHeld(terminal: Terminal, { data }: Options): Promise<number> {
  await using client = await reachFolder(data);
  const released = (await client.ask({ method: "POST", path: "/api/system/release" })) as {
    readonly executions: number;
    readonly clockAheadMs: number;
  };
  terminal.out(`${released.executions} executions go on`);
  if (released.clockAheadMs !== 0) terminal.out("The machine's clock is followed again");
  return EXIT.done;
}
