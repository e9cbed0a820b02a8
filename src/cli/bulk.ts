import { createInterface } from "node:readline/promises";

import { Fault } from "#domain/fault.ts";

import { type FilterOptions, queryOf } from "./execution-filters.ts";
import { EXIT } from "./exit-codes.ts";
import { placeOf, reach } from "./reach.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

export interface BulkOptions extends FilterOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

interface Answer {
  readonly count: number;
  readonly more: boolean;
  readonly token: string | null;
  readonly executionId: string | null;
}

/** Tells how many they are, asks, and prints the execution that does it. */
export async function actOnMany(
  terminal: Terminal,
  act: "cancel" | "retry",
  more: Readonly<Record<string, string>>,
  options: BulkOptions,
): Promise<number> {
  await using client = await reach(placeOf(options.data));
  const workspace = await findWorkspace(client, options.workspace);
  const filter = Object.fromEntries(await queryOf(client, workspace.id, options));
  const ask = async (token?: string): Promise<Answer> =>
    (await client.ask({
      method: "POST",
      path: `/api/workspaces/${workspace.id}/executions/bulk/${act}`,
      body: { filter, ...more, ...(token !== undefined && { token }) },
    })) as Answer;
  const told = await ask();
  const what = told.count === 1 ? "1 execution" : `${told.count} executions`;
  if (told.count === 0 || told.token === null) {
    terminal.err(`There is none to ${act}.`);
    return EXIT.done;
  }
  if (told.more) terminal.err(`There are more; these ${what} are as many as are done at once.`);
  if (!options.yes && !(await agrees(`${act === "cancel" ? "Cancel" : "Retry"} ${what}?`)))
    return EXIT.refused;
  const begun = await ask(told.token);
  terminal.out(options.json ? JSON.stringify(begun) : (begun.executionId ?? ""));
  return EXIT.done;
}

/** @throws Fault `bad_request` where nobody is there to be asked */
async function agrees(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Fault("bad_request", `${question} Nobody is here to be asked`, {
      suggestion: "Say --yes to do it",
    });
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}
