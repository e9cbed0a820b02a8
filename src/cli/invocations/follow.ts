import { Fault } from "#domain/fault.ts";

import { type Desk, type DeskOptions, findExecutionId, isInvocation, openDesk } from "../desk.ts";
import { followOne } from "../executions.ts";
import type { Screen } from "../terminal.ts";
import { attend } from "./attend.ts";
import { type Place, readInvocation } from "./watch.ts";

export interface FollowOptions extends DeskOptions {
  readonly fromNow: boolean;
}

/** Of any kind; what an invocation has said before comes first, unless it is to begin from now. */
export async function followAny(
  screen: Screen,
  given: string,
  options: FollowOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  const id = await findExecutionId(desk, given);
  if (!isInvocation(id)) return await followOne(screen, desk, id, options);
  const from = options.fromNow ? { from: await endOfOutput(desk, id) } : {};
  if (!options.json) screen.err(`${id} from ${options.fromNow ? "now on" : "its beginning"}`);
  const tellsPrompts = !options.fromNow;
  return await attend(screen, {
    desk,
    id,
    ...from,
    isOwn: false,
    tellsPrompts,
    json: options.json,
  });
}

/** Behind the last lines that are whole. */
async function endOfOutput(desk: Desk, id: string): Promise<Place> {
  const { roundList } = await readInvocation(desk, id);
  const round = roundList.at(-1)?.number ?? 1;
  const path = `${desk.base}/invocations/${id}/rounds/${round}/output?back=true&limit=1`;
  const endOf = async (stream: "output" | "errors"): Promise<number> => {
    const page = await desk.client.ask({ method: "GET", path: `${path}&of=${stream}` });
    return (page as { readonly to: number }).to;
  };
  try {
    return { round, byte: await endOf("output"), errors: await endOf("errors") };
  } catch (error) {
    if (error instanceof Fault && error.code === "not_found") return { round, byte: 0 }; // it has not begun to speak
    throw error;
  }
}
