import type { z } from "zod";

import type {
  ErrorGroup,
  errorGroupsSchema,
  errorStandingSchema,
} from "#contract/shapes/error-groups.ts";
import { Fault } from "#domain/fault.ts";

import { type Desk, type DeskOptions, isMeant, openDesk, theOneMeant } from "./desk.ts";
import { EXIT } from "./exit-codes.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export interface ErrorOptions extends DeskOptions {
  readonly state: "open" | "resolved" | "muted" | "all";
  readonly range: "24h" | "7d" | "30d";
  readonly kind?: string;
}

type Groups = z.output<typeof errorGroupsSchema>;

/** What fails, by its cause, most frequent first. */
export async function listErrors(terminal: Terminal, options: ErrorOptions): Promise<number> {
  await using desk = await openDesk(options);
  const { json, state, range: dateRange, kind } = options;
  const { items, lookedBackTo } = await readGroups(desk, {
    state,
    dateRange,
    ...(kind !== undefined && { kind }),
  });
  const lines = json
    ? items.map((group) => JSON.stringify(group))
    : table(["ID", "STATE", "COUNT", "FIRST SEEN", "LAST SEEN", "WHERE", "SAID"], items.map(rowOf));
  for (const line of lines) terminal.out(line);
  if (lookedBackTo !== null)
    terminal.err(`So much has failed that nothing before ${moment(lookedBackTo)} was looked at.`);
  return EXIT.done;
}

async function readGroups(
  { client, base }: Desk,
  query: Readonly<Record<string, string>>,
): Promise<Groups> {
  const path = `${base}/executions/errors?${new URLSearchParams(query).toString()}`;
  return (await client.ask({ method: "GET", path })) as Groups;
}

const moment = (at: string): string => at.slice(0, 19).replace("T", " ");

function rowOf(group: ErrorGroup): readonly string[] {
  const { id, state, seenAgain, count, firstSeen, lastSeen, kind, agents, message } = group;
  return [
    id,
    seenAgain ? "seen again" : state,
    String(count),
    moment(firstSeen),
    moment(lastSeen),
    agents.length === 0 ? kind : agents.map(({ name }) => name).join(", "),
    message,
  ];
}

const DID = { resolve: "is resolved", mute: "is muted", reopen: "is open" } as const;
export type ErrorAct = keyof typeof DID;

/** @param given its id, or the beginning or end of it */
export async function markError(
  terminal: Terminal,
  act: ErrorAct,
  given: string,
  options: DeskOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  const id = await findErrorId(desk, given);
  const path = `${desk.base}/executions/errors/${id}/${act}`;
  const answer = (await desk.client.ask({ method: "POST", path })) as z.output<
    typeof errorStandingSchema
  >;
  terminal.out(options.json ? JSON.stringify(answer) : `${id} ${DID[act]}`);
  return EXIT.done;
}

const WHOLE = /^err_[0-9a-f]{24}$/;

/** @throws Fault `not_found` for none, `conflict` for several */
async function findErrorId(desk: Desk, given: string): Promise<string> {
  if (WHOLE.test(given)) return given;
  const { items } = await readGroups(desk, { state: "all" });
  const found = items.map(({ id }) => id).filter((id) => isMeant(id, given));
  return theOneMeant(found, given, () => {
    return new Fault("not_found", `There is no error ${given}`, {
      suggestion:
        "An id may be shortened to its beginning or end; `stint errors ls --state all` lists them",
    });
  });
}
