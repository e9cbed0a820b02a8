/**
 * The only place where the parts are put together: a data folder becomes a running Stint. What a part is made of
 * stands in `app/`.
 *
 * One process holds a folder. It answers on a port, where one is wanted, and always on the folder's socket, through
 * which the command line reaches it. Closing goes from the outside in: streams end, nobody new is let in, what runs is
 * let go (a later start goes on with it), then the files close and the folder is free.
 */
import { readFileSync } from "node:fs";

import { destination, type Logger, pino } from "pino";

import { openBulk } from "#api/executions/bulk-start.ts";
import { bulk } from "#api/executions/bulk.ts";
import { openErrors } from "#api/executions/errors.ts";
import { openRuns, type Runs } from "#api/executions/runs.ts";
import { listenOn, localDoor } from "#api/listen.ts";
import type { Services } from "#api/services.ts";
import { openSimulations } from "#api/simulating.ts";
import { fileSizes } from "#api/storage.ts";
import type { FirstOwner } from "#auth/first-owner.ts";
import { importContacts } from "#crm/import-contacts.ts";
import { systemClock } from "#domain/clock.ts";
import { openSimulator } from "#drivers/automation/simulation/simulator.ts";
import { prepareFirstStart } from "#example/first-start.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { measure } from "#ledger/storage.ts";
import { holdFolder } from "#store/folder.ts";
import type { Store } from "#store/store.ts";
import { openSystem, sayAttention } from "#upkeep/system.ts";
import { demandUsable } from "#upkeep/usable.ts";
import { watchFiles } from "#upkeep/watch.ts";

import { type Accounts, awaitAccounts, namesOfKeys, openAccounts } from "./app/accounts.ts";
import { type AtOnce, openAgents } from "./app/agents.ts";
import { openInvoking } from "./app/invocations.ts";
import { type Kept, openKept } from "./app/kept.ts";
import { openPast, openRetention } from "./app/past.ts";
import { openServer } from "./app/server.ts";

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
  readonly atOnce?: AtOnce;
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
  /** Settles when what ended while nobody held the folder is on record. */
  readonly caughtUp: () => Promise<void>;
  /** Settles when the store can write no more: the process must end, and the next one recovers. */
  readonly broken: Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** @throws Fault `folder_held`, or that says why it cannot listen or open its files */
export async function openApp(options: AppOptions): Promise<App> {
  const closing = new AsyncDisposableStack();
  try {
    const holding = holdFolder(options.data, { serves: options.port !== null });
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
  const parts = await openParts(folder, options.atOnce ?? {}, log, closing);
  const door = localDoor();
  const { pageFolder } = options;
  const server = openServer({ ...parts, door, log, pageFolder });
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
  const { caughtUp } = parts;
  return { url, socket, owner, attention, caughtUp, broken, close: () => closing.disposeAsync() };
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
  readonly services: Services;
  readonly accounts: Accounts;
  readonly caughtUp: () => Promise<void>;
}

async function openParts(
  folder: string,
  atOnce: AtOnce,
  log: Logger,
  closing: AsyncDisposableStack,
): Promise<Parts> {
  const kept = await openKept(folder, log, closing);
  const { ledger, workspace, store, search, clock } = kept;
  const acting = Promise.withResolvers<Runs>();
  const many = bulk(acting.promise);
  const invoking = openInvoking(kept, log, closing);
  const { programs, forgetFiles } = invoking;
  const { engine, beginsReading } = await openAgents(kept, many, programs, atOnce, log, closing);
  closing.defer(invoking.leave); // before the engine stops
  const accounts = awaitAccounts(closing);
  const keyNames = namesOfKeys(workspace.workspaces, accounts);
  const { inLine, versionOf } = engine;
  const past = openPast(kept, { keyNames, inLine, versionOf }, closing);
  const { executions, archived } = past;
  const begins = beginsReading(archived.ledger);
  const runs = openRuns({ ...workspace, store, engine, executions, ...begins });
  acting.resolve(runs);
  const services: Services = {
    ...workspace,
    ...past,
    ...openRetention(kept, { archived, forgetFiles }, engine, log, closing),
    ...ofKept(kept, closing),
    runs,
    invocations: invoking.serve({ past: archived.ledger, executions, engine }),
    bulk: openBulk({ ...workspace, store, search, engine, program: many, clock }),
    auth: accounts.auth,
  };
  return { ledger, services, accounts, caughtUp: () => invoking.caughtUp(engine) };
}

/** What needs nothing but what lies in the folder. */
function ofKept(kept: Kept, closing: AsyncDisposableStack) {
  const { folder, ledger, store, workspace, search, clock, reader, providers, mail } = kept;
  return {
    store,
    search,
    clock,
    reader,
    providers,
    system: openSystem({ folder, ledger, clock }),
    version: readVersion(),
    measure: measuring(kept),
    outbox: mail.outbox,
    sandbox: mail,
    importContacts: importing(store),
    simulations: simulating(kept, closing),
    errors: openErrors({ ...workspace, store, clock }),
  };
}

function simulating(
  { path, store, clock, workspace, reader }: Kept,
  closing: AsyncDisposableStack,
): Services["simulations"] {
  const simulator = openSimulator();
  closing.defer(simulator.close);
  /** What is tried out unsaved is read as the editor shows it. */
  const parse = (words: string) => reader.read(words, 0, "offline");
  return openSimulations({ ...workspace, path, store, clock, simulator, parse });
}

function measuring({ folder, path }: Kept): Services["measure"] {
  return async () => ({ ...(await measure(path)), files: await fileSizes(folder) });
}

function importing(store: Store): Services["importContacts"] {
  return async (change, zone, csv, how) => {
    const report = await importContacts(store, change, csv, { ...how, zone });
    return { ...report, errors: [...report.errors], warnings: [...report.warnings] };
  };
}

function readVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
