/** Files of invocations that are not in the ledger any more: they went with their retention, or with the ledger itself. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Clock } from "#domain/clock.ts";
import { invocationIds } from "#domain/id.ts";
import { isMissing } from "#domain/missing-file.ts";
import type { Ledger } from "#ledger/ledger.ts";

export interface TidyNeeds {
  /** Where the files of all rounds are. */
  readonly folder: string;
  readonly ledger: Pick<Ledger, "find">;
  readonly clock: Clock;
  readonly warn: (error: unknown) => void;
}

const LOOK_EACH_MS = 6 * 3_600_000;
const FIRST_LOOK_MS = 60_000;

/** Looks a minute after the start and then a few times a day; answers with what ends it. */
export function keepTidy(needs: TidyNeeds): () => void {
  const { clock, warn } = needs;
  let disarm = (): void => undefined;
  const look = (): void => {
    disarm = clock.at(clock.now() + LOOK_EACH_MS, look);
    clearLeftovers(needs).catch(warn);
  };
  disarm = clock.at(clock.now() + FIRST_LOOK_MS, look);
  return () => {
    disarm();
  };
}

/**
 * Those that are in the ledger stay as they are. Answers with the ids of those whose files were deleted.
 * @param ids of executions of any kind; undefined: all that have files
 */
export async function clearLeftovers(
  { folder, ledger }: Pick<TidyNeeds, "folder" | "ledger">,
  ids?: readonly string[],
): Promise<readonly string[]> {
  const cleared: string[] = [];
  for (const id of ids ?? (await namesIn(folder))) {
    if (!invocationIds.is(id) || (await ledger.find(id)) !== undefined) continue;
    await rm(join(folder, id), { recursive: true, force: true });
    cleared.push(id);
  }
  return cleared;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
