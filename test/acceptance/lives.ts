/** A server as a process of its own, which a test kills and starts again. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { shown } from "./invoking.ts";
import { serve, type Served } from "./processes.ts";
import { type Answer, type Ask, asker, signIn } from "./server.ts";

type Body = Answer["body"];

export interface Life extends AsyncDisposable {
  readonly served: Served;
  readonly ask: Ask;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function live(data: string): Promise<Life> {
  const served = await serve(data);
  const { url, child, exited } = served;
  const cookie = await signIn(url);
  const session = asker(url, "", { cookie, origin: url });
  const { items } = (await session("GET", "/api/workspaces")).body;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  return {
    served,
    ask: asker(url, items[0].id, { cookie, origin: url }),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
}

/** Other processes are waited for, which tell nobody when they have come so far. */
export const lookAgain = (): Promise<void> => setTimeout(50);

export async function until(
  life: Pick<Life, "ask">,
  id: string,
  isSo: (one: Body) => boolean,
): Promise<Body> {
  for (;;) {
    const invocation = await shown(life, id);
    if (isSo(invocation)) return invocation;
    await lookAgain();
  }
}

export const isOver = ({ status }: Body): boolean => status === "completed";

/** Of a folder that nobody holds: its sums are those that a rebuild makes. */
export async function sumsAreRight(data: string): Promise<void> {
  const ledger = await openSqliteLedger(join(data, "stint.db"));
  assert.deepEqual(await compareWithRebuilt(ledger), []);
  await ledger.close();
}
