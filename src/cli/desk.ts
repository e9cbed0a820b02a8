/** A workspace of whoever keeps the executions, and executions by as much of their ids as names one. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";
import { Fault } from "#domain/fault.ts";
import { KIND_NAMES, KINDS } from "#domain/kinds.ts";

import type { HolderClient } from "./http-client.ts";
import { type Place, placeOf, reach } from "./reach.ts";
import { findWorkspace, readAll } from "./workspace.ts";

export interface DeskOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly json: boolean;
}

export interface Desk extends AsyncDisposable {
  readonly place: Place;
  readonly client: HolderClient;
  readonly workspaceId: string;
  /** `/api/workspaces/ws_…` */
  readonly base: string;
}

export async function openDesk(
  { data, workspace }: Pick<DeskOptions, "data" | "workspace">,
  place: Place = placeOf(data),
): Promise<Desk> {
  await using opening = new AsyncDisposableStack();
  const client = opening.use(await reach(place));
  const { id: workspaceId } = await findWorkspace(client, workspace);
  const opened = opening.move();
  return {
    place,
    client,
    workspaceId,
    base: `/api/workspaces/${workspaceId}`,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const PREFIXES = KIND_NAMES.map((kind) => KINDS[kind].prefix).join("|");
const WHOLE = new RegExp(`^(?:${PREFIXES})_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);

/** Of whole ids. */
export function isInvocation(id: string): boolean {
  return id.startsWith(`${KINDS.invocation.prefix}_`);
}

/** So many of the newest are looked through for a part of an id. */
const MOST_LOOKED_THROUGH = 2000;
const MOST_NAMED = 5;

/**
 * The id that is meant by its beginning (with its prefix or without) or its end.
 * @throws Fault `not_found` for none, `conflict` for several
 */
export async function findExecutionId({ client, base }: Desk, given: string): Promise<string> {
  if (WHOLE.test(given)) return given;
  const found: string[] = [];
  let looked = 0;
  for await (const { id } of readAll<ExecutionItem>(client, `${base}/executions?limit=200`)) {
    if (isMeant(id, given)) found.push(id);
    looked += 1;
    if (looked === MOST_LOOKED_THROUGH || found.length > MOST_NAMED) break;
  }
  return theOneMeant(found, given, () => nothingFor(given));
}

/** @throws Fault `conflict` for several, and what `none` says */
export function theOneMeant(found: readonly string[], given: string, none: () => Fault): string {
  const [only] = found;
  if (only === undefined) throw none();
  if (found.length === 1) return only;
  throw new Fault("conflict", `Several begin or end with "${given}"`, {
    suggestion: `Say more of the one that is meant: ${found.slice(0, MOST_NAMED).join(", ")}${found.length > MOST_NAMED ? ", …" : ""}`,
  });
}

export function isMeant(id: string, given: string): boolean {
  if (given === "") return false;
  const bare = id.slice(id.indexOf("_") + 1);
  return id.startsWith(given) || bare.startsWith(given) || bare.endsWith(given);
}

function nothingFor(given: string): Fault {
  return new Fault("not_found", `There is no execution ${given}`, {
    suggestion: `An id may be shortened to its beginning or end; \`stint ls --all\` lists them, and one that is older than the newest ${MOST_LOOKED_THROUGH} needs all of it`,
  });
}
