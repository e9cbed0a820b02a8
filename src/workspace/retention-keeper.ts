/**
 * Looks at start and every hour for executions that have been kept long enough, and lets them go: to the archive
 * first, where the policy says so. One look at a time; what a crash left half done the next start goes on with.
 */
import type { Clock } from "#domain/clock.ts";
import type { Kind } from "#domain/kinds.ts";
import type { Archives } from "#ledger/archive/archives.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { beingDeleted, type Ended, endedBefore, pruneAll, sweep } from "#ledger/pruning.ts";
import type { DayOf } from "#ledger/rebuild.ts";
import { compiled, type Write } from "#store/store.ts";

import { SYSTEM } from "./actor.ts";
import type { Audit } from "./audit.ts";
import type { Policy, Retention } from "./retention.ts";
import type { Workspace, Workspaces } from "./workspaces.ts";

export interface Pruned {
  readonly kind: Kind;
  readonly executions: number;
  readonly archived: number;
}

export interface RetentionKeeper {
  /** Looks at start, and from then on every hour. */
  readonly start: () => void;
  /** Looks at one workspace now; files that a former life has left behind go, too. */
  readonly look: (workspace: Workspace) => Promise<readonly Pruned[]>;
  /** Settles when the look under way has come to a point where it can stop. */
  readonly close: () => Promise<void>;
}

export interface KeeperNeeds {
  readonly ledger: Ledger;
  readonly archives: Archives;
  readonly workspaces: Pick<Workspaces, "all">;
  readonly retention: Retention;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly dayOf: DayOf;
  /** Erases what has come in late about people who were erased. */
  readonly eraseLate: () => Promise<void>;
  /** Takes out of the search what the ledger has no more of these executions. */
  readonly forgetWords: (nos: readonly number[]) => Promise<void>;
  /** Deletes the files of these where the ledger has them no more; undefined: of all such. */
  readonly forgetFiles: (ids?: readonly string[]) => Promise<void>;
  readonly warn: (message: string, error: unknown) => void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many make a file at most. */
const MOST_A_FILE = 5000;

export function openRetentionKeeper(needs: KeeperNeeds): RetentionKeeper {
  const { clock, workspaces, warn } = needs;
  const turns = openTurns();
  let isClosed = false;
  let disarm = (): void => {};
  const stopped = (): boolean => isClosed;

  const lookAtAll = async (): Promise<void> => {
    await needs.eraseLate();
    for (const workspace of await workspaces.all()) {
      if (stopped()) return;
      await turns.take(() => look(needs, workspace, stopped));
    }
  };
  const round = (work: () => Promise<void>): void => {
    void work()
      .catch((error: unknown) => warn("executions could not be pruned", error))
      .finally(() => {
        if (!stopped()) disarm = clock.at(clock.now() + HOUR_MS, () => round(lookAtAll));
      });
  };

  return {
    start: () =>
      round(async () => {
        await turns.take(() => goOn(needs));
        await lookAtAll();
      }),
    look: (workspace) => turns.take(() => lookAndTidy(needs, workspace, stopped)),
    close: async () => {
      isClosed = true;
      disarm();
      await turns.idle();
    },
  };
}

interface Turns {
  readonly take: <Of>(work: () => Promise<Of>) => Promise<Of>;
  readonly idle: () => Promise<unknown>;
}

/** One after another. */
function openTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
    idle: () => last,
  };
}

/** With what a former life left half done. */
async function goOn(needs: KeeperNeeds): Promise<void> {
  const { ledger, archives, dayOf, forgetWords, forgetFiles } = needs;
  await archives.tidy();
  const leaving = await beingDeleted(ledger);
  await sweep(ledger);
  await forgetWords(leaving);
  if (leaving.length > 0) await forgetFiles();
  for (const file of await archives.unfinished()) {
    const entries = await archives.entries(file);
    const left = entries.map((entry) => ({ ...entry, ws: file.ws }));
    await pruneAll(ledger, left, { dayOf, along: memoryOf(ledger) });
    await forgetWords(left.map(({ no }) => no));
    await forgetFiles(left.map(({ id }) => id));
    await archives.finish(file);
  }
}

async function lookAndTidy(
  needs: KeeperNeeds,
  workspace: Workspace,
  stopped: () => boolean,
): Promise<readonly Pruned[]> {
  const pruned = await look(needs, workspace, stopped);
  await needs.forgetFiles();
  return pruned;
}

async function look(
  needs: KeeperNeeds,
  workspace: Workspace,
  stopped: () => boolean,
): Promise<readonly Pruned[]> {
  const pruned: Pruned[] = [];
  for (const policy of await needs.retention.of(workspace)) {
    const done = await prune(needs, workspace, policy, stopped);
    if (done.executions > 0) pruned.push(done);
  }
  if (pruned.length > 0) await record(needs, workspace, pruned);
  return pruned;
}

async function prune(
  { ledger, archives, clock, dayOf, forgetWords, forgetFiles }: KeeperNeeds,
  { no: ws }: Workspace,
  { kind, days, archive }: Policy,
  stopped: () => boolean,
): Promise<Pruned> {
  const done = { kind, executions: 0, archived: 0 };
  if (days === null) return done;
  const before = keptSince(clock.now(), days);
  const options = { dayOf, along: memoryOf(ledger) };
  for await (const ended of endedBefore(ledger, { ws, kind, before }, MOST_A_FILE)) {
    if (stopped()) break;
    const nos = ended.map(({ no }) => no);
    const file = archive ? await archives.write({ ws, kind, nos, at: clock.now() }) : undefined;
    done.executions += await pruneAll(ledger, ended, options);
    await forgetWords(nos);
    await forgetFiles(ended.map(({ id }) => id));
    if (file === undefined) continue;
    await archives.finish(file);
    done.archived += file.executions;
  }
  return done;
}

/** Whole days, so that a day's executions go together and their archive is one file; 0 days: whatever has ended. */
function keptSince(now: number, days: number): number {
  return days === 0 ? now : (Math.floor(now / DAY_MS) - days) * DAY_MS;
}

/** What an execution remembered for itself goes with it. */
function memoryOf({ store }: Ledger): (ended: Ended) => readonly Write[] {
  const { db } = store;
  return ({ ws, agent, id }) =>
    agent === 0
      ? []
      : [
          compiled(
            db
              .deleteFrom("memory")
              .where("ws", "=", ws)
              .where("agent", "=", agent)
              .where("scope", "=", id),
          ),
        ];
}

async function record(
  { audit }: KeeperNeeds,
  { no, id, name }: Workspace,
  pruned: readonly Pruned[],
): Promise<void> {
  const counts = pruned.map(({ kind, ...count }) => [kind, count] as const);
  await audit.record(no, {
    by: SYSTEM,
    action: "executions.pruned",
    target: { type: "workspace", id, name },
    changes: Object.fromEntries(counts),
  });
}
