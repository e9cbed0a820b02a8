/** Rows of an execution as its facts have them: for its owner, and for a rebuild. */
import type { Execution } from "#domain/execution.ts";
import type { CreatedFact } from "#domain/facts.ts";

import type { EndedRow, Identity } from "./items.ts";

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

/** What is kept of an execution that has ended. */
export function endedRow(execution: Execution, day: number): EndedRow {
  const {
    createdAt,
    startedAt,
    endedAt,
    waitedMs,
    steps,
    retries,
    warnings,
    errorCode,
    figures,
    spending,
  } = execution;
  return {
    identity: identityOf(execution.created),
    createdAt,
    startedAt,
    ...(endedAt !== null && { endedAt }),
    waitedMs,
    steps,
    retries,
    warnings,
    errorCode,
    figures: figures === null ? null : JSON.stringify(figures),
    spending,
    day,
  };
}
