/**
 * How the CLI speaks to a data folder: HTTP over the holder's socket, which only those may open who may read the
 * folder. Where nobody holds it, the CLI opens the folder itself and then speaks to itself in the same way.
 */
import { existsSync } from "node:fs";
import { connect } from "node:net";

import { Fault } from "#domain/fault.ts";
import { readHolder } from "#store/folder.ts";

import { clientOf, type HolderClient, type Keeper, type Server } from "./http-client.ts";

/** @throws Fault `not_found` where there is no such folder, `folder_held` when somebody has it and does not answer. */
export async function reachFolder(folder: string): Promise<HolderClient> {
  demandFolder(folder);
  const held = await reachHolder(folder);
  if (held !== undefined) return held;
  const { openApp } = await import("#app");
  const app = await openApp({ data: folder, port: null, log: "silent" });
  return clientOf(overSocket(app.socket, "this command"), app.close);
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
