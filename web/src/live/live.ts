/**
 * The live feed of one signed-in page. A topic is followed from the moment that the server says so; whatever was read
 * before that moment (at first, and again after a lost connection) is read once more, so nothing can be missed. The
 * feed's cursors serve readers who keep every fact; a page keeps only what it shows.
 */
import { type Follow, LIVE_TYPES, type LiveMessage } from "#contract/live.ts";

export type LiveStatus = "connecting" | "live" | "lost";

/** What of Socket.io's client is used. */
export interface Wire {
  readonly on: (event: string, listener: (argument?: unknown) => void) => unknown;
  readonly emit: (
    event: string,
    argument: Follow,
    acknowledge: (answer: unknown) => void,
  ) => unknown;
  readonly close: () => unknown;
}

export type Topic = Pick<Follow, "workspaceId" | "executionId">;

export interface Live {
  readonly status: () => LiveStatus;
  readonly onStatus: (listener: () => void) => () => void;
  readonly onMessage: (listener: (message: LiveMessage) => void) => () => void;
  /** Until what it returns is called. The same topic may be followed several times. */
  readonly follow: (topic: Topic) => () => void;
  readonly close: () => void;
}

interface Following {
  readonly topic: Topic;
  count: number;
}

/** @param onResync reads again what is shown. */
export function openLive(wire: Wire, onResync: () => void): Live {
  const followings = new Map<string, Following>();
  const messageListeners = new Set<Listener>();
  const status = keepStatus();
  const isLive = (): boolean => status.get() === "live";
  const begin = (topic: Topic): void => {
    wire.emit("follow", topic, (answer) => {
      if (isBegun(answer)) onResync();
    });
  };
  const end = (topic: Topic): void => {
    followings.delete(keyOf(topic));
    if (isLive()) wire.emit("unfollow", topic, () => {});
  };

  wire.on("connect", () => {
    status.set("live");
    for (const { topic } of followings.values()) begin(topic);
  });
  wire.on("disconnect", () => status.set("lost"));
  wire.on("connect_error", () => status.set("lost"));
  hearMessages(wire, onResync, messageListeners);

  return {
    status: status.get,
    onStatus: status.on,
    onMessage: (listener) => listen(messageListeners, listener),
    follow: (topic) => {
      const following = followings.get(keyOf(topic)) ?? { topic, count: 0 };
      followings.set(keyOf(topic), following);
      following.count += 1;
      if (following.count === 1 && isLive()) begin(topic);
      return () => {
        following.count -= 1;
        if (following.count === 0) end(topic);
      };
    },
    close: () => wire.close(),
  };
}

type Listener = (message: LiveMessage) => void;

interface KeptStatus {
  readonly get: () => LiveStatus;
  readonly set: (next: LiveStatus) => void;
  readonly on: Live["onStatus"];
}

function keepStatus(): KeptStatus {
  const listeners = new Set<() => void>();
  let status: LiveStatus = "connecting";
  return {
    get: () => status,
    set: (next) => {
      if (status === next) return;
      status = next;
      for (const tell of listeners) tell();
    },
    on: (listener) => listen(listeners, listener),
  };
}

function hearMessages(wire: Wire, onResync: () => void, listeners: ReadonlySet<Listener>): void {
  for (const type of LIVE_TYPES) {
    wire.on(type, (argument) => {
      if (type === "reset") onResync();
      for (const tell of listeners) tell(argument as LiveMessage);
    });
  }
}

function keyOf({ workspaceId, executionId }: Topic): string {
  return `${workspaceId} ${executionId ?? ""}`;
}

function listen<Told>(listeners: Set<Told>, listener: Told): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isBegun(answer: unknown): boolean {
  return (answer as { ok?: unknown } | undefined)?.ok === true;
}
