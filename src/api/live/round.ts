import type { Entry, Ledger } from "#ledger/ledger.ts";

import { type Append, appendsAfter, entriesBetween, ofWorkspace } from "./reads.ts";

export interface Topic {
  /** The workspace's number. */
  readonly ws: number;
  /** The execution that is followed fact by fact. */
  readonly no: number | undefined;
}

export type Heard =
  | { readonly what: "facts"; readonly position: number; readonly entry: Entry }
  | { readonly what: "changed"; readonly position: number; readonly no: number };

export interface Round {
  readonly heard: readonly Heard[];
  /** The round begins behind it … */
  readonly after: number;
  /** … and everything up to here has been told. */
  readonly upTo: number;
  /** Too much changed in the workspace to be told one by one: its lists are to be read again. */
  readonly tooMuch: boolean;
}

const MOST_APPENDS = 2000;
const MOST_CHANGES = 50;
const FACTS_PAGE = 200;

export async function readRound(ledger: Ledger, topic: Topic, after: number): Promise<Round> {
  const appends = await appendsAfter(ledger, after, MOST_APPENDS);
  const isAll = appends.length < MOST_APPENDS;
  const end = isAll ? (appends.at(-1)?.position ?? after) : await ledger.head();
  const facts = await factsOf(ledger, topic, after, end);
  const upTo = facts.length === FACTS_PAGE ? (facts.at(-1)?.position ?? end) : end;
  const changes = isAll ? await changesIn(ledger, topic.ws, appends, upTo) : [];
  const tooMuch = !isAll || changes.length > MOST_CHANGES;
  const told = tooMuch ? facts : [...facts, ...changes];
  // What changed stands behind the facts that changed it: sorting keeps their order.
  return { heard: told.toSorted((a, b) => a.position - b.position), after, upTo, tooMuch };
}

async function factsOf(
  ledger: Ledger,
  { no }: Topic,
  after: number,
  end: number,
): Promise<readonly Heard[]> {
  if (no === undefined) return [];
  const entries = await entriesBetween(ledger, no, after, end, FACTS_PAGE);
  return entries.map((entry) => ({ what: "facts", position: entry.position, entry }));
}

async function changesIn(
  ledger: Ledger,
  ws: number,
  appends: readonly Append[],
  upTo: number,
): Promise<readonly Heard[]> {
  const told = appends.filter(({ position }) => position <= upTo);
  const last = new Map(told.map(({ no, position }) => [no, position]));
  const own = new Set(await ofWorkspace(ledger, ws, [...last.keys()]));
  const changed = [...last].filter(([no]) => own.has(no));
  return changed.map(([no, position]) => ({ what: "changed", position, no }));
}
