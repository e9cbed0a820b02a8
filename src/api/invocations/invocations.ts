/** What the handlers ask of invocations. */
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";

import type { Adapter } from "#agent-cli/adapter.ts";
import type { PriceTable } from "#agent-cli/prices.ts";
import { FILES } from "#agent-cli/supervisor/launch.ts";
import type { Import, Imported, NextImport } from "#contract/shapes/imports.ts";
import type { FindPage, FindQuery } from "#contract/shapes/invocation-find.ts";
import type { OutputPage } from "#contract/shapes/invocation-output.ts";
import type {
  InvocationAnswer,
  InvocationAnswered,
} from "#contract/shapes/invocation-questions.ts";
import type {
  Invocation,
  InvocationInput as Given,
  InvocationItem,
} from "#contract/shapes/invocations.ts";
import { Fault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { driverOf, type FollowUp, type InvocationInput } from "#drivers/invocation/input.ts";
import { roundFolder } from "#drivers/invocation/invocation.ts";
import { numberAfter } from "#workspace/page.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { PageOf } from "../executions/executions.ts";
import type { Filters } from "../executions/filters.ts";
import { sendMessage, startInvocation } from "./acting.ts";
import { answerQuestion } from "./answering.ts";
import { find } from "./find/find.ts";
import type { Followed } from "./following.ts";
import { importFirst, type ImportingNeeds, importNext } from "./importing.ts";
import { openOutput } from "./lines.ts";
import { type How, type Marks, openMarks } from "./marks.ts";
import { letGoOf } from "./numbers.ts";
import { PLAIN, readPage, type PageQuery } from "./output.ts";
import { showProcess } from "./process.ts";
import {
  getInvocation,
  itemOf,
  latestOfNode,
  listInvocations,
  listOfNode,
  type OfNode,
  rowOfInvocation,
} from "./reading.ts";
import { openSessions } from "./sessions.ts";
import { countersBefore, readWhole, type Told } from "./told.ts";

export interface Invocations {
  readonly start: (entered: Entered, given: Given, key: string | undefined) => Promise<ExecutionId>;
  readonly message: (
    entered: Entered,
    id: string,
    message: FollowUp,
    key: string | undefined,
  ) => Promise<{ readonly executionId: ExecutionId; readonly round: number }>;
  readonly answer: (
    entered: Entered,
    id: string,
    answer: InvocationAnswer,
    key: string | undefined,
  ) => Promise<InvocationAnswered>;
  readonly importFirst: (entered: Entered, given: Import) => Promise<Imported>;
  readonly importNext: (entered: Entered, id: string, given: NextImport) => Promise<Imported>;
  readonly list: (entered: Entered, asked: Asked) => Promise<PageOf<InvocationItem>>;
  readonly get: (entered: Entered, id: string) => Promise<Invocation>;
  readonly ofNode: (entered: Entered, node: string, page: Page) => Promise<OfNode>;
  readonly latest: (entered: Entered, node: string) => Promise<Invocation>;
  readonly output: (
    entered: Entered,
    id: string,
    query: OutputQuery,
    signal: AbortSignal,
  ) => Promise<OutputPage>;
  readonly find: (
    entered: Entered,
    id: string,
    query: FindQuery,
    signal: AbortSignal,
  ) => Promise<FindPage>;
  /** A file of a round; its reader closes it. */
  readonly raw: (entered: Entered, id: string, round: number, of: Stream) => Promise<FileHandle>;
  readonly followed: (entered: Entered, id: string) => Promise<Followed>;
}

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}
type Stream = "output" | "errors";
interface OutputQuery extends PageQuery {
  readonly round: number;
  readonly of: Stream;
}
interface Asked extends Page {
  readonly status?: InvocationItem["status"] | undefined;
  readonly outcome?: NonNullable<InvocationItem["outcome"]> | undefined;
  readonly cli?: Parameters<typeof driverOf>[0] | undefined;
  readonly nodeId?: string | undefined;
}

export interface InvocationsNeeds extends Omit<ImportingNeeds, "begunHere"> {
  readonly adapterOf: (input: InvocationInput) => Adapter;
  readonly prices: () => Promise<PriceTable>;
}

export function openInvocations(needs: InvocationsNeeds): Invocations {
  const { workNodes } = needs;
  const reads = { ...needs, marks: openMarks() };
  const importing = { ...needs, begunHere: openSessions(needs.ledger.store) };
  return {
    start: (entered, given, key) => startInvocation(needs, entered, given, key),
    message: (entered, id, message, key) => sendMessage(needs, entered, id, message, key),
    answer: (entered, id, answer, key) => answerQuestion(needs, entered, id, answer, key),
    importFirst: (entered, given) => importFirst(importing, entered, given),
    importNext: (entered, id, given) => importNext(importing, entered, id, given),
    list: (entered, asked) => listInvocations(needs, entered, filtersOf(asked)),
    get: (entered, id) => getInvocation(needs, entered, id),
    ofNode: async (entered, node, { cursor, limit }) => {
      await workNodes.get(entered.workspace.no, node);
      const after = cursor === undefined ? 0 : numberAfter(cursor);
      return await listOfNode(needs, entered, node, { after, limit });
    },
    latest: async (entered, node) => {
      await workNodes.get(entered.workspace.no, node);
      const id = await latestOfNode(needs, node);
      if (id !== undefined) return await getInvocation(needs, entered, id);
      throw noneIsKept(node, await letGoOf(needs.ledger.store, node));
    },
    output: (entered, id, query, signal) => output(reads, entered, id, query, signal),
    find: (entered, id, query, signal) => findInOutput(needs, entered, id, query, signal),
    raw: async (entered, id, round, of) => {
      const row = await rowOfInvocation(needs, entered.workspace.no, id);
      return await openOutput(join(roundFolder(needs.folder, row.id, round), FILES[of]));
    },
    followed: (entered, id) => followed(reads, entered, id),
  };
}

