/** A person's pause of one execution with what runs under it, and its end. */
import type { ExecutionId } from "#domain/id.ts";
import type { Engine } from "#engine/engine.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Audit } from "#workspace/audit.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { hasEnded, record } from "./acting.ts";
import type { Executions } from "./executions.ts";

export interface PauseNeeds {
  readonly engine: Engine;
  readonly executions: Executions;
  readonly audit: Audit;
}

export interface Pausing {
  /** @throws Fault `not_found`, `conflict` where it has ended */
  readonly pause: (entered: Entered, id: string) => Promise<ExecutionId>;
  /** Where nobody paused it, nothing happens: a pause may be on its way. @throws likewise */
  readonly resume: (entered: Entered, id: string) => Promise<ExecutionId>;
  /** What an agent's pause or resume said to its executions is heard at once. */
  readonly listen: () => void;
}

const DONE = { pause: "paused", resume: "resumed" } as const;

export function openPausing(needs: PauseNeeds): Pausing {
  const { engine, executions } = needs;
  async function say(act: keyof typeof DONE, entered: Entered, id: string): Promise<ExecutionId> {
    const row = await executions.row(entered.workspace.no, id);
    const isOpen = row.endedAt === null && (await engine[act](row.id, writeBy(entered.actor)));
    if (!isOpen) throw hasEnded(row.id, row.state, DONE[act]);
    await record(needs, entered, row.id, `execution.${DONE[act]}`);
    return row.id as ExecutionId;
  }
  return {
    pause: (entered, id) => say("pause", entered, id),
    resume: (entered, id) => say("resume", entered, id),
    listen: engine.listen,
  };
}
