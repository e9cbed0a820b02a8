import { type DeskOptions, openDesk } from "../desk.ts";
import { EXIT } from "../exit-codes.ts";
import { table } from "../table.ts";
import { oneLine } from "../telling/harmless.ts";
import { aboutOf, type Listed } from "../telling/listed.ts";
import { phraseMoneyShort, phraseMs, phraseTime } from "../telling/phrases.ts";
import { statusOf } from "../telling/status.ts";
import { cut } from "../telling/widths.ts";
import type { Terminal } from "../terminal.ts";
import { readListed } from "./listed.ts";

export interface LsOptions extends DeskOptions {
  readonly all: boolean;
  readonly limit: number;
}

export async function listAll(terminal: Terminal, options: LsOptions): Promise<number> {
  await using desk = await openDesk(options);
  const listed = await readListed(desk, options.limit, options.all);
  if (options.json)
    for (const { item, invocation } of listed) terminal.out(JSON.stringify(invocation ?? item));
  else for (const line of phraseList(listed, Date.now(), options.all)) terminal.out(line);
  return EXIT.done;
}

const NOTHING = {
  all: "Nothing has run yet.",
  open: "No agent has run yet, and nothing else runs; `--all` shows what has ended.",
} as const;

function phraseList(listed: readonly Listed[], now: number, all: boolean): readonly string[] {
  if (listed.length === 0) return [all ? NOTHING.all : NOTHING.open];
  return table(
    ["ID", "WHAT", "STATUS", "STARTED", "TIME", "COST", "ABOUT"],
    listed.map((each) => rowOf(each, now)),
  );
}

const MOST_OF_ABOUT = 60;
const MOST_OF_WHAT = 24;

function rowOf(listed: Listed, now: number): readonly string[] {
  const { item, invocation } = listed;
  return [
    item.id,
    cut(oneLine(invocation?.cli ?? item.kind), MOST_OF_WHAT),
    invocation?.outcome ?? statusOf(item),
    phraseTime(item.createdAt),
    timeOf(listed, now),
    phraseMoneyShort(invocation ?? item),
    cut(aboutOf(listed), MOST_OF_ABOUT),
  ];
}

/** What its rounds took, of an invocation; one that is open goes on. */
function timeOf({ item, invocation }: Listed, now: number): string {
  const taken = invocation?.activeMs ?? item.durationMs;
  if (taken !== null) return phraseMs(taken);
  return item.startedAt === null ? "" : phraseMs(now - Date.parse(item.startedAt));
}
