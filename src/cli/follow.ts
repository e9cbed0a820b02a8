/** Follows one execution to its end, over whatever becomes of the server meanwhile. */
import type { Execution } from "#contract/shapes/executions.ts";
import { Fault } from "#domain/fault.ts";
import { hasEnded } from "#domain/kinds.ts";

import { type ServerEvent, readEvents } from "./events.ts";
import type { HolderClient } from "./http-client.ts";
import { overLosses } from "./over-losses.ts";
import type { Place } from "./reach.ts";

export interface Following {
  readonly place: Place;
  readonly workspaceId: string;
  readonly executionId: string;
  readonly onState: (execution: Execution) => void;
  /** Every live message of this execution, as it came. */
  readonly onMessage?: (json: string) => void;
  readonly onLost?: () => void;
}

/** Answers with the ended execution. @param first a client that is open already; it stays open */
export async function follow(following: Following, first: HolderClient): Promise<Execution> {
  const { place, onLost } = following;
  const attempt = (client: HolderClient): Promise<Execution | undefined> =>
    tryFollowing(client, following);
  return await overLosses({ place, first, attempt, ...(onLost !== undefined && { onLost }) });
}

/** Undefined: the connection was lost before the end. */
async function tryFollowing(
  client: HolderClient,
  following: Following,
): Promise<Execution | undefined> {
  const { workspaceId, executionId, onState, onMessage } = following;
  const base = `/api/workspaces/${workspaceId}`;
  const leave = new AbortController();
  const read = async (): Promise<Execution> => {
    const path = `${base}/executions/${executionId}`;
    const execution = (await client.ask({ method: "GET", path })) as Execution;
    onState(execution);
    return execution;
  };
  try {
    // Listening comes first: what happens while the state is read is told afterwards.
    const path = `${base}/events?executionId=${executionId}`;
    const stream = await client.stream({ method: "GET", path, signal: leave.signal });
    let execution = await read();
    for await (const event of readEvents(stream.setEncoding("utf8"))) {
      if (isAbout(event, executionId)) onMessage?.(event.data);
      if (isAbout(event, executionId)) execution = await read();
      if (hasEnded(execution.kind, execution.status)) return execution;
    }
    return undefined;
  } catch (error) {
    if (error instanceof Fault && error.code !== "unavailable") throw error;
    return undefined;
  } finally {
    leave.abort();
  }
}

function isAbout({ data }: ServerEvent, executionId: string): boolean {
  return data.includes(executionId);
}
