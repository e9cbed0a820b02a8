/**
 * Takes what ran without Stint into the ledger, a round at a time: the same program puts it on record as if it had
 * followed it, with the times at which it happened. What came in before does not come in again.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { addToCounters, type Counters, countersOf, NO_COUNTERS } from "#agent-cli/counters.ts";
import { ownIn } from "#agent-cli/fields.ts";
import { FILES } from "#agent-cli/supervisor/launch.ts";
import type { Import, Imported, ImportedRound, NextImport } from "#contract/shapes/imports.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { requestKey, storedKey } from "#drivers/automation/request-key.ts";
import type { RoundAccount } from "#drivers/invocation/account.ts";
import type { FollowUp, InvocationInput } from "#drivers/invocation/input.ts";
import { roundFolder } from "#drivers/invocation/invocation.ts";
import type { Engine } from "#engine/engine.ts";
import { compiled, type Write } from "#store/store.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { record } from "../executions/acting.ts";
import type { ActingNeeds } from "./acting.ts";
import { orArchived } from "./archived.ts";
import { rowOfInvocation } from "./reading.ts";
import { countersBefore, readWhole } from "./told.ts";

export interface ImportingNeeds extends ActingNeeds {
  readonly engine: Pick<Engine, "start" | "reopen" | "result">;
  /** Where the files of all rounds are. */
  readonly folder: string;
  /** The invocation that has begun a session itself: its rounds are known. */
  readonly begunHere: (entered: Entered, session?: string) => Promise<string | undefined>;
}

/** @throws Fault `invalid` for times that cannot be */
export async function importFirst(
  needs: ImportingNeeds,
  entered: Entered,
  given: Import,
): Promise<Imported> {
  const { source, cli, label, session, round } = given;
  const { no: ws } = entered.workspace;
  const own = source === "claude" ? await needs.begunHere(entered, session) : undefined;
  if (own !== undefined) return { ...(await standing(needs, own, false)), isClosed: true };
  const name = storedKey(requestKey(["import", ...nameOf(given)]));
  const before = await importedBefore(needs, ws, name);
  if (before !== undefined) return before;
  const imported = accountOf(needs.clock, round, null);
  const { id, repeated } = await needs.engine.start(
    needs.programOf(cli),
    inputOf(given, imported),
    {
      workspace: ws,
      trigger: { type: "manual", by: writeBy(entered.actor) },
      key: name,
      when: Date.parse(round.startedAt),
      writes: [remembered(needs, ws, name)],
      ...(label !== undefined && { label }),
    },
  );
  await settled(needs, id);
  await keepOutput(needs, id, 1, round);
  if (!repeated) await record(needs, entered, id, "invocation.imported", { cli });
  return await standing(needs, id, !repeated);
}

/** Of what has been let go of since only that is known, so that it does not come in again. */
async function importedBefore(
  needs: ImportingNeeds,
  ws: number,
  name: string,
): Promise<Imported | undefined> {
  const { db } = needs.ledger.store;
  const known = db
    .selectFrom("imported")
    .select("at")
    .where("ws", "=", ws)
    .where("name", "=", name);
  if ((await known.executeTakeFirst()) === undefined) return undefined;
  const started = await db
    .selectFrom("commands")
    .select("answer")
    .where("ws", "=", ws)
    .where("key", "=", name)
    .executeTakeFirst();
  if (started !== undefined) return await standing(needs, started.answer, false);
  return { executionId: null, rounds: 0, added: false, isClosed: true };
}

function remembered({ ledger, clock }: ImportingNeeds, ws: number, name: string): Write {
  const row = { ws, name, at: clock.now() };
  return compiled(ledger.store.db.insertInto("imported").values(row));
}

/** One session is one, whoever tells of it. */
function nameOf({ source, key, cli, session }: Import): readonly string[] {
  return session === undefined ? [source, key] : ["session", cli, session];
}

