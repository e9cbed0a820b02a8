/**
 * The same messages over Socket.io: `follow` and `unfollow` as the contract says. Each follow goes on from its own
 * cursor at the pace of its socket, so nothing is broadcast and nothing is left to Socket.io's own recovery.
 */
import type { IncomingMessage, Server as HttpServer } from "node:http";

import { Server, type Socket } from "socket.io";

import { type Follow, followSchema, writeCursor } from "#contract/live.ts";
import type { Clock } from "#domain/clock.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { demandIdentity, type Identity, type Registry } from "../asking.ts";
import { headersOf } from "../headers.ts";
import { explain, refuseInput } from "../problem.ts";
import { isForeign } from "../security.ts";
import { type Live, startAt } from "./events.ts";
import { type Rendered, tell } from "./messages.ts";

export interface Sockets {
  readonly close: () => Promise<void>;
}

/** How much may wait for a slow socket before the feed waits for it too. */
const MOST_WAITING = 64;
const PATIENCE_MS = 30_000;
/** So long one may listen before it is asked again whether one still may. */
const RECHECK_MS = 10 * 60_000;

export function serveSockets(server: HttpServer, registry: Registry, live: Live): Sockets {
  const io = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    allowRequest: (request, decide) => decide(null, !isForeign(provenance(request))),
  });
  io.use((socket, next) => {
    void welcomeThen(registry, socket, next);
  });
  io.on("connection", (socket) => serveSocket(socket, registry, live));
  return {
    close: async () => {
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

function provenance(request: IncomingMessage): Parameters<typeof isForeign>[0] {
  const { host, origin } = request.headers;
  const fetchSite = request.headers["sec-fetch-site"];
  return { host, origin, fetchSite: typeof fetchSite === "string" ? fetchSite : undefined };
}

/** By cookie or key as everywhere; a browser that has a key gives it as `auth: { key }`, for it can set no header. */
async function identify(registry: Registry, socket: Socket): Promise<Identity> {
  const headers = headersOf(socket.handshake.headers);
  const key: unknown = socket.handshake.auth["key"];
  if (typeof key === "string") headers.set("authorization", `Bearer ${key}`);
  return demandIdentity(await registry.identify(headers, false));
}

/** Undefined lets the socket in; an error is what its client is told. */
async function welcome(registry: Registry, socket: Socket): Promise<Error | undefined> {
  try {
    (socket.data as { identity?: Identity }).identity = await identify(registry, socket);
    return undefined;
  } catch (error) {
    const { problem } = explain(error);
    return Object.assign(new Error(problem.detail), { data: problem });
  }
}

async function welcomeThen(
  registry: Registry,
  socket: Socket,
  go: (error?: Error) => void,
): Promise<void> {
  go(await welcome(registry, socket));
}

function serveSocket(socket: Socket, registry: Registry, live: Live): void {
  const { identity } = socket.data as { identity: Identity };
  const follows = new Map<string, AbortController>();
  const stop = (key: string): void => {
    follows.get(key)?.abort();
    follows.delete(key);
  };
  const begin = async (follow: Follow): Promise<unknown> => {
    const key = keyOf(follow);
    stop(key);
    const stopped = new AbortController();
    follows.set(key, stopped);
    return beginFollow({ socket, registry, live, identity, follow, stopped });
  };
  const end = async (follow: Follow): Promise<unknown> => {
    stop(keyOf(follow));
    return { ok: true };
  };
  socket.on("follow", (given: unknown, reply: unknown) => {
    void answer(given, begin).then(replying(socket, reply));
  });
  socket.on("unfollow", (given: unknown, reply: unknown) => {
    void answer(given, end).then(replying(socket, reply));
  });
  socket.on("disconnect", () => {
    for (const key of follows.keys()) stop(key);
  });
}

/** Answers to who asked for an acknowledgement, and to others by an event of that name. */
function replying(socket: Socket, reply: unknown): (said: unknown) => void {
  if (typeof reply === "function") return reply as (said: unknown) => void;
  return (said) => {
    socket.emit("answer", said);
  };
}

/** What was asked for, or the problem with it. */
async function answer(given: unknown, act: (follow: Follow) => Promise<unknown>): Promise<unknown> {
  try {
    return await act(readFollow(given));
  } catch (error) {
    return { problem: explain(error).problem };
  }
}

function readFollow(given: unknown): Follow {
  const parsed = followSchema.safeParse(given);
  if (!parsed.success) throw refuseInput("follow", parsed.error);
  return parsed.data;
}

function keyOf({ workspaceId, executionId }: Follow): string {
  return `${workspaceId} ${executionId ?? ""}`;
}

interface Beginning {
  readonly socket: Socket;
  readonly registry: Registry;
  readonly live: Live;
  readonly identity: Identity;
  readonly follow: Follow;
  readonly stopped: AbortController;
}

/** Answers with the cursor from which it tells; what it tells comes afterwards. */
async function beginFollow(beginning: Beginning): Promise<{ ok: true; cursor: string }> {
  const { socket, registry, live, identity, follow, stopped } = beginning;
  const enter = (): Promise<Entered> =>
    registry.enter(identity, follow.workspaceId, "executions:read");
  const entered = await enter();
  const followed =
    follow.executionId === undefined
      ? undefined
      : await live.findFollowed(entered, follow.executionId);
  const { position, isReset } = await startAt(live, entered, follow.cursor);
  const cursor = writeCursor({ ledgerId: live.feed.ledgerId, position });
  if (isReset) socket.emit("reset", { type: "reset", cursor });
  const stopChecking = recheck(live.clock, enter, stopped);
  void tell({
    source: live,
    listener: { entered, followed },
    after: position,
    signal: stopped.signal,
    out: sender(socket, live.clock, stopped.signal),
  })
    .catch((error: unknown) => socket.emit("answer", { problem: explain(error).problem }))
    .finally(stopChecking);
  return { ok: true, cursor };
}

/** A key may be revoked and a member removed while a socket stays open. */
function recheck(
  clock: Clock,
  enter: () => Promise<unknown>,
  stopped: AbortController,
): () => void {
  let stop = (): void => {};
  const arm = (): void => {
    stop = clock.at(clock.now() + RECHECK_MS, () => {
      enter().then(arm, () => stopped.abort());
    });
  };
  arm();
  return () => stop();
}

type Send = (rendered: Rendered) => Promise<boolean>;

/** Counts what has been handed over since the connection last took everything, and waits when that is too much. */
function sender(socket: Socket, clock: Clock, signal: AbortSignal): Send {
  const { conn } = socket;
  let waiting = 0;
  const taken = (): void => {
    waiting = 0;
  };
  conn.on("drain", taken);
  signal.addEventListener("abort", () => conn.off("drain", taken), { once: true });
  return async ({ message }) => {
    if (!socket.connected || signal.aborted) return false;
    waiting += 1;
    socket.emit(message.type, message);
    if (waiting <= MOST_WAITING || (await drains(socket, clock))) return true;
    socket.disconnect(true); // it comes back and goes on from its cursor
    return false;
  };
}

function drains(socket: Socket, clock: Clock): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const drained = (): void => resolve(true);
  const left = (): void => resolve(false);
  const stopWaiting = clock.at(clock.now() + PATIENCE_MS, left);
  socket.conn.once("drain", drained);
  socket.once("disconnect", left);
  return promise.finally(() => {
    stopWaiting();
    socket.conn.off("drain", drained);
    socket.off("disconnect", left);
  });
}
