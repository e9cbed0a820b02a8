/** How an execution comes to be. */
import { createExecution, evolveAll, type Execution } from "#domain/execution.ts";
import type { CreatedFact, Fact } from "#domain/facts.ts";
import type { CreateItem, Owner } from "#ledger/items.ts";
import { identityOf } from "#ledger/rows.ts";
import type { Write } from "#store/store.ts";

export interface CreationOptions {
  readonly command?: { readonly key: string; readonly answer: string } | undefined;
  /** The input holds people's data: it is kept apart from the facts. */
  readonly apart?: boolean | undefined;
  readonly writes?: readonly Write[] | undefined;
}

const LARGEST_INLINE = 8 * 1024;

/** The item that creates it: running here at once where there is an owner, else queued. */
export function creation(
  created: CreatedFact,
  at: number,
  owner: Owner | undefined,
  more: CreationOptions = {},
): { readonly item: CreateItem; readonly execution: Execution } {
  const json = JSON.stringify(created.input) as string | undefined;
  const apart = json !== undefined && (more.apart === true || json.length > LARGEST_INLINE);
  const { input: _input, ...bare } = created;
  const first: CreatedFact = apart ? { ...bare, part: 0 } : created;
  const facts: Fact[] = owner === undefined ? [first] : [first, { t: "started" }];
  const execution = evolveAll(createExecution(created, at), facts, at);
  const item: CreateItem = {
    op: "create",
    identity: identityOf(created),
    state: execution.state,
    startedAt: execution.startedAt,
    at,
    count: facts.length,
    data: JSON.stringify(facts),
    ...(owner !== undefined && { owner }),
    ...(created.guards !== undefined && { guards: created.guards }),
    ...(more.command !== undefined && { command: more.command }),
    ...(more.writes !== undefined && { writes: more.writes }),
    ...(apart && { payloads: [{ part: 0, subject: null, body: json }] }),
  };
  return { item, execution };
}
