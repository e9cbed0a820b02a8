/** How an execution comes to be. */
import { createExecution, evolveAll, type Execution } from "#domain/execution.ts";
import type { CreatedFact, Fact } from "#domain/facts.ts";
import type { CreateItem, EndedRow, Identity, Owner } from "#ledger/items.ts";
import type { Write } from "#store/store.ts";

export function identityOf(created: CreatedFact): Identity {
  const { id, ws, kind, agent, target, driver, driverVersion, label } = created;
  const trigger =
    created.trigger.event === undefined ? created.trigger.type : `event: ${created.trigger.event}`;
  return {
    id,
    ws,
    kind,
    agent,
    target,
    driver,
    driverVersion,
    trigger,
    label,
    parentNo: created.parent?.no ?? null,
  };
}

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

/** What is kept of an execution that has ended. */
export function endedRow(execution: Execution, day: number): EndedRow {
  const { createdAt, startedAt, waitedMs, steps, retries, warnings, errorCode, figures } =
    execution;
  return {
    identity: identityOf(execution.created),
    createdAt,
    startedAt,
    waitedMs,
    steps,
    retries,
    warnings,
    errorCode,
    figures: figures === null ? null : JSON.stringify(figures),
    day,
  };
}
