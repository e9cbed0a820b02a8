/**
 * Whom a command speaks to: the folder that is named, else the server of `STINT_URL`, else the folder of
 * `STINT_DATA`, else `./data` where there is one, else the user's own.
 */
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { Fault } from "#domain/fault.ts";

import { reachFolder, reachHolder } from "./holder-client.ts";
import { clientOf, type HolderClient, type Server } from "./http-client.ts";
import { DATA } from "./options.ts";

export type Place =
  | { readonly kind: "folder"; readonly path: string; readonly isOwn: boolean }
  | { readonly kind: "server"; readonly url: URL; readonly token: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Fault `bad_request` where the server is named wrongly, or without a key */
export function placeOf(data: string | undefined, env: Environment = process.env): Place {
  const url = env["STINT_URL"];
  if (data === undefined && isSaid(url)) return serverOf(url, env["STINT_TOKEN"]);
  const named = data ?? (isSaid(env["STINT_DATA"]) ? env["STINT_DATA"] : undefined);
  if (named !== undefined) return { kind: "folder", path: named, isOwn: false };
  if (existsSync(join(DATA, "stint.db"))) return { kind: "folder", path: DATA, isOwn: false };
  return { kind: "folder", path: ownFolder(env), isOwn: true };
}

const isSaid = (text: string | undefined): text is string => text !== undefined && text !== "";

/** Where a user's own executions are kept, whichever folder they stand in. */
function ownFolder(env: Environment): string {
  const base = env["XDG_DATA_HOME"];
  return join(isSaid(base) ? base : join(homedir(), ".local", "share"), "stint");
}

function serverOf(text: string, token: string | undefined): Place {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Fault("bad_request", `STINT_URL is no address of a server: ${text}`, {
      suggestion: "It looks like https://stint.example.com",
    });
  }
  if (isSaid(token)) return { kind: "server", url, token };
  throw new Fault("bad_request", `STINT_URL names a server, and STINT_TOKEN holds no key for it`, {
    suggestion:
      "Make one there with `stint token create --role admin`, or on the page under Settings",
  });
}

/** @throws Fault `not_found` where there is no such folder */
export async function reach(place: Place): Promise<HolderClient> {
  if (place.kind === "server") return reachServer(place);
  if (place.isOwn && !existsSync(place.path)) throw nothingYet(place.path);
  return await reachFolder(place.path);
}

/** For what begins something: the user's own folder is made when it is first needed; one that is named was mistyped. */
export function makeOwnFolder(place: Place): void {
  if (place.kind === "folder" && place.isOwn)
    mkdirSync(place.path, { recursive: true, mode: 0o700 });
}

/**
 * A way to whoever keeps the executions now; undefined: nobody answers. Unlike `reach` it opens no folder by itself, so
 * that it does not stand in the way of a server that is about to come back.
 */
export async function reachAgain(place: Place): Promise<HolderClient | undefined> {
  return place.kind === "server" ? reachServer(place) : await reachHolder(place.path);
}

function nothingYet(folder: string): Fault {
  return new Fault(
    "not_found",
    `There is no data folder ${DATA} here, and none of your own yet (${folder})`,
    {
      suggestion: "Name one with --data, or a server with STINT_URL and STINT_TOKEN",
    },
  );
}

function reachServer({ url, token }: Place & { readonly kind: "server" }): HolderClient {
  const { protocol, hostname, port } = url;
  const to = {
    protocol,
    hostname: hostname.replaceAll(/^\[|\]$/g, ""),
    ...(port !== "" && { port }),
  };
  const server: Server = {
    to,
    keeper: "server",
    headers: { authorization: `Bearer ${token}` },
    base: url.pathname.replace(/\/$/, ""),
    name: `The server ${url.origin}`,
    hint: "See that STINT_URL is right and the server runs; to leave it out, unset STINT_URL or name a folder with --data",
  };
  return clientOf(server, async () => {});
}
