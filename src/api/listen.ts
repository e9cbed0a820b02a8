/** Where the server answers: on a port, and on the data folder's socket for those who may read the folder. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

import type { FastifyInstance } from "fastify";

import { Fault } from "#domain/fault.ts";

export interface Address {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** Answers with the URL under which it is reached. @throws Fault that says why it cannot listen there */
export async function listenOn(app: FastifyInstance, { host, port }: Address): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explainListening(error, { host, port });
  }
  return urlOf(host, (app.server.address() as AddressInfo).port);
}

/** IPv6 addresses stand in brackets. */
function urlOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function explainListening(error: unknown, { host, port }: Address): Fault {
  const { code, message } = error as NodeJS.ErrnoException;
  const place = urlOf(host, port).replace("http://", "");
  if (code === "EADDRINUSE") {
    const suggestion = "Stop what listens there, or choose another port with --port";
    return new Fault("unavailable", `${place} is in use by another program`, {
      cause: error,
      suggestion,
    });
  }
  if (code === "EACCES") {
    const suggestion = "Choose a port from 1024 on with --port";
    return new Fault("unavailable", `This user may not listen on ${place}`, {
      cause: error,
      suggestion,
    });
  }
  const suggestion = "Choose an address of this machine with --host, such as 127.0.0.1";
  return new Fault("unavailable", `Cannot listen on ${place}: ${message}`, {
    cause: error,
    suggestion,
  });
}

export interface LocalDoor {
  /** Whether a request came in here. */
  readonly isLocal: (request: IncomingMessage) => boolean;
  readonly open: (app: FastifyInstance, path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A second server in front of the same routes. */
export function localDoor(): LocalDoor {
  const sockets = new WeakSet<Socket>();
  let server: Server | undefined;
  return {
    isLocal: ({ socket }) => sockets.has(socket),
    open: async (app, path) => {
      await app.ready();
      const door = createServer((request, response) => app.routing(request, response));
      door.on("connection", (socket) => sockets.add(socket));
      server = door;
      await listenPrivately(door, path);
    },
    close: async () => {
      if (server === undefined) return;
      const closed = new Promise((resolve) => server?.close(resolve));
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** The socket is made under a mask, so that there is no moment in which somebody else may open it. */
async function listenPrivately(server: Server, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  const before = process.umask(0o177);
  try {
    server.listen(path, resolve);
  } finally {
    process.umask(before);
  }
  await promise;
}