function noneIsKept(node: string, letGo: number): Fault {
  if (letGo === 0) return new Fault("not_found", `Nothing was started for ${node} yet`);
  const why =
    letGo === 1
      ? `The one invocation of ${node} is not kept any more`
      : `The ${letGo} invocations of ${node} are not kept any more`;
  return new Fault("not_found", why, {
    suggestion: "GET …/archive lists what was archived",
  });
}

const STATES = {
  idle: ["idle"],
  running: ["running"],
  completed: ["completed", "failed", "canceled"],
} as const;
const OUTCOMES = {
  succeeded: { states: ["completed"] },
  failed: { states: ["failed"], failedBy: { isNot: "interrupted" } },
  interrupted: { states: ["failed"], failedBy: { is: "interrupted" } },
  canceled: { states: ["canceled"] },
} as const satisfies Record<string, Pick<Filters, "states" | "failedBy">>;

function filtersOf({ status, outcome, cli, nodeId, cursor, limit }: Asked) {
  const wanted: Pick<Filters, "states" | "failedBy"> =
    outcome === undefined ? {} : OUTCOMES[outcome];
  const byStatus: readonly string[] | undefined = status && STATES[status];
  const both = wanted.states?.filter((state) => byStatus?.includes(state) ?? true);
  return {
    cursor,
    limit,
    target: nodeId,
    failedBy: wanted.failedBy,
    states: both ?? byStatus,
    drivers: cli === undefined ? undefined : [driverOf(cli)],
  };
}

interface Reads extends InvocationsNeeds {
  readonly marks: Marks;
}

async function output(
  needs: Reads,
  entered: Entered,
  id: string,
  { round, of, ...query }: OutputQuery,
  signal: AbortSignal,
): Promise<OutputPage> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  const told = await readWhole(needs.past, row.no);
  const ended = told === undefined || told.over.has(round) || row.endedAt !== null;
  const path = join(roundFolder(needs.folder, row.id, round), FILES[of]);
  const file = await openOutput(path);
  try {
    const how = of === "errors" ? ERRORS : await howItWrites(needs, told, round);
    const open = (byte: number) => needs.marks.open(path, how, byte, signal);
    return await readPage(file, { adapter: how.adapter, open, ended }, query);
  } finally {
    await file.close();
  }
}

const ERRORS: How = { adapter: PLAIN, reading: {} };

async function howItWrites(
  { adapterOf, prices }: InvocationsNeeds,
  told: Told | undefined,
  round: number,
): Promise<How> {
  const input = told?.input;
  if (input === undefined) return ERRORS;
  const counters = told && countersBefore(told, round);
  const { model } = input;
  return {
    adapter: adapterOf(input),
    reading: {
      prices: await prices(),
      ...(counters !== undefined && counters !== null && { counters }),
      ...(model !== undefined && { model }),
    },
  };
}

async function findInOutput(
  needs: InvocationsNeeds,
  entered: Entered,
  id: string,
  query: FindQuery,
  signal: AbortSignal,
): Promise<FindPage> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  const told = await readWhole(needs.past, row.no);
  const input = told?.input;
  const open = (round: number, of: Stream) =>
    openOutput(join(roundFolder(needs.folder, row.id, round), FILES[of]));
  return await find(
    {
      rounds: told?.rounds ?? 1,
      open: (round, of) => open(round, of).catch(unlessNotThere),
      isOver: (round) => told === undefined || told.over.has(round) || row.endedAt !== null,
      adapter: input === undefined ? PLAIN : needs.adapterOf(input),
      now: () => needs.clock.now(),
      signal,
    },
    query,
  );
}

function unlessNotThere(error: unknown): undefined {
  if (error instanceof Fault && error.code === "not_found") return undefined;
  throw error;
}

async function followed(needs: Reads, entered: Entered, id: string): Promise<Followed> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  const { live, ledger } = needs;
  return {
    standing: () => itemOf(needs, entered, row.id),
    watch: (changed) => {
      const stops = [live.watch(row.id, changed), ledger.onAppend(changed)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    folderOf: (round) => roundFolder(needs.folder, row.id, round),
    read: async (round, byte, signal) => {
      const how = await howItWrites(needs, await readWhole(needs.past, row.no), round);
      const path = join(roundFolder(needs.folder, row.id, round), FILES.output);
      return await needs.marks.open(path, how, byte, signal);
    },
    detail: () => {
      const now = live.of(row.id);
      return now && [showProcess(now), now.supervised?.resources()];
    },
  };
}
