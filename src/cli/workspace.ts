import { Fault } from "#domain/fault.ts";

import type { HolderClient } from "./http-client.ts";

export interface Named {
  readonly id: string;
  readonly name: string;
}

interface ListOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Every item of a list, page by page. */
export async function* readAll<Item>(client: HolderClient, path: string): AsyncGenerator<Item> {
  let cursor: string | null = null;
  do {
    const sign = path.includes("?") ? "&" : "?";
    const page = (await client.ask({
      method: "GET",
      path: cursor === null ? path : `${path}${sign}cursor=${encodeURIComponent(cursor)}`,
    })) as ListOf<Item>;
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function gather<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** @throws Fault that names those there are, where none or several fit */
export async function findWorkspace(
  client: HolderClient,
  wanted: string | undefined,
): Promise<Named> {
  const all = await gather(readAll<Named>(client, "/api/workspaces"));
  return pick("workspace", all, wanted, "--workspace");
}

export async function findAgent(
  client: HolderClient,
  workspaceId: string,
  wanted: string,
): Promise<Named> {
  const agents = readAll<Named>(client, `/api/workspaces/${workspaceId}/agents?limit=200`);
  return pick("agent", await gather(agents), wanted, "its id");
}

function pick(what: string, all: readonly Named[], wanted: string | undefined, by: string): Named {
  const fitting = wanted === undefined ? all : all.filter((one) => fits(one, wanted));
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return first;
  const names = all.map(({ id, name }) => `${name} (${id})`).join(", ");
  if (fitting.length > 1) {
    throw new Fault(
      "conflict",
      `There are several: ${fitting.map(({ id, name }) => `${name} (${id})`).join(", ")}`,
      {
        suggestion: `Say which one with ${by}`,
      },
    );
  }
  const suggestion = names === "" ? `There is no ${what} yet` : `There are: ${names}`;
  throw new Fault("not_found", `There is no ${what} "${wanted ?? ""}"`, { suggestion });
}

function fits({ id, name }: Named, wanted: string): boolean {
  return id === wanted || name.toLowerCase() === wanted.trim().toLowerCase();
}
