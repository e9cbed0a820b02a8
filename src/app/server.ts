/** What answers: the API, the page, and whoever follows. */
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

import { registerAuth } from "#api/auth-routes.ts";
import { idOf } from "#api/executions/actors.ts";
import { registerExports } from "#api/export-routes.ts";
import { allHandlers } from "#api/handlers/all.ts";
import { type InvocationStreams, registerInvocationStreams } from "#api/invocations/streams.ts";
import type { LocalDoor } from "#api/listen.ts";
import { type Events, type Live, registerEvents } from "#api/live/events.ts";
import { type Feed, openFeed } from "#api/live/feed.ts";
import { serveSockets, type Sockets } from "#api/live/sockets.ts";
import { openRegistry } from "#api/registry.ts";
import { createServer } from "#api/server.ts";
import type { Services } from "#api/services.ts";
import type { Ledger } from "#ledger/ledger.ts";

export interface Serving {
  readonly ledger: Ledger;
  readonly services: Services;
  readonly door: LocalDoor;
  readonly log: Logger;
  readonly pageFolder?: string | undefined;
}

export interface OpenServer {
  readonly app: FastifyInstance;
  readonly close: () => Promise<void>;
}

export function openServer({ ledger, services, door, log, pageFolder }: Serving): OpenServer {
  const registry = openRegistry(services);
  const served = {
    handlers: allHandlers(services),
    registry,
    isLocal: ({ raw }: Parameters<Parameters<typeof registerEvents>[1]["isLocal"]>[0]) =>
      door.isLocal(raw),
    changesUnderWay: ledger.underWay,
  };
  const page = pageFolder === undefined ? {} : { pageFolder };
  const app = createServer({ log, ...served, ...page });
  const live = liveOf(openFeed(ledger, services.clock), services);
  registerAuth(app, services.auth);
  registerExports(app, served, services);
  const events = registerEvents(app, served, live);
  const streams = registerInvocationStreams(app, served, services);
  const sockets = serveSockets(app.server, registry, live);
  return {
    app,
    close: () => closeServer({ app, door, events, streams, sockets, feed: live.feed }),
  };
}

function liveOf(feed: Feed, { clock, executions, notifications }: Services): Live {
  return {
    feed,
    clock,
    showItem: executions.item,
    onNotified: notifications.follow,
    findFollowed: async ({ workspace }, executionId) => {
      const { no } = await executions.row(workspace.no, executionId);
      return { no, executionId, triggeredBy: idOf(await executions.triggeredBy(no)) };
    },
  };
}

interface Closing {
  readonly app: FastifyInstance;
  readonly door: LocalDoor;
  readonly events: Events;
  readonly streams: InvocationStreams;
  readonly sockets: Sockets;
  readonly feed: Feed;
}

async function closeServer(closing: Closing): Promise<void> {
  const { app, door, events, streams, sockets, feed } = closing;
  events.close();
  streams.close();
  feed.close();
  await sockets.close();
  await door.close();
  await app.close();
}
