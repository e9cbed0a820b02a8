/**
 * The only place where the parts are put together: a data folder becomes a running Stint.
 *
 * One process holds a folder. It answers on a port, where one is wanted, and always on the folder's socket, through
 * which the command line reaches it. Closing goes from the outside in: streams end, nobody new is let in, what runs is
 * let go (a later start goes on with it), then the files close and the folder is free.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { FastifyInstance } from "fastify";
import { destination, type Logger, pino } from "pino";

import type { ActionNeeds } from "#actions/needs.ts";
import { registerAuth } from "#api/auth-routes.ts";
import { idOf } from "#api/executions/actors.ts";
import { openBulk } from "#api/executions/bulk-start.ts";
import { bulk, type BulkProgram } from "#api/executions/bulk.ts";
import { type Executions, openExecutions } from "#api/executions/executions.ts";
import { openRuns, type Runs } from "#api/executions/runs.ts";
import { registerExports } from "#api/export-routes.ts";
import { allHandlers } from "#api/handlers/all.ts";
import { listenOn, localDoor, type LocalDoor } from "#api/listen.ts";
import { type Events, type Live, registerEvents } from "#api/live/events.ts";
import { openFeed } from "#api/live/feed.ts";
import { serveSockets, type Sockets } from "#api/live/sockets.ts";
import { openRegistry } from "#api/registry.ts";
import { createServer } from "#api/server.ts";
import type { Services } from "#api/services.ts";
import { type DayKeeper, keepDays } from "#api/zones.ts";
import { type Auth, openAuth } from "#auth/auth.ts";
import type { FirstOwner } from "#auth/first-owner.ts";
import { readSecret } from "#auth/secret.ts";
import { importContacts } from "#crm/import-contacts.ts";
import { systemClock } from "#domain/clock.ts";
import type { SteadyClock } from "#domain/steady-clock.ts";
import { automation } from "#drivers/automation/automation.ts";
import { type Begins, openBegins } from "#drivers/automation/begin.ts";
import type { EngineLog } from "#engine/core.ts";
import { type Engine, openEngine } from "#engine/engine.ts";
import { openTime } from "#engine/time.ts";
import { prepareFirstStart } from "#example/first-start.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { openSandboxMail, type SandboxMail } from "#providers/mails/sandbox.ts";
import { openSearch } from "#search/search-thread.ts";
import type { Search } from "#search/search.ts";
import { holdFolder } from "#store/folder.ts";
import type { Store } from "#store/store.ts";
import { openSystem, sayAttention } from "#upkeep/system.ts";
import { demandUsable } from "#upkeep/usable.ts";
import { watchFiles } from "#upkeep/watch.ts";
import { openWorkspaces, type WorkspaceServices } from "#workspace/workspace.ts";
import type { Workspaces } from "#workspace/workspaces.ts";

export interface AppOptions {
  /** The data folder; it is made where there is none. */
  readonly data: string;
  readonly host?: string;
  /** 0 takes a free one; null: only the folder's socket. */
  readonly port: number | null;
  /** Adds an example workspace to an empty folder. */
  readonly example?: boolean;
  readonly log?: "silent" | "error" | "warn" | "info" | "debug";
  readonly owner?: { readonly email?: string | undefined; readonly password?: string | undefined };
  /** Where the built page lies, unless it is the repository's own. */
  readonly pageFolder?: string;
}

