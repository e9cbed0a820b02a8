/** `stint exec` and `stint resume`: an agent works, and the terminal it was asked for at shows what it does. */
import { Fault } from "#domain/fault.ts";
import { uuid } from "#domain/uuid.ts";

import { type Desk, type DeskOptions, findExecutionId, isInvocation, openDesk } from "../desk.ts";
import { EXIT } from "../exit-codes.ts";
import type { Ask } from "../http-client.ts";
import { makeOwnFolder, placeOf } from "../reach.ts";
import type { Screen, Terminal } from "../terminal.ts";
import { attend } from "./attend.ts";
import { type ExecOptions, inputOf, promptOf, type Words } from "./input.ts";

export async function exec(screen: Screen, words: Words, options: ExecOptions): Promise<number> {
  const place = placeOf(options.data);
  const body = await inputOf(words, options, place);
  makeOwnFolder(place);
  await using desk = await openDesk(options, place);
  const path = `${desk.base}/invocations`;
  const { executionId: id } = await begin(desk, path, body);
  if (options.detach) return detach(screen, desk, { executionId: id }, options);
  announce(screen, { executionId: id }, options);
  return await attend(screen, { desk, id, isOwn: true, tellsPrompts: false, json: options.json });
}

export interface ResumeOptions extends DeskOptions {
  /** Dollars, from now on for all rounds together. */
  readonly limitCost?: string;
  readonly detach: boolean;
}

interface Begun {
  readonly executionId: string;
  /** Of a follow-up. */
  readonly round?: number;
}

export async function resume(
  screen: Screen,
  given: string,
  words: readonly string[],
  options: ResumeOptions,
): Promise<number> {
  const prompt = await promptOf(words);
  await using desk = await openDesk(options);
  const id = await findExecutionId(desk, given);
  if (!isInvocation(id)) throw hearsNothing(id);
  const cost = options.limitCost;
  const message = { prompt, ...(cost !== undefined && { limits: { cost } }) };
  const begun = await begin(desk, `${desk.base}/invocations/${id}/messages`, message);
  if (options.detach) return detach(screen, desk, begun, options);
  announce(screen, begun, options);
  const from = { round: begun.round ?? 1, byte: 0 };
  const { json } = options;
  return await attend(screen, { desk, id, from, isOwn: true, tellsPrompts: false, json });
}

function hearsNothing(id: string): Fault {
  return new Fault("bad_request", `${id} is no run of an Agent CLI, which alone hears messages`, {
    suggestion: "To let an execution go on that was paused, use `stint executions resume`",
  });
}

const MOST_TRIES = 3;

/** The same key with each try: what a lost answer has begun is not begun twice. */
async function begin({ client }: Desk, path: string, body: unknown): Promise<Begun> {
  const ask: Ask = { method: "POST", path, body, headers: { "idempotency-key": uuid() } };
  for (let tries = 1; ; tries += 1) {
    try {
      return (await client.ask(ask)) as Begun;
    } catch (error) {
      const isLost = error instanceof Fault && error.code === "unavailable";
      if (!isLost || tries === MOST_TRIES) throw error;
    }
  }
}

function announce(screen: Screen, begun: Begun, { json }: DeskOptions): void {
  if (json) screen.out(JSON.stringify({ type: "started", ...begun }));
  else screen.err(`${begun.executionId} started`);
}

function detach(terminal: Terminal, { client }: Desk, begun: Begun, { json }: DeskOptions): number {
  terminal.out(json ? JSON.stringify(begun) : begun.executionId);
  if (client.keeper !== "server") {
    terminal.err(
      "No server runs here: it works on, and its end is put on record by the next `stint` command or server.",
    );
  }
  return EXIT.done;
}
