/** `stint import`: what ran without Stint comes into the history, each once. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

import type { PastSession } from "#agent-cli/sessions/past.ts";
import { Fault } from "#domain/fault.ts";
import { showMoney } from "#domain/money.ts";

import { type Desk, type DeskOptions, openDesk } from "./desk.ts";
import { EXIT } from "./exit-codes.ts";
import { sendSession } from "./importing/send.ts";
import { makeOwnFolder, placeOf } from "./reach.ts";
import type { Terminal } from "./terminal.ts";

export interface ImportOptions extends DeskOptions {
  /** Epoch milliseconds: what has said nothing since is left out. */
  readonly since?: number;
  /** Where Claude Code keeps its sessions. */
  readonly from?: string;
}

interface Count {
  sessions: number;
  rounds: number;
  /** Sessions of which nothing was new. */
  known: number;
  failed: number;
  /** Null: nothing is known. */
  nano: bigint | null;
  /** Rounds whose cost is not known, or not all of it. */
  unknownCosts: number;
}

export async function importClaude(terminal: Terminal, options: ImportOptions): Promise<number> {
  const folder = resolve(options.from ?? sessionsFolder(process.env));
  if (!existsSync(folder)) throw noSessions(folder);
  const [{ readClaudeSessions }, { genaiPrices }] = await Promise.all([
    import("#agent-cli/sessions/claude-sessions.ts"),
    import("#agent-cli/price-tables/genai-prices.ts"),
  ]);
  const sessions = readClaudeSessions({ folder, prices: genaiPrices, now: Date.now() });
  const place = placeOf(options.data);
  makeOwnFolder(place);
  await using desk = await openDesk(options, place);
  const count = nothing();
  const { since = 0 } = options;
  for await (const session of sessions)
    if (session.rounds.some(({ completedAt }) => completedAt >= since))
      await send(terminal, desk, "claude", session, count);
  return conclude(terminal, count, options);
}

function sessionsFolder({ CLAUDE_CONFIG_DIR: own }: NodeJS.ProcessEnv): string {
  return join(own === undefined || own === "" ? join(homedir(), ".claude") : own, "projects");
}

export interface RecordsOptions extends DeskOptions {
  readonly follow: boolean;
}

export async function importRecords(
  terminal: Terminal,
  project: string,
  options: RecordsOptions,
): Promise<number> {
  if (!existsSync(join(project, ".stint", "agents"))) throw noRecords(resolve(project));
  const { openRecordSessions } = await import("#agent-cli/sessions/past-records.ts");
  const place = placeOf(options.data);
  makeOwnFolder(place);
  await using desk = await openDesk(options, place);
  const sessions = openRecordSessions(project);
  const first = nothing();
  for await (const session of sessions.news())
    await send(terminal, desk, "records", session, first);
  const code = conclude(terminal, first, options);
  if (!options.follow) return code;
  const { followRecords } = await import("#agent-cli/sessions/follow-records.ts");
  terminal.err("Following its records; Ctrl-C ends that.");
  const ending = new AbortController();
  process.once("SIGINT", () => {
    ending.abort();
  });
  for await (const news of followRecords(project, sessions, ending.signal)) {
    const count = nothing();
    for await (const session of news) await send(terminal, desk, "records", session, count);
    if (count.rounds > 0) conclude(terminal, { ...count, known: 0 }, options);
  }
  return EXIT.done;
}

const nothing = (): Count => ({
  sessions: 0,
  rounds: 0,
  known: 0,
  failed: 0,
  nano: null,
  unknownCosts: 0,
});

/** One that is refused keeps none of the others out. */
async function send(
  terminal: Terminal,
  desk: Desk,
  source: "claude" | "records",
  session: PastSession,
  count: Count,
): Promise<void> {
  try {
    const { isNew, added, nano, unknownCosts } = await sendSession(desk, source, session);
    count.sessions += isNew ? 1 : 0;
    count.known += added === 0 ? 1 : 0;
    count.rounds += added;
    if (nano !== null) count.nano = (count.nano ?? 0n) + nano;
    count.unknownCosts += unknownCosts;
    if (terminal.isLive) terminal.redraw(`Imported ${phrase(count)} …`);
  } catch (error) {
    if (!(error instanceof Fault) || error.code === "unavailable") throw error;
    count.failed += 1;
    terminal.err(`${session.id} is left out: ${error.message}`);
  }
}

function conclude(terminal: Terminal, count: Count, { json }: Pick<DeskOptions, "json">): number {
  const { nano, unknownCosts: costUnknown, ...counts } = count;
  const cost = nano === null ? null : showMoney(nano);
  terminal.out(json ? JSON.stringify({ ...counts, cost, costUnknown }) : told(count));
  return count.failed > 0 ? EXIT.failed : EXIT.done;
}

function told(count: Count): string {
  const known = count.known === 0 ? "" : ` Nothing was new in ${count.known} others.`;
  return `Imported ${phrase(count)}.${known}`;
}

function phrase({ sessions, rounds, ...costs }: Count): string {
  const some = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;
  const brought = `${some(sessions, "session")} with ${some(rounds, "round")}`;
  return rounds === 0 ? brought : `${brought}, ${phraseCost(costs)}`;
}

/** What is not known is said, and is no 0. */
function phraseCost({ nano, unknownCosts }: Pick<Count, "nano" | "unknownCosts">): string {
  if (nano === null) return "cost not known";
  return `${showMoney(nano)}${unknownCosts === 0 ? "" : ` + ${unknownCosts} not known`}`;
}

function noSessions(folder: string): Fault {
  return new Fault("not_found", `Claude Code has kept no sessions in ${folder}`, {
    suggestion: "Name the folder with --from: it is `projects` in Claude Code's own folder",
  });
}

function noRecords(project: string): Fault {
  return new Fault("not_found", `No agents are recorded in ${project}: it has no .stint/agents`, {
    suggestion: "Name a project folder in which agents were launched",
  });
}
