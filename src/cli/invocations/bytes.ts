/** What a plain command writes, on both of its streams, as the very bytes, to its end. */
import { setTimeout } from "node:timers/promises";

import type { Invocation } from "#contract/shapes/invocations.ts";
import { Fault } from "#domain/fault.ts";

import type { HolderClient } from "../http-client.ts";
import { overLosses } from "../over-losses.ts";
import { readInvocation, type Watching } from "./watch.ts";

export interface WatchingBytes extends Omit<Watching, "onEvents"> {
  /** Nothing more is read of that stream until it settles. */
  readonly onBytes: (to: "out" | "err", bytes: Uint8Array) => Promise<void>;
}

/** Of a stream, all before this byte was passed on. */
interface Passed {
  readonly to: "out" | "err";
  readonly of: "output" | "errors";
  byte: number;
}

const FIRST_PAUSE_MS = 40;
const LONGEST_PAUSE_MS = 300;

/**
 * Goes on behind the last byte that was passed on when the way is lost.
 * Answers with the invocation when it has ended; undefined: it was left.
 */
export async function watchBytes(watching: WatchingBytes): Promise<Invocation | undefined> {
  const { desk, from, onClient, onLost, left } = watching;
  const { place, client: first } = desk;
  const streams: readonly Passed[] = [
    { to: "out", of: "output", byte: from?.byte ?? 0 },
    { to: "err", of: "errors", byte: from?.errors ?? 0 },
  ];
  const attempt = async (client: HolderClient): Promise<Invocation> => {
    onClient(client);
    return await passAll(watching, streams, client);
  };
  try {
    return await overLosses({ place, first, attempt, onLost, left });
  } catch (error) {
    if (left.aborted) return undefined;
    throw error;
  }
}

/** Each stream at the pace at which it is taken. Where one is lost all end, so that none is read twice at once. */
async function passAll(
  watching: WatchingBytes,
  streams: readonly Passed[],
  client: HolderClient,
): Promise<Invocation> {
  const { desk, id, left } = watching;
  const broken = new AbortController();
  const signal = AbortSignal.any([left, broken.signal]);
  let ended: Invocation | undefined;
  const lookForEnd = async (): Promise<Invocation> => {
    while (ended === undefined) {
      const now = await readInvocation({ client, base: desk.base }, id);
      if (now.status === "completed") ended = now;
      else await setTimeout(LONGEST_PAUSE_MS, undefined, { signal });
    }
    return ended;
  };
  const pass = async (passed: Passed): Promise<void> => {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      // Asked before the stream is read to its end: what was written before that is not missed.
      const wasOver = ended !== undefined;
      const before = passed.byte;
      await passNew(watching, passed, client, signal);
      if (passed.byte > before) pauseMs = FIRST_PAUSE_MS;
      else if (wasOver) return;
      if (!wasOver) await setTimeout(pauseMs, undefined, { signal });
    }
  };
  const works = [lookForEnd(), ...streams.map(pass)] as const;
  try {
    await Promise.all(works);
  } catch (error) {
    broken.abort();
    await Promise.allSettled(works);
    throw error;
  }
  return await works[0];
}

async function passNew(
  { desk: { base }, id, from, onBytes }: WatchingBytes,
  passed: Passed,
  client: HolderClient,
  signal: AbortSignal,
): Promise<void> {
  const query = `of=${passed.of}&from=${passed.byte}`;
  const path = `${base}/invocations/${id}/rounds/${from?.round ?? 1}/raw?${query}`;
  const answer = await client.stream({ method: "GET", path, signal }).catch(unlessNothing);
  if (answer === undefined) return;
  for await (const chunk of answer) {
    const bytes = chunk as Uint8Array;
    passed.byte += bytes.length;
    await onBytes(passed.to, bytes);
  }
}

/** It has not begun to write. */
function unlessNothing(error: unknown): undefined {
  if (error instanceof Fault && error.code === "not_found") return undefined;
  throw error;
}
