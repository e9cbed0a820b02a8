/**
 * One reader of server-sent events. It is written to at the pace at which it reads: nothing is kept for a slow one, as
 * the feed is read on only when it has taken what it was given. One that takes nothing for too long is cut off; it
 * comes back with the last id that it saw, so nothing is lost either way and memory stays bounded.
 */
import type { ServerResponse } from "node:http";

import type { Clock } from "#domain/clock.ts";

export interface Channel {
  /** Resolves when the reader can take more; false once it is gone. */
  readonly send: (text: string) => Promise<boolean>;
  readonly close: () => void;
  /** Aborts when the reader leaves, is cut off, or the channel is closed. */
  readonly gone: AbortSignal;
}

export interface ChannelOptions {
  readonly clock: Clock;
  readonly heartbeatMs?: number;
  /** How long a reader may take nothing. */
  readonly patienceMs?: number;
}

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  connection: "keep-alive",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** Shorter than the idle limits of common proxies (30 s and up). */
const HEARTBEAT_MS = 15_000;
const PATIENCE_MS = 30_000;
/** How long a browser waits before it comes back. */
const RETRY_MS = 1000;

export function openChannel(response: ServerResponse, options: ChannelOptions): Channel {
  const { clock, heartbeatMs = HEARTBEAT_MS, patienceMs = PATIENCE_MS } = options;
  const gone = new AbortController();
  let stopBeating = (): void => {};

  function close(): void {
    if (gone.signal.aborted) return;
    gone.abort();
    stopBeating();
    response.end();
  }

  function beat(): void {
    stopBeating = clock.at(clock.now() + heartbeatMs, () => {
      if (!response.writableNeedDrain) response.write(": still here\n\n");
      beat();
    });
  }

  async function send(text: string): Promise<boolean> {
    if (gone.signal.aborted) return false;
    if (!response.write(text) && !(await drains(response, clock, patienceMs, gone.signal))) {
      close();
      response.destroy();
    }
    return !gone.signal.aborted;
  }

  response.on("close", close);
  response.on("error", close);
  response.writeHead(200, HEADERS);
  response.write(`retry: ${RETRY_MS}\n\n`);
  beat();
  return { send, close, gone: gone.signal };
}

/** False when the reader has not taken what was written within its time, or has gone. */
function drains(
  response: ServerResponse,
  clock: Clock,
  withinMs: number,
  gone: AbortSignal,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const drained = (): void => resolve(true);
  const left = (): void => resolve(false);
  const stopWaiting = clock.at(clock.now() + withinMs, left);
  response.once("drain", drained);
  gone.addEventListener("abort", left, { once: true });
  return promise.finally(() => {
    stopWaiting();
    response.off("drain", drained);
    gone.removeEventListener("abort", left);
  });
}

/** JSON never holds a line break, so each message is one data line. */
export function encodeEvent(id: string, event: string, json: string): string {
  return `id: ${id}\nevent: ${event}\ndata: ${json}\n\n`;
}
