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
  const statusListeners = new Set<() => void>();
  const messageListeners = new Set<(message: LiveMessage) => void>();
  let status: LiveStatus = "connecting";

  const setStatus = (next: LiveStatus): void => {
    if (status === next) return;
    status = next;
    for (const tell of statusListeners) tell();
  };
  const begin = (topic: Topic): void => {
    wire.emit("follow", topic, (answer) => {
      if (isBegun(answer)) onResync();
    });
  };

  wire.on("connect", () => {
    setStatus("live");
    for (const { topic } of followings.values()) begin(topic);
  });
  wire.on("disconnect", () => setStatus("lost"));
  wire.on("connect_error", () => setStatus("lost"));
  for (const type of LIVE_TYPES) {
    wire.on(type, (argument) => {
      if (type === "reset") onResync();
      for (const tell of messageListeners) tell(argument as LiveMessage);
    });
  }

  return {
    status: () => status,
    onStatus: (listener) => listen(statusListeners, listener),
    onMessage: (listener) => listen(messageListeners, listener),
    follow: (topic) => {
      const key = `${topic.workspaceId} ${topic.executionId ?? ""}`;
      const following = followings.get(key) ?? { topic, count: 0 };
      followings.set(key, following);
      following.count += 1;
      if (following.count === 1 && status === "live") begin(topic);
      return () => {
        following.count -= 1;
        if (following.count > 0) return;
        followings.delete(key);
        if (status === "live") wire.emit("unfollow", topic, () => {});
      };
    },
    close: () => wire.close(),
  };
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isBegun(answer: unknown): boolean {
  return (answer as { ok?: unknown } | undefined)?.ok === true;
}
