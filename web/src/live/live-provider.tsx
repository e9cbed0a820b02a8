import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { io } from "socket.io-client";

import type { LiveMessage } from "#contract/live.ts";

import { applyLive } from "./changes.ts";
import { type Live, type LiveStatus, openLive } from "./live.ts";
import { throttle } from "./throttle.ts";

const LiveContext = createContext<Live | undefined>(undefined);

interface LiveProviderProps {
  readonly workspaceId: string;
  readonly children: ReactNode;
}

/** Keeps one connection for as long as the workspace is open. */
export function LiveProvider({ workspaceId, children }: LiveProviderProps): ReactNode {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>();
  useEffect(() => {
    const socket = io({
      transports: ["websocket"],
      reconnectionDelay: 400,
      reconnectionDelayMax: 4000,
    });
    const resync = throttle(() => void client.invalidateQueries({ refetchType: "active" }), 300);
    const opened = openLive(socket, resync.call);
    const stop = opened.onMessage((message) => applyLive(client, workspaceId, message));
    const leave = opened.follow({ workspaceId });
    // The connection is opened by being shown, so there is none to render with before.
    // oxlint-disable-next-line react/set-state-in-effect
    setLive(opened);
    return () => {
      leave();
      stop();
      resync.stop();
      opened.close();
    };
  }, [client, workspaceId]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

const nothing = (): void => {};
const never = (): (() => void) => nothing;

export function useLiveStatus(): LiveStatus {
  const live = useContext(LiveContext);
  return useSyncExternalStore(live?.onStatus ?? never, live?.status ?? (() => "connecting"));
}

/** Calls back with every message while the component is shown. */
export function useLiveMessages(listener: (message: LiveMessage) => void): void {
  const live = useContext(LiveContext);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => live?.onMessage((message) => latest.current(message)), [live]);
}

/** Reads an execution again, a few times a second at most, while facts of it come in. */
export function useFollowedExecution(workspaceId: string, executionId: string): void {
  const live = useContext(LiveContext);
  const client = useQueryClient();
  useEffect(() => {
    if (live === undefined) return undefined;
    const names = ["execution", "invocation", "journeys", "facts"];
    const reread = throttle(() => {
      for (const name of names) {
        void client.invalidateQueries(
          { queryKey: [name, workspaceId, executionId] },
          { cancelRefetch: false },
        );
      }
    }, 350);
    const stop = live.onMessage((message) => {
      if (message.type === "execution.facts" && message.executionId === executionId) reread.call();
      if (message.type === "execution.changed" && message.execution.id === executionId)
        reread.call();
    });
    const leave = live.follow({ workspaceId, executionId: executionId as never });
    return () => {
      leave();
      stop();
      reread.stop();
    };
  }, [live, client, workspaceId, executionId]);
}
