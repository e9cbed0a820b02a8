/** Live messages as server-sent events. A reader that comes back with `Last-Event-ID` goes on where it was. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { readCursor, writeCursor } from "#contract/live.ts";
import type { RequestTo } from "#contract/route.ts";
import { type Routes, ROUTES } from "#contract/routes.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { readRequest, type Served } from "../register.ts";
import { type LiveSource, type Listener, tell } from "./messages.ts";
import { type Channel, encodeEvent, openChannel } from "./sse.ts";

export interface Live extends LiveSource {
  readonly clock: Clock;
  /** @throws Fault `not_found` for an execution that is not the workspace's. */
  readonly findFollowed: (
    entered: Entered,
    id: ExecutionId,
  ) => Promise<NonNullable<Listener["followed"]>>;
}

export interface Events {
  /** Ends every open stream, so that the server can close. */
  readonly close: () => void;
}

type Asked = RequestTo<Routes["followEvents"]> & { readonly entered: Entered };

export function registerEvents(app: FastifyInstance, served: Served, live: Live): Events {
  const open = new Set<Channel>();
  app.get(ROUTES.followEvents.path, async (request, reply) => {
    const { query, entered } = (await readRequest(
      "followEvents",
      request,
      served,
    )) as unknown as Asked;
    const followed =
      query.executionId === undefined
        ? undefined
        : await live.findFollowed(entered, query.executionId);
    const start = await startAt(live, entered, lastSeen(request) ?? query.lastEventId);
    const channel = openOn(reply, live.clock);
    open.add(channel);
    channel.gone.addEventListener("abort", () => open.delete(channel), { once: true });
    try {
      await stream(live, { entered, followed }, start, channel);
    } catch (error) {
      request.log.error({ err: error }, "a live stream broke off"); // its reader comes back by itself
    } finally {
      channel.close();
    }
  });
  return {
    close: () => {
      for (const channel of open) channel.close();
    },
  };
}

function lastSeen(request: FastifyRequest): string | undefined {
  const header = request.headers["last-event-id"];
  return typeof header === "string" && header !== "" ? header : undefined;
}

function openOn(reply: FastifyReply, clock: Clock): Channel {
  reply.hijack();
  return openChannel(reply.raw, { clock });
}

interface Start {
  readonly position: number;
  /** The cursor names a place that is not there: read everything again and go on from here. */
  readonly isReset: boolean;
}

/** Without a cursor: from now on. @throws Fault `bad_request` for what is no cursor. */
export async function startAt(
  live: Pick<Live, "feed">,
  { workspace }: Pick<Entered, "workspace">,
  text: string | undefined,
): Promise<Start> {
  const head = await live.feed.head();
  if (text === undefined) return { position: head, isReset: false };
  const cursor = readCursor(text);
  if (cursor === undefined) {
    const suggestion = "Leave it out to begin with what happens from now on";
    throw new Fault("bad_request", `"${text}" is not a cursor of the live feed`, { suggestion });
  }
  const isKnown =
    cursor.ledgerId === live.feed.ledgerId &&
    cursor.position <= head &&
    cursor.position >= (await live.feed.floor(workspace.no));
  return isKnown
    ? { position: cursor.position, isReset: false }
    : { position: head, isReset: true };
}

/** So long one may listen before it is asked again who listens: a browser comes back at once and goes on. */
const LISTEN_MS = 10 * 60_000;

async function stream(
  live: Live,
  listener: Listener,
  { position, isReset }: Start,
  channel: Channel,
): Promise<void> {
  const cursor = writeCursor({ ledgerId: live.feed.ledgerId, position });
  // An id without data: who is cut off before the first message goes on from here too.
  await channel.send(`id: ${cursor}\n\n`);
  if (isReset) {
    await channel.send(encodeEvent(cursor, "reset", JSON.stringify({ type: "reset", cursor })));
  }
  const stopClosing = live.clock.at(live.clock.now() + LISTEN_MS, channel.close);
  channel.gone.addEventListener("abort", stopClosing, { once: true });
  await tell({
    source: live,
    listener,
    after: position,
    signal: channel.gone,
    out: ({ message, json }) => channel.send(encodeEvent(message.cursor, message.type, json)),
  });
}
