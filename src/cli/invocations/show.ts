import { type DeskOptions, findExecutionId, openDesk } from "../desk.ts";
import { showOne } from "../executions.ts";
import { EXIT } from "../exit-codes.ts";
import { phraseInvocation } from "../telling/invocation-lines.ts";
import type { Screen } from "../terminal.ts";
import { readInvocation } from "./watch.ts";

/** Of any kind. */
export async function showAny(
  screen: Screen,
  given: string,
  options: DeskOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  const id = await findExecutionId(desk, given);
  if (!id.startsWith("inv_")) return await showOne(screen, desk, id, options);
  const invocation = await readInvocation(desk, id);
  if (options.json) screen.out(JSON.stringify(invocation));
  else for (const line of phraseInvocation(invocation, screen.colours.out)) screen.out(line);
  return EXIT.done;
}
