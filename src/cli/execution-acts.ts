import { type DeskOptions, findExecutionId, openDesk } from "./desk.ts";
import { EXIT } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

export interface ActOptions extends DeskOptions {
  /** Of a cancel: for those who look at it later. */
  readonly reason?: string;
}

const SAID = { pause: "is being paused", resume: "goes on", cancel: "is being canceled" } as const;

/** Asks an execution to pause, to go on or to end; it answers when that is on record, not when it has come to rest. */
export async function actOnExecution(
  terminal: Terminal,
  act: keyof typeof SAID,
  given: string,
  options: ActOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  const id = await findExecutionId(desk, given);
  const { reason } = options;
  const path = `${desk.base}/executions/${encodeURIComponent(id)}/${act}`;
  const body = reason === undefined ? {} : { body: { reason } };
  const answer = await desk.client.ask({ method: "POST", path, ...body });
  terminal.out(options.json ? JSON.stringify(answer) : `${id} ${SAID[act]}`);
  return EXIT.done;
}
