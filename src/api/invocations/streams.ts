/** What is sent as it comes about: an invocation that is followed, and the bytes that a round wrote. */
import type { FastifyInstance, FastifyRequest } from "fastify";

import type { RequestTo } from "#contract/route.ts";
import { type Routes, ROUTES } from "#contract/routes.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { type Channel, encodeEvent, openChannel } from "../live/sse.ts";
import { readRequest, type Served } from "../register.ts";
import { follow, type From, type Out } from "./following.ts";
import type { Invocations } from "./invocations.ts";

interface Needs {
  readonly invocations: Invocations;
  readonly clock: Clock;
}

export interface InvocationStreams {
  /** Ends every open stream, so that the server can close. */
  readonly close: () => void;
}

type Asked<Name extends "followInvocation" | "downloadOutput"> = RequestTo<Routes[Name]> & {
  readonly entered: Entered;
};

/** So long one may listen before it is asked again who listens: a browser comes back at once and goes on. */
const LISTEN_MS = 10 * 60_000;

export function registerInvocationStreams(
  app: FastifyInstance,
  served: Served,
  needs: Needs,
): InvocationStreams {
  const open = new Set<Channel>();
  registerRaw(app, served, needs);
  app.get(ROUTES.followInvocation.path, async (request, reply) => {
    const asked = (await readRequest(
      "followInvocation",
      request,
      served,
    )) as unknown as Asked<"followInvocation">;
    const { clock, invocations } = needs;
    const followed = await invocations.followed(asked.entered, asked.params.executionId);
    await followed.standing(); // what is not there is refused before the stream begins
    const from = startAt(request, asked.query);
    reply.hijack();
    const channel = openChannel(reply.raw, { clock });
    open.add(channel);
    const stopClosing = clock.at(clock.now() + LISTEN_MS, channel.close);
    try {
      await follow(followed, from, outTo(channel), { signal: channel.gone, clock });
    } catch (error) {
      request.log.error({ err: error }, "a stream of an invocation broke off");
    } finally {
      stopClosing();
      open.delete(channel);
      channel.close();
    }
  });
  return {
    close: () => {
      for (const channel of open) channel.close();
    },
  };
}

/** @throws Fault `bad_request` for what is no id of an event */
function startAt(
  request: FastifyRequest,
  { round, from, lastEventId, whole }: Asked<"followInvocation">["query"],
): From {
  const header = request.headers["last-event-id"];
  const seen = typeof header === "string" && header !== "" ? header : lastEventId;
  if (seen === undefined) return { round, byte: from, whole };
  const [number = "", byte = ""] = seen.split(":");
  if (/^\d{1,9}$/.test(number) && /^\d{1,15}$/.test(byte) && Number(number) > 0)
    return { round: Number(number), byte: Number(byte), whole };
  throw new Fault("bad_request", `"${seen}" is not the id of an event of an invocation`, {
    suggestion: "Leave it out to begin with the first round",
  });
}

function outTo(channel: Channel): Out {
  const send = (event: string, data: unknown, id?: string): Promise<boolean> => {
    const json = JSON.stringify(data);
    if (id !== undefined) return channel.send(encodeEvent(id, event, json));
    return channel.send(`event: ${event}\ndata: ${json}\n\n`);
  };
  return {
    output: (event, id) => send("output", event, id),
    invocation: (item) => send("invocation", item),
    end: (item) => send("end", item),
  };
}

function registerRaw(app: FastifyInstance, served: Served, { invocations }: Needs): void {
  app.get(ROUTES.downloadOutput.path, async (request, reply) => {
    const { entered, params, query } = (await readRequest(
      "downloadOutput",
      request,
      served,
    )) as unknown as Asked<"downloadOutput">;
    const { executionId, round } = params;
    const file = await invocations.raw(entered, executionId, round, query.of);
    const { size } = await file.stat();
    const to = Math.min(query.to ?? size, size);
    const from = Math.min(query.from, to);
    reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${executionId}-${round}.${query.of}"`)
      .header("cache-control", "no-store")
      .header("content-length", to - from);
    if (from === to) {
      await file.close();
      return reply.send("");
    }
    return reply.send(file.createReadStream({ start: from, end: to - 1 }));
  });
}
