/**
 * How the CLI speaks to a data folder: HTTP over the holder's socket, which only those may open who may read the
 * folder. Where nobody holds it, the CLI opens the folder itself and then speaks to itself in the same way.
 */
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";

import { Fault } from "#domain/fault.ts";
import { readHolder } from "#store/folder.ts";

import { type Ask, clientOf, type HolderClient, type Keeper, type Server } from "./http-client.ts";

const LOOK_AGAIN_MS = 200;
/** So often a holder is looked for that has the folder and does not answer yet: it is starting, or about to end. */
const MOST_LOOKS = 50;

/** @throws Fault `not_found` where there is no such folder, `folder_held` when somebody has it and does not answer. */
export async function reachFolder(folder: string): Promise<HolderClient> {
  demandFolder(folder);
  for (let looks = 1; ; looks += 1) {
    const holder = await reachHolder(folder);
    if (holder !== undefined) return orNext(folder, holder);
    const client = await openFolder(folder, looks < MOST_LOOKS);
    if (client !== undefined) return client;
    await setTimeout(LOOK_AGAIN_MS);
  }
}

/**
 * A command that has the folder may end before it is asked: what only reads is asked of whoever has it next. Several questions that
 * fail at once go on with one next holder, which may be this command: opened twice, it would never end.
 */
function orNext(folder: string, holder: HolderClient): HolderClient {
  if (holder.keeper !== "a command") return holder;
  let client = holder;
  let next: Promise<HolderClient> | undefined;
  async function read<Answer>(ask: Ask, how: (of: HolderClient) => Promise<Answer>) {
    if (client !== holder) return how(client);
    try {
      return await how(holder);
    } catch (error) {
      if (ask.method !== "GET" || !hasHungUp(error)) throw error;
      next ??= reachFolder(folder).catch((reason: unknown) => {
        next = undefined;
        throw reason;
      });
      client = await next;
      return await how(client);
    }
  }
  return {
    get keeper() {
      return client.keeper;
    },
    ask: (ask) => read(ask, (of) => of.ask(ask)),
    stream: (ask) => read(ask, (of) => of.stream(ask)),
    [Symbol.asyncDispose]: async () => {
      const last = (await next?.catch(() => undefined)) ?? client;
      await last[Symbol.asyncDispose]();
    },
  };
}

const HUNG_UP = new Set(["EPIPE", "ECONNRESET", "ECONNREFUSED", "ENOENT"]);

function hasHungUp(error: unknown): boolean {
  const cause = error instanceof Fault ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && HUNG_UP.has(String(cause.code));
}

/** Undefined: somebody else has it, where that is no mistake yet. */
async function openFolder(folder: string, mayBeHeld: boolean): Promise<HolderClient | undefined> {
  const { openApp } = await import("#app");
  try {
    const app = await openApp({ data: folder, port: null, log: "silent" });
    await app.caughtUp();
    return clientOf(overSocket(app.socket, "this command"), app.close);
  } catch (error) {
    if (mayBeHeld && error instanceof Fault && error.code === "folder_held") return undefined;
    throw error;
  }
}

/** Undefined: nobody holds the folder, or who does has not come so far as to answer. */
export async function reachHolder(folder: string): Promise<HolderClient | undefined> {
  const holder = readHolder(folder);
  const isThere = holder !== undefined && (await answers(holder.socket));
  if (!isThere) return undefined;
  const keeper = holder.serves === true ? "server" : "a command";
  return clientOf(overSocket(holder.socket, keeper), async () => {});
}

/** Only the server makes a folder: anywhere else, one that is not there was mistyped. */
function demandFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new Fault("not_found", `There is no data folder ${folder}`, {
    suggestion: "Name the server's with --data; `stint serve` makes a new one",
  });
}

function answers(socketPath: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(socketPath);
  socket.once("connect", () => {
    socket.destroy();
    resolve(true);
  });
  socket.once("error", () => resolve(false));
  return promise;
}

function overSocket(socketPath: string, keeper: Keeper): Server {
  return {
    to: { socketPath },
    base: "",
    keeper,
    name: "The holder of the data folder",
    hint: "Try again; if it stays, see whether the server still runs",
  };
}