export interface App {
  /** Null without a port. */
  readonly url: string | null;
  /** The folder's socket. */
  readonly socket: string;
  /** Who signs in first, and the link for it as long as they have no password. */
  readonly owner: FirstOwner;
  /** What a person should see to, in words. */
  readonly attention: readonly string[];
  /** Settles when the store can write no more: the process must end, and the next one recovers. */
  readonly broken: Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** @throws Fault `folder_held`, or that says why it cannot listen or open its files */
export async function openApp(options: AppOptions): Promise<App> {
  const closing = new AsyncDisposableStack();
  try {
    const holding = holdFolder(options.data);
    closing.defer(holding.release);
    return await openHeld(options, holding.folder, holding.socket, closing);
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

async function openHeld(
  options: AppOptions,
  folder: string,
  socket: string,
  closing: AsyncDisposableStack,
): Promise<App> {
  const log = openLog(options.log ?? "warn");
  demandUsable(folder);
  const parts = await openParts(folder, log, closing);
  const door = localDoor();
  const server = openServer(options, parts, door, log);
  const url =
    options.port === null
      ? null
      : await listenOn(server.app, { host: options.host ?? "127.0.0.1", port: options.port });
  closing.defer(() => server.close());
  parts.accounts.open(await openAccounts(folder, url, log));
  await door.open(server.app, socket);
  const { email, password } = options.owner ?? {};
  const example = options.example === true;
  const owner = await prepareFirstStart(parts.services, { email, password, example });
  const attention = (await parts.services.system.attention()).map(sayAttention);
  const files = watchFiles(folder, systemClock);
  closing.defer(files.close);
  const broken = Promise.race([parts.ledger.broken, files.gone]);
  return { url, socket, owner, attention, broken, close: () => closing.disposeAsync() };
}

/** To the error stream: what stands on the output is for those who start Stint. Never people's data. */
function openLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  );
}

interface Parts {
  readonly ledger: Ledger;
  readonly executions: Executions;
  readonly services: Services;
  readonly accounts: Accounts;
}

/** Accounts are opened last, for their links name the address on which the server answers. */
interface Accounts {
  readonly auth: () => Promise<Auth>;
  readonly open: (auth: Auth) => void;
  readonly close: () => Promise<void>;
}

function awaitAccounts(): Accounts {
  const { promise, resolve } = Promise.withResolvers<Auth>();
  let opened: Auth | undefined;
  return {
    auth: () => promise,
    open: (auth) => {
      opened = auth;
      resolve(auth);
    },
    close: async () => opened?.close(),
  };
}

/** What the sandbox writes as the sender; a connected account has its own. */
const SENDER = "agent@stint.example";

const parse = async (instructions: string) => parseOffline(instructions);

async function openParts(
  folder: string,
  log: Logger,
  closing: AsyncDisposableStack,
): Promise<Parts> {
  const kept = await openKept(folder, log, closing);
  const { ledger, workspace, mail, store, clock, search } = kept;
  const acting = Promise.withResolvers<Runs>();
  const many = bulk(acting.promise);
  const { engine, begins } = await openAgents(kept, many, log, closing);
  const accounts = awaitAccounts();
  closing.defer(accounts.close);
  const keyNames = namesOfKeys(workspace.workspaces, accounts);
  const { inLine, versionOf } = engine;
  const executions = openExecutions({ ...kept, ...workspace, keyNames, inLine, versionOf });
  const runs = openRuns({ ...workspace, store, engine, executions, ...begins });
  acting.resolve(runs);
  const services: Services = {
    ...workspace,
    store,
    clock,
    system: openSystem({ folder, ledger, clock }),
    parse,
    executions,
    search,
    runs,
    bulk: openBulk({ ...workspace, store, search, engine, program: many, clock }),
    version: readVersion(),
    auth: accounts.auth,
    outbox: mail.outbox,
    sandbox: mail,
    importContacts: async (change, zone, csv, how) => {
      const report = await importContacts(store, change, csv, { ...how, zone });
      return { ...report, errors: [...report.errors], warnings: [...report.warnings] };
    },
  };
  return { ledger, executions, services, accounts };
}

interface Kept extends DayKeeper {
  readonly ledger: Ledger;
  readonly clock: SteadyClock;
  readonly store: Store;
  readonly search: Search;
  readonly workspace: WorkspaceServices;
  readonly mail: SandboxMail;
}

/** What lies in the folder. */
async function openKept(folder: string, log: Logger, closing: AsyncDisposableStack): Promise<Kept> {
  const ledger = await openSqliteLedger(join(folder, "stint.db"));
  closing.defer(() => ledger.close());
  const { store } = ledger;
  const search = openSearch({ ledger, folder, warn: (message) => log.warn(message) });
  closing.defer(() => search.close());
  const clock = await openTime(ledger, engineLog(log));
  const opened = openWorkspaces({ store, clock, parse });
  const days = await keepDays(opened.workspaces);
  const mail = openSandboxMail({ path: join(folder, "outbox.db"), clock });
  closing.defer(() => mail.close());
  return {
    ...days,
    ledger,
    clock,
    store,
    search,
    mail,
    workspace: { ...opened, workspaces: days.workspaces },
  };
}

/** Of the 1,000 executions that run at once: one workspace or agent leaves room for the others. */
const SHARES = { workspace: 500, agent: 250 } as const;
const engineLog = (log: Logger): EngineLog => ({
  warn: (message, facts) => log.warn(facts, message),
});

interface Agents {
  readonly engine: Engine;
  readonly begins: Begins;
}

async function openAgents(
  { ledger, clock, store, workspace, mail, dayOf }: Kept,
  many: BulkProgram,
  log: Logger,
  closing: AsyncDisposableStack,
): Promise<Agents> {
  const needs: ActionNeeds = { ...workspace, store, clock, mail, senderOf: () => SENDER };
  const program = automation(needs);
  const engine = await openEngine({
    ledger,
    clock,
    dayOf,
    programs: [program, many],
    limits: { ...SHARES, rates: workspace.agents.startRates },
    log: engineLog(log),
  });
  closing.defer(() => engine.stop());
  return {
    engine,
    begins: openBegins({ ...needs, breakers: workspace.breakers, engine, ledger, program }),
  };
}

function namesOfKeys(
  workspaces: Workspaces,
  { auth }: Accounts,
): (ws: number) => Promise<ReadonlyMap<string, string>> {
  return async (ws) => {
    const workspace = await workspaces.byNo(ws);
    const keys = workspace === undefined ? [] : await (await auth()).keys.list(workspace.id);
    return new Map(keys.map(({ id, name }) => [id, name]));
  };
}

function readVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

interface OpenServer {
  readonly app: FastifyInstance;
  readonly close: () => Promise<void>;
}

function openServer(options: AppOptions, parts: Parts, door: LocalDoor, log: Logger): OpenServer {
  const { services, executions } = parts;
  const registry = openRegistry(services);
  const served = {
    handlers: allHandlers(services),
    registry,
    isLocal: ({ raw }: Parameters<Parameters<typeof registerEvents>[1]["isLocal"]>[0]) =>
      door.isLocal(raw),
    changesUnderWay: parts.ledger.underWay,
  };
  const page = options.pageFolder === undefined ? {} : { pageFolder: options.pageFolder };
  const app = createServer({ log, ...served, ...page });
  const feed = openFeed(parts.ledger, services.clock);
  const live: Live = {
    feed,
    clock: services.clock,
    showItem: executions.item,
    onNotified: services.notifications.follow,
    findFollowed: async ({ workspace }, executionId) => {
      const { no } = await executions.row(workspace.no, executionId);
      return { no, executionId, triggeredBy: idOf(await executions.triggeredBy(no)) };
    },
  };
  registerAuth(app, services.auth);
  registerExports(app, served, services);
  const events = registerEvents(app, served, live);
  const sockets = serveSockets(app.server, registry, live);
  return { app, close: () => closeServer({ app, door, events, sockets, feed }) };
}

interface Closing {
  readonly app: FastifyInstance;
  readonly door: LocalDoor;
  readonly events: Events;
  readonly sockets: Sockets;
  readonly feed: { readonly close: () => void };
}

async function closeServer({ app, door, events, sockets, feed }: Closing): Promise<void> {
  events.close();
  feed.close();
  await sockets.close();
  await door.close();
  await app.close();
}

function openAccounts(folder: string, url: string | null, log: Logger): Promise<Auth> {
  return openAuth({
    path: join(folder, "auth.db"),
    secret: readSecret(folder, process.env["STINT_SECRET"]),
    baseUrl: url ?? "http://127.0.0.1:4400",
    log: (level, message) => log[level](message),
  });
}
