import type { z } from "zod";

import type {
  ErrorGroup,
  errorGroupsSchema,
  errorStandingSchema,
  ErrorState,
} from "#contract/shapes/error-groups.ts";
import type { DateRange } from "#contract/shapes/executions.ts";
import { ERROR_ID } from "#domain/error-id.ts";
import { Fault } from "#domain/fault.ts";

import { type Desk, type DeskOptions, isMeant, openDesk, theOneMeant } from "./desk.ts";
import { EXIT } from "./exit-codes.ts";
import { table } from "./table.ts";
import { oneLine } from "./telling/harmless.ts";
import { phraseTime } from "./telling/phrases.ts";
import type { Terminal } from "./terminal.ts";

export interface ErrorOptions extends DeskOptions {
  readonly state: ErrorState | "all";
  readonly range: DateRange;
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
  const lines = json ? items.map((group) => JSON.stringify(group)) : phraseErrors(items);
  for (const line of lines) terminal.out(line);
  if (lookedBackTo !== null)
    terminal.err(
      `So much has failed that nothing before ${phraseTime(lookedBackTo)} was looked at.`,
    );
  return EXIT.done;
}

async function readGroups(
  { client, base }: Desk,
  query: Readonly<Record<string, string>>,
): Promise<Groups> {
  const path = `${base}/executions/errors?${new URLSearchParams(query).toString()}`;
  return (await client.ask({ method: "GET", path })) as Groups;
}

const HEADS = ["ID", "STATE", "COUNT", "FIRST SEEN", "LAST SEEN", "WHERE", "SAID"];

/** Each on a line of its own, whatever it says. */
export function phraseErrors(groups: readonly ErrorGroup[]): readonly string[] {
  return table(HEADS, groups.map(rowOf));
}

function rowOf(group: ErrorGroup): readonly string[] {
  const { id, state, seenAgain, count, firstSeen, lastSeen, kind, agents, message } = group;
  return [
    id,
    seenAgain ? "seen again" : state,
    String(count),
    phraseTime(firstSeen),
    phraseTime(lastSeen),
    agents.length === 0 ? kind : oneLine(agents.map(nameOf).join(", ")),
    oneLine(message),
  ];
}

const nameOf = ({ name, deleted }: ErrorGroup["agents"][number]): string =>
  deleted ? `${name} (deleted)` : name;

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

/** @throws Fault `not_found` for none, `conflict` for several */
async function findErrorId(desk: Desk, given: string): Promise<string> {
  if (ERROR_ID.test(given)) return given;
  const { items } = await readGroups(desk, { state: "all" });
  const found = items.map(({ id }) => id).filter((id) => isMeant(id, given));
  return theOneMeant(found, given, () => {
    return new Fault("not_found", `There is no error ${given}`, {
      suggestion:
        "An id may be shortened to its beginning or end; `stint errors ls --state all` lists them",
    });
  });
}
