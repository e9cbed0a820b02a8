/** What runs, again and again, until it is enough. */
import type { Dashboard } from "#contract/shapes/analytics.ts";
import type { ExecutionItem } from "#contract/shapes/executions.ts";
import type { InvocationItem } from "#contract/shapes/invocations.ts";

import { type Desk, type DeskOptions, openDesk } from "../desk.ts";
import { EXIT } from "../exit-codes.ts";
import type { HolderClient } from "../http-client.ts";
import { overLosses } from "../over-losses.ts";
import { type AllRunning, drawTop } from "../telling/top-table.ts";
import type { Terminal } from "../terminal.ts";
import { readSome } from "./listed.ts";
import { type Stage, takeStage } from "./stage.ts";

const MOST = 200;
const RUNNING = "phase=pending,active";
const EACH_MS = 1000;

/** One picture where nobody watches. */
export async function showTop(terminal: Terminal, options: DeskOptions): Promise<number> {
  await using desk = await openDesk(options);
  if (options.json) {
    for (const { item, invocation } of (await readRunning(desk)).shown)
      terminal.out(JSON.stringify(invocation ?? item));
    return EXIT.done;
  }
  if (!process.stdout.isTTY) {
    const size = { columns: Infinity, rows: Infinity };
    for (const line of drawTop(await readRunning(desk), Date.now(), size)) terminal.out(line);
    return EXIT.done;
  }
  using stage = takeStage();
  const { place, client } = desk;
  const attempt = (way: HolderClient): Promise<true> => play(stage, { ...desk, client: way });
  const onLost = (): void => stage.draw(["The connection was lost; trying again...", "", LEAVE]);
  await overLosses({ place, first: client, attempt, onLost, left: stage.left });
  return EXIT.done;
}

const LEAVE = "q leaves";

async function play(stage: Stage, desk: Pick<Desk, "client" | "base">): Promise<true> {
  while (!stage.left.aborted) {
    const running = await readRunning(desk);
    const { columns, rows } = stage.size();
    const lines = drawTop(running, Date.now(), { columns, rows: rows - 2 });
    if (!stage.left.aborted) stage.draw([...lines, "", LEAVE]);
    await stage.pause(EACH_MS);
  }
  return true;
}

/** The newest of them, and how many more there are. */
export async function readRunning(desk: Pick<Desk, "client" | "base">): Promise<AllRunning> {
  const [items, ...invocations] = await Promise.all([
    readSome<ExecutionItem>(desk, `executions?${RUNNING}`, MOST + 1),
    ...["running", "idle"].map((status) =>
      readSome<InvocationItem>(desk, `invocations?status=${status}`, MOST),
    ),
  ]);
  const known = new Map(invocations.flat().map((invocation) => [invocation.id, invocation]));
  const shown = items
    .slice(0, MOST)
    .map((item) => ({ item, invocation: known.get(item.id) ?? null }));
  return { shown, more: items.length > MOST ? await countMore(desk) : 0 };
}

async function countMore({ client, base }: Pick<Desk, "client" | "base">): Promise<number> {
  const path = `${base}/dashboard?dateRange=7d`;
  const { open } = (await client.ask({ method: "GET", path })) as Dashboard;
  const { pending = 0, active = 0 } = open.byPhase;
  return Math.max(1, pending + active - MOST);
}
