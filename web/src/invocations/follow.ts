/** Follows output over server-sent events: what comes is gathered for a moment and heard together. */
import type { OutputEvent } from "#contract/shapes/invocation-output.ts";

import type { Hearing } from "./reader.ts";
import { type Placed, placedIn, type Spot } from "./stretch.ts";

/** What of `EventSource` is used. */
export interface EventWire {
  readonly readyState: number;
  readonly addEventListener: (
    type: string,
    listener: (event: { readonly data?: unknown; readonly lastEventId?: string }) => void,
  ) => void;
  readonly close: () => void;
}

export interface FollowOptions {
  readonly open: (from: Spot) => EventWire;
  /** The invocation itself has changed. */
  readonly onChanged: () => void;
  /** Calls back soon; what it returns calls it off. */
  readonly soon: (call: () => void, ms: number) => () => void;
}

const GATHER_MS = 100;
const AGAIN_MS = 3000;
/** Of `readyState`: the browser does not try again by itself. */
const CLOSED = 2;

interface Following {
  readonly options: FollowOptions;
  readonly hearing: Hearing;
  next: Spot;
  gathered: Placed[];
  stopTimer: (() => void) | undefined;
  wire: EventWire | undefined;
}

export function followOutput(options: FollowOptions, from: Spot, hearing: Hearing): () => void {
  const following: Following = {
    options,
    hearing,
    next: from,
    gathered: [],
    stopTimer: undefined,
    wire: undefined,
  };
  connect(following);
  return () => {
    following.stopTimer?.();
    following.wire?.close();
    following.wire = undefined;
  };
}

function connect(following: Following): void {
  const { options, hearing } = following;
  const wire = options.open(following.next);
  following.wire = wire;
  const when = (type: string, listener: Parameters<EventWire["addEventListener"]>[1]): void =>
    wire.addEventListener(type, (event) => {
      if (following.wire === wire) listener(event);
    });
  when("open", () => {
    following.gathered = [];
    hearing.connected();
  });
  when("output", ({ data, lastEventId }) => gather(following, String(data), lastEventId));
  when("invocation", options.onChanged);
  when("end", () => {
    flush(following);
    wire.close();
    options.onChanged();
    hearing.ended();
  });
  when("error", () => {
    flush(following);
    hearing.lost();
    if (wire.readyState === CLOSED) {
      following.stopTimer = options.soon(() => {
        following.stopTimer = undefined;
        connect(following);
      }, AGAIN_MS);
    }
  });
}

function gather(following: Following, data: string, id: string | undefined): void {
  const { round, ...event } = JSON.parse(data) as OutputEvent & { readonly round: number };
  following.gathered.push(placedIn(round, event));
  following.next = spotIn(id) ?? following.next;
  following.stopTimer ??= following.options.soon(() => flush(following), GATHER_MS);
}

function flush(following: Following): void {
  following.stopTimer?.();
  following.stopTimer = undefined;
  const { gathered, next, hearing } = following;
  if (gathered.length === 0) return;
  following.gathered = [];
  hearing.heard({ placed: gathered, next });
}

/** `round:byte`. */
function spotIn(id: string | undefined): Spot | undefined {
  const [, round, byte] = /^(\d+):(\d+)$/.exec(id ?? "") ?? [];
  return round === undefined ? undefined : { round: Number(round), byte: Number(byte) };
}
