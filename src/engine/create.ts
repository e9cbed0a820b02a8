/** How an execution comes to be. */
import { createExecution, evolveAll, type Execution } from "#domain/execution.ts";
import type { CreatedFact, Fact } from "#domain/facts.ts";
import type { Kind } from "#domain/kinds.ts";
import type { CreateItem, Owner } from "#ledger/items.ts";
import { identityOf } from "#ledger/rows.ts";
import type { Write } from "#store/store.ts";

import { type Carried, NOTHING_CARRIED } from "./carry.ts";

export interface CreationOptions {
  readonly command?: { readonly key: string; readonly answer: string } | undefined;
  /** The input holds people's data: it is kept apart from the facts. */
  readonly apart?: boolean | undefined;
  readonly writes?: readonly Write[] | undefined;
  /** The row of executions in which it gets a number. */
  readonly counted?: string | undefined;
  /** What it is handed on by the execution that it tries again. */
  readonly carried?: Carried | undefined;
}

const LARGEST_INLINE = 8 * 1024;

/** The item that creates it: running here at once where there is an owner, else queued. */
export function creation(
  created: CreatedFact,
  at: number,
  owner: Owner | undefined,
  more: CreationOptions = {},
): { readonly item: CreateItem; readonly execution: Execution } {
  const carried = more.carried ?? NOTHING_CARRIED;
  const begins = owner !== undefined && beginsWhenRun(created.kind);
  const started: readonly Fact[] = begins ? [{ t: "started" }] : [];
  const facts: readonly Fact[] = [created, ...carried.facts, ...started];
  const execution = evolveAll(createExecution(created, at), facts, at);
  const item: CreateItem = {
    op: "create",
    identity: identityOf(created),
    state: execution.state,
    startedAt: execution.startedAt,
    at,
    count: facts.length,
    ...written(facts, created, carried, more.apart === true),
    ...(owner !== undefined && { owner }),
    ...(created.guards !== undefined && { guards: created.guards }),
    ...given(more),
  };
  return { item, execution };
}

/** Whether it has begun as soon as somebody runs it; others say it themselves, when their work does. */
export function beginsWhenRun(kind: Kind): boolean {
  return kind !== "invocation";
}

const given = ({
  command,
  writes,
  counted,
}: CreationOptions): Pick<CreateItem, "command" | "writes" | "counted"> => ({
  ...(command !== undefined && { command }),
  ...(writes !== undefined && { writes }),
  ...(counted !== undefined && { counted }),
});

/** The input stands in its fact, unless it is a person's or large: then in a payload beside it. */
function written(
  facts: readonly Fact[],
  created: CreatedFact,
  { payloads }: Carried,
  apart: boolean,
): Pick<CreateItem, "data" | "payloads"> {
  const data = JSON.stringify(facts);
  const { input, ...bare } = created;
  if (input === undefined || (!apart && data.length <= LARGEST_INLINE))
    return { data, ...(payloads.length > 0 && { payloads }) };
  const [, ...rest] = facts;
  return {
    data: JSON.stringify([{ ...bare, part: 0 }, ...rest]),
    payloads: [{ part: 0, subject: null, body: JSON.stringify(input) }, ...payloads],
  };
}
