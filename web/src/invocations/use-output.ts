import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { urlOf } from "#contract/client.ts";
import { ROUTES } from "#contract/routes.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { throttle } from "../live/throttle.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import { followOutput } from "./follow.ts";
import { invocationQuery } from "./queries.ts";
import { type Opened, openReader, type OutputSource, type Reader, type Reading } from "./reader.ts";
import { hasBegun } from "./words.ts";

/** So many events a request: some screens. */
const PAGE = 400;

function soon(call: () => void, ms: number): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

function sourceOf(workspaceId: string, executionId: string, onChanged: () => void): OutputSource {
  const read = (round: number, query: { from?: number; back?: "true" }) =>
    api.readOutput({
      params: { workspaceId, executionId, round },
      query: { ...query, limit: PAGE },
    });
  return {
    problemOf,
    before: (round, byte) =>
      read(round, { back: "true", ...(byte === undefined ? {} : { from: byte }) }),
    after: ({ round, byte }) => read(round, { from: byte }),
    follow: (spot, hearing) => {
      const open = ({ round, byte }: typeof spot): EventSource => {
        const call = { params: { workspaceId, executionId }, query: { round, from: byte } };
        return new EventSource(urlOf(ROUTES.followInvocation, call));
      };
      return followOutput({ open, onChanged, soon }, spot, hearing);
    },
  };
}

interface Output {
  readonly reader: Reader;
  readonly reading: Reading;
}

export function openedOf({ rounds, status, roundList }: Invocation): Opened {
  const last = roundList.at(-1);
  const neverBegan = last !== undefined && !hasBegun(last);
  return { latest: rounds, mayBeEmpty: status !== "completed" || neverBegan };
}

/** What an invocation writes, from its end on, for as long as it is shown. */
export function useOutput(invocation: Invocation): Output {
  const { id, rounds } = invocation;
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const [{ reader, reread }] = useState(() => {
    const again = throttle(() => {
      void client.invalidateQueries(
        { queryKey: invocationQuery(workspaceId, id).queryKey },
        { cancelRefetch: false },
      );
    }, 700);
    return { reread: again, reader: openReader(sourceOf(workspaceId, id, again.call)) };
  });
  const [opened] = useState(openedOf(invocation));
  useEffect(() => {
    void reader.open(opened);
    return () => {
      reader.close();
      reread.stop();
    };
  }, [reader, reread, opened]);
  const reading = useSyncExternalStore(reader.onChange, reader.reading);
  const { following } = reading;
  useEffect(() => {
    if (following === "over") reader.goOn(rounds);
  }, [following, reader, rounds]);
  return { reader, reading };
}
