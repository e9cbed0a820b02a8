/** What ran: from the ledger or from the archive, how long it is kept, and how people are forgotten. */
import { join } from "node:path";

import type { Logger } from "pino";

import { openEraser } from "#api/erasing.ts";
import { openArchived, withArchived } from "#api/executions/archived.ts";
import { type ExecutionNeeds, openExecutions } from "#api/executions/executions.ts";
import type { Services } from "#api/services.ts";
import type { Engine } from "#engine/engine.ts";
import { openRetentionKeeper } from "#workspace/retention-keeper.ts";

import type { Invoking } from "./invocations.ts";
import type { Kept } from "./kept.ts";

export type Past = Pick<Services, "archived" | "executions">;

export function openPast(
  { folder, path, ledger, search, clock, workspace }: Kept,
  asked: Pick<ExecutionNeeds, "keyNames" | "inLine" | "versionOf">,
  closing: AsyncDisposableStack,
): Past {
  const needs: ExecutionNeeds = { ...workspace, ...asked, ledger, search };
  const archived = openArchived({ ...needs, folder: join(folder, "archive"), store: path });
  closing.defer(archived.close);
  return { archived, executions: withArchived(openExecutions(needs, clock), archived) };
}

export function openRetention(
  { ledger, search, clock, workspace, mail, dayOf }: Kept,
  { archived, forgetFiles }: Pick<Past, "archived"> & Pick<Invoking, "forgetFiles">,
  engine: Engine,
  log: Logger,
  closing: AsyncDisposableStack,
): Pick<Services, "eraser" | "retentionKeeper"> {
  const { audit } = workspace;
  const { archives, forget: forgetRead } = archived;
  const warn = (message: string, err: unknown): void => log.error({ err }, message);
  /** Who searches must find them no more; without its thread nothing is found at all. */
  const forgetWords = (nos: readonly number[]): Promise<void> =>
    search.forget(nos).catch((error: unknown) => warn("words could not be taken out", error));
  const { outbox } = mail;
  const eraser = openEraser({ ledger, engine, audit, clock, outbox, forgetRead, forgetWords });
  const { eraseLate } = eraser;
  const forget = { eraseLate, forgetWords, forgetFiles };
  const needs = { ...workspace, ...forget, ledger, archives, dayOf, clock, warn };
  const retentionKeeper = openRetentionKeeper(needs);
  closing.defer(retentionKeeper.close);
  retentionKeeper.start();
  return { eraser, retentionKeeper };
}
