import { type DeskOptions, findExecutionId, isInvocation, openDesk } from "../desk.ts";
import { showOne } from "../executions.ts";
import { EXIT } from "../exit-codes.ts";
import { phraseInvocation } from "../telling/invocation-lines.ts";
import type { Screen } from "../terminal.ts";
import { findIn } from "./find.ts";
import { readInvocation } from "./watch.ts";

export interface ShowAnyOptions extends DeskOptions {
  /** Lines of its output that have that are shown instead. */
  readonly find?: string;
}

/** Of any kind. */
export async function showAny(
  screen: Screen,
  given: string,
  options: ShowAnyOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  const id = await findExecutionId(desk, given);
  const { find, json } = options;
  if (find !== undefined) return await findIn(screen, desk, id, { find, json });
  if (!isInvocation(id)) return await showOne(screen, desk, id, options);
  const invocation = await readInvocation(desk, id);
  if (json) screen.out(JSON.stringify(invocation));
  else for (const line of phraseInvocation(invocation, screen.colours.out)) screen.out(line);
  return EXIT.done;
}
