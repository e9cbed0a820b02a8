/** What takes long goes on when the way to whoever keeps the executions is lost: by a new one, once there is one. */
import { setTimeout } from "node:timers/promises";

import { Fault } from "#domain/fault.ts";

import type { HolderClient } from "./http-client.ts";
import { type Place, reach, reachAgain } from "./reach.ts";

export interface OverLosses<Result> {
  readonly place: Place;
  /** A client that is open already; it stays open. */
  readonly first: HolderClient;
  /** Undefined: the way was lost. It is asked again then, and goes on where it was. */
  readonly attempt: (client: HolderClient) => Promise<Result | undefined>;
  /** Of a server's loss; from a command that has ended, another takes over without a word. */
  readonly onLost?: () => void;
  /** Aborted when nobody wants it any more: no further attempt is made. */
  readonly left?: AbortSignal;
}

const RETRY_MS = 500;
/** So often a server is awaited, which is to come back; then the command opens the folder itself. */
const AWAITING_SERVER = 20;
/** Two minutes: a machine may be started anew. */
const MOST_TRIES = 240;
/** What held so long was a way, and its loss is a new one. */
const HELD_MS = 2000;
const NEVER = new AbortController().signal;

/** @throws Fault `unavailable` where nobody comes back, the signal's reason, or whatever an attempt throws besides losses */
export async function overLosses<Result>({
  place,
  first,
  attempt,
  onLost = () => {},
  left = NEVER,
}: OverLosses<Result>): Promise<Result> {
  const done = await unlessLost(() => attempt(first));
  if (done !== undefined) return done;
  let { keeper } = first; // by now: what only reads goes on with the next holder
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    left.throwIfAborted();
    if (tries === 0 && keeper === "server") onLost();
    await setTimeout(RETRY_MS, undefined, { signal: left });
    const since = performance.now();
    const opens = keeper !== "server" || tries >= AWAITING_SERVER;
    const again = await unlessLost(async () => {
      await using client = opens ? await reach(place) : await reachAgain(place);
      if (client === undefined) return undefined;
      keeper = client.keeper;
      return await attempt(client);
    });
    if (again !== undefined) return again;
    if (performance.now() - since > HELD_MS) tries = -1;
  }
  throw new Fault("unavailable", "The server that ran it is gone and does not come back", {
    suggestion: "Start it again with `stint serve`; the execution goes on where it was",
  });
}

async function unlessLost<Result>(
  work: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && LOST.has(String(error.code))) return undefined;
    throw error;
  }
}

/** Of faults, and of Node's errors where an answer breaks off. */
const LOST: ReadonlySet<string> = new Set([
  "unavailable",
  "folder_held",
  "ECONNRESET",
  "ERR_STREAM_PREMATURE_CLOSE",
]);
