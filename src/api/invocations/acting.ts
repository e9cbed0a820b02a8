/** What people ask of invocations: to start one, to go on with it. */
import type { InvocationInput as Given } from "#contract/shapes/invocations.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { answeredBefore } from "#drivers/automation/answered-before.ts";
import { type RequestKey, storedKey } from "#drivers/automation/request-key.ts";
import type { DemandFolder } from "#drivers/invocation/allowed-folders.ts";
import { budgetOf, isUsedUp, limitsAfter, phraseUsedUp } from "#drivers/invocation/budget.ts";
import type { FollowUp, InvocationInput } from "#drivers/invocation/input.ts";
import type { InvocationProgram } from "#drivers/invocation/invocation.ts";
import type { Engine } from "#engine/engine.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Audit } from "#workspace/audit.ts";
import type { WorkNodes } from "#workspace/work-nodes.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { keyed, record } from "../executions/acting.ts";
import type { ExecutionRow } from "../executions/rows.ts";
import { orArchived } from "./archived.ts";
import { type ReadingNeeds, rowOfInvocation } from "./reading.ts";
import { readWhole } from "./told.ts";

export interface ActingNeeds extends ReadingNeeds {
  readonly engine: Pick<Engine, "start" | "reopen">;
  readonly audit: Audit;
  readonly workNodes: WorkNodes;
  readonly programOf: (cli: string) => InvocationProgram;
  readonly demandFolder: DemandFolder;
  readonly seal: (env: Readonly<Record<string, string>>) => string;
}

/** @throws Fault `invalid` with the field that is wrong */
export async function startInvocation(
  needs: ActingNeeds,
  entered: Entered,
  given: Given,
  key: string | undefined,
): Promise<ExecutionId> {
  const { engine, programOf } = needs;
  const { label, nodeId, cli } = given;
  const requested = keyed(key, ["invoke"], given);
  await demandSame(needs, entered, requested);
  demandPlace(needs, given.folder);
  if (nodeId !== undefined) await demandNode(needs, entered, nodeId);
  const { id, repeated } = await engine.start(programOf(cli), inputOf(needs, given), {
    workspace: entered.workspace.no,
    trigger: { type: "manual", by: writeBy(entered.actor) },
    ...(label !== undefined && { label }),
    ...(nodeId !== undefined && { target: nodeId }),
    ...(requested !== undefined && { key: storedKey(requested) }),
  });
  if (!repeated) await record(needs, entered, id, "invocation.started", { cli });
  return id;
}

/** Whether it was asked before, which the ledger answers. @throws Fault `conflict` where the key was used for another request */
async function demandSame(
  { ledger }: ActingNeeds,
  { workspace }: Entered,
  key: RequestKey | undefined,
): Promise<boolean> {
  if (key === undefined) return false;
  return (await answeredBefore(ledger.store, workspace.no, key)) !== undefined;
}

/** @throws Fault `forbidden` where nothing may be started there */
function demandPlace({ demandFolder }: ActingNeeds, folder: string): void {
  try {
    demandFolder(folder);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "invalid") throw error;
    throw wrong("folder", error.message);
  }
}

async function demandNode({ workNodes }: ActingNeeds, { workspace }: Entered, id: string) {
  try {
    await workNodes.get(workspace.no, id);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw wrong("nodeId", `there is no work node ${id} in this workspace`);
  }
}

function wrong(path: string, message: string): Fault {
  return new Fault("invalid", `${path}: ${message}`, {
    facts: { errors: [{ path, message }] },
    suggestion: "Correct what `errors` names and send it again",
  });
}

function inputOf({ seal }: ActingNeeds, given: Given): InvocationInput {
  const { cli, prompt, command, folder, permission, env, limits } = given;
  const { model, maxTurns, session, shared, asks } = given;
  return {
    cli,
    prompt: prompt ?? null,
    command: command ?? null,
    folder,
    permission,
    ...(model !== undefined && { model }),
    ...(maxTurns !== undefined && { maxTurns }),
    ...(session !== undefined && { session }),
    ...(shared !== undefined && { shared }),
    ...(asks !== undefined && { asks }),
    ...(limits !== undefined && { limits: withoutGaps(limits) }),
    ...(env !== undefined && { env: { names: Object.keys(env), sealed: seal(env) } }),
  };
}

/** Fields that are not given are not there. */
function withoutGaps(limits: NonNullable<Given["limits"]>): NonNullable<InvocationInput["limits"]> {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** @throws Fault `limit_reached` where its rounds have cost what they may */
async function demandBudget(
  { past }: ActingNeeds,
  { no, id }: ExecutionRow,
  message: FollowUp,
): Promise<void> {
  const told = await readWhole(past, no);
  if (told === undefined) return;
  const limits = limitsAfter(told.input?.limits, [...told.followUps, message]);
  const rounds = [...told.over.values()].map(({ figures }) => figures ?? { nano: null });
  const budget = budgetOf(limits, rounds);
  if (budget === undefined || !isUsedUp(budget)) return;
  throw new Fault("limit_reached", `${id} ${phraseUsedUp(budget)}`, {
    suggestion:
      "Give the message a higher limit, `limits.cost` (at a terminal `--limit-cost`): it is for all rounds together",
  });
}

/** @throws Fault `limit_reached` where it has cost what it may, `conflict` while it runs, once it was archived, and for a command, which nobody can speak to */
export async function sendMessage(
  needs: ActingNeeds,
  entered: Entered,
  id: string,
  message: FollowUp,
  key: string | undefined,
): Promise<{ readonly executionId: ExecutionId; readonly round: number }> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  if (row.driver === needs.programOf("command").name) throw hasNoSession(id);
  const requested = keyed(key, ["message", id], message);
  const isRepeat = await demandSame(needs, entered, requested);
  if (!isRepeat) await demandBudget(needs, row, message);
  const reopening = needs.engine.reopen(row.id, message, {
    by: writeBy(entered.actor),
    ...(requested !== undefined && { key: storedKey(requested) }),
  });
  const { count, repeated } = await orArchived(id, reopening, GO_ON_ANEW);
  const round = count + 1;
  if (!repeated) await record(needs, entered, row.id, "invocation.message", { round });
  return { executionId: row.id as ExecutionId, round };
}

const GO_ON_ANEW =
  "Start another in its folder, with its `session`: that goes on where it was, as far as its Agent CLI still has it";

function hasNoSession(id: string): Fault {
  return new Fault("conflict", `${id} is a command: it has no session to go on with`, {
    suggestion: "Retry it, or start another",
  });
}