/** @throws Fault `conflict` where it was not imported, goes on now, or a round before it is missing */
export async function importNext(
  needs: ImportingNeeds,
  entered: Entered,
  id: string,
  { number, round }: NextImport,
): Promise<Imported> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  const told = await readWhole(needs.past, row.no);
  if (told?.input?.imported === undefined) throw wasNotImported(id);
  if (told.rounds >= number) return await standing(needs, row.id, false);
  if (told.rounds !== number - 1) throw isMissing(id, told.rounds + 1);
  const before = countersBefore(told, number);
  const followUp: FollowUp = {
    prompt: round.prompt,
    imported: accountOf(needs.clock, round, before),
  };
  const reopening = needs.engine.reopen(row.id, followUp, {
    by: writeBy(entered.actor),
    key: storedKey(requestKey(["import", row.id, String(number)])),
    when: Date.parse(round.startedAt),
  });
  const { repeated } = await orArchived(id, reopening, "Leave it as it is: it is closed");
  await settled(needs, row.id);
  await keepOutput(needs, row.id, number, round);
  return await standing(needs, row.id, !repeated);
}

/** How it ended is on record then, and no failure of the import. */
async function settled({ engine }: ImportingNeeds, id: string): Promise<void> {
  await engine.result(id).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
  });
}

async function standing(needs: ImportingNeeds, id: string, added: boolean): Promise<Imported> {
  const found = await needs.ledger.find(id);
  const told = found && (await readWhole(needs.past, found.no));
  return { executionId: id as ExecutionId, rounds: told?.rounds ?? 1, added, isClosed: false };
}

function inputOf(given: Import, imported: RoundAccount): InvocationInput {
  const { cli, folder, command, session, round } = given;
  return {
    cli,
    folder,
    imported,
    prompt: round.prompt,
    command: command ?? null,
    permission: "edit",
    ...(session !== undefined && { session }),
  };
}

/** @param before where the session's totals stood */
function accountOf(clock: Clock, given: ImportedRound, before: Counters | null): RoundAccount {
  const [startedAt, completedAt] = [given.startedAt, given.completedAt].map((at) => Date.parse(at));
  if (startedAt === undefined || completedAt === undefined) throw wrong("startedAt", "is no time");
  if (completedAt < startedAt) throw wrong("completedAt", "is before it was started");
  if (completedAt > clock.now()) throw wrong("completedAt", "has not come yet");
  const { prompt: _prompt, output, cost, tokens, ...told } = given;
  const spent = {
    tokens: tokens === null ? null : { ...tokens, cacheWrite1h: null },
    nano: cost === null ? null : nanoOf(cost),
  };
  return {
    ...told,
    ...spent,
    startedAt,
    completedAt,
    exitCode: null,
    unread: 0,
    outputBytes: Buffer.byteLength(output),
    resources: null,
    counters: countersAfter(before, given, spent),
  };
}

/** An Agent CLI that goes on with it may tell totals of the whole session: what came in is no part of what is new. */
function countersAfter(
  before: Counters | null,
  { session, model }: ImportedRound,
  { tokens, nano }: Pick<RoundAccount, "tokens" | "nano">,
): Counters | null {
  if (session === null || model === null) return before;
  const counters = countersOf(before ?? NO_COUNTERS, session);
  const counted = tokens === null ? counters : addToCounters(counters, model, tokens);
  if (nano === null) return counted;
  const total = BigInt(ownIn(counters.nano, model) ?? 0) + BigInt(nano);
  return { ...counted, nano: { ...counted.nano, [model]: String(total) } };
}

/** Exact: no number of a computer's own lies in between. */
function nanoOf(dollars: string): string {
  const [whole = "0", part = ""] = dollars.split(".");
  return String(BigInt(`${whole}${part.padEnd(9, "0")}`));
}

async function keepOutput(
  { folder }: ImportingNeeds,
  id: string,
  number: number,
  { output }: ImportedRound,
): Promise<void> {
  const place = roundFolder(folder, id, number);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, FILES.output), output);
  await writeFile(join(place, FILES.errors), "");
}

function wrong(path: string, message: string): Fault {
  return new Fault("invalid", `round.${path}: ${message}`, {
    facts: { errors: [{ path: `round.${path}`, message }] },
    suggestion: "Correct what `errors` names and send it again",
  });
}

function wasNotImported(id: string): Fault {
  return new Fault("conflict", `${id} was not imported: its rounds are Stint's own`, {
    suggestion: "Go on with it by a message",
  });
}

function isMissing(id: string, number: number): Fault {
  return new Fault("conflict", `Round ${number} of ${id} is missing`, {
    suggestion: "Import its rounds in their order",
  });
}
