/** What a list of executions shows, as its address holds it: every view can be sent to a colleague. */
import { DATE_RANGES, type DateRange, type ExecutionItem } from "#contract/shapes/executions.ts";
import { ERROR_ID } from "#domain/error-id.ts";
import { type Phase, PHASES } from "#domain/kinds.ts";

import { PHASE_LOOKS, statesOf } from "../looks/looks.ts";
import { readSearch, textOf } from "../shell/search.ts";
import { phraseDay } from "../time/phrases.ts";

export interface ExecutionFilter {
  /** Phases with commas between: `failed,waiting`. */
  readonly status?: string | undefined;
  readonly agent?: string | undefined;
  readonly range?: DateRange | undefined;
  /** Days of the workspace: YYYY-MM-DD. They win over `range`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly search?: string | undefined;
  /** The id of an error: those that failed of it. */
  readonly error?: string | undefined;
  readonly sort?: "oldest" | undefined;
}

type Search = Readonly<Record<string, unknown>>;

export const RANGE_WORDS: Readonly<Record<DateRange, string>> = {
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

const isPhase = (text: string): text is Phase => (PHASES as readonly string[]).includes(text);
const isRange = (text: string | undefined): text is DateRange =>
  DATE_RANGES.some((range) => range === text);
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Reads an address; what it does not understand of it is left out. */
export function readFilter(search: Search): ExecutionFilter {
  const texts = readSearch("agent", "search")(search);
  const phases = phasesOf({ status: textOf(search["status"]) ?? "" });
  const range = textOf(search["range"]);
  const error = textOf(search["error"]);
  const [from, to] = [dayIn(search["from"]), dayIn(search["to"])];
  return {
    ...texts,
    ...(phases.length === 0 ? {} : { status: phases.join(",") }),
    ...(isRange(range) ? { range } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(error !== undefined && ERROR_ID.test(error) ? { error } : {}),
    ...(search["sort"] === "oldest" ? { sort: "oldest" as const } : {}),
  };
}

function dayIn(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && DAY.test(text) ? text : undefined;
}

export function phasesOf({ status = "" }: Pick<ExecutionFilter, "status">): readonly Phase[] {
  return status.split(",").filter(isPhase);
}

/** An execution's own page: its tab, and the step that is pointed at. */
export const readExecutionSearch = readSearch("tab", "step", "state");

/** What the server is asked for by the same name. */
type Same = Pick<ExecutionFilter, "search" | "error" | "sort">;

export interface ExecutionsQuery extends Same {
  readonly status?: string;
  readonly agentId?: string;
  readonly dateRange?: DateRange;
  readonly from?: string;
  readonly to?: string;
}

/** What the server is asked; days begin and end in the workspace's zone, which `startOf` knows. */
export function queryOf(
  filter: ExecutionFilter,
  startOf: (day: string, daysLater: number) => string,
): ExecutionsQuery {
  const { status: _status, agent, range, from, to, ...same } = filter;
  const states = phasesOf(filter).flatMap(statesOf);
  const hasDays = from !== undefined || to !== undefined;
  return {
    ...same,
    ...(states.length === 0 ? {} : { status: states.join(",") }),
    ...(agent === undefined ? {} : { agentId: agent }),
    ...(hasDays || range === undefined ? {} : { dateRange: range }),
    ...(from === undefined ? {} : { from: startOf(from, 0) }),
    ...(to === undefined ? {} : { to: startOf(to, 1) }),
  };
}

export interface Pill {
  readonly key: string;
  readonly text: string;
  /** The filter without it. */
  readonly without: ExecutionFilter;
}

/** One pill for each thing that narrows the list. */
export function pillsOf(
  filter: ExecutionFilter,
  nameOfAgent: (id: string) => string,
  wordsOfError: string | undefined,
): readonly Pill[] {
  const phases = phasesOf(filter);
  const { status: _status, ...noStatus } = filter;
  const { agent, ...noAgent } = filter;
  const { from, to, ...noDays } = filter;
  const { range, ...noRange } = filter;
  const { search, ...noSearch } = filter;
  const { error, ...noError } = filter;
  return [
    ...phases.map((phase) => {
      const rest = phases.filter((other) => other !== phase).join(",");
      const without = rest === "" ? noStatus : { ...noStatus, status: rest };
      return { key: phase, text: PHASE_LOOKS[phase].word, without };
    }),
    ...(agent === undefined ? [] : [{ key: "agent", text: nameOfAgent(agent), without: noAgent }]),
    ...(from === undefined && to === undefined
      ? []
      : [{ key: "days", text: phraseDays(from, to), without: noDays }]),
    ...(range === undefined || from !== undefined || to !== undefined
      ? []
      : [{ key: "range", text: RANGE_WORDS[range], without: noRange }]),
    ...(search === undefined ? [] : [{ key: "search", text: `“${search}”`, without: noSearch }]),
    ...(error === undefined
      ? []
      : [{ key: "error", text: `Error: ${wordsOfError ?? "…"}`, without: noError }]),
  ];
}

function phraseDays(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `Until ${phraseDay(to ?? "")}`;
  if (to === undefined) return `Since ${phraseDay(from)}`;
  return from === to ? phraseDay(from) : `${phraseDay(from)} – ${phraseDay(to)}`;
}

/** Whether a new execution belongs into a list of that filter. One that looks at past days, or at what failed, gets nothing new. */
export function belongs(item: ExecutionItem, filter: ExecutionFilter): boolean {
  const { agent, to, error, sort } = filter;
  const looksBack = to !== undefined || error !== undefined || sort === "oldest";
  const isAgents = agent === undefined || item.agent?.id === agent;
  return !looksBack && isAgents && isOfPhase(item, filter) && hasWords(item, filter);
}

function isOfPhase({ phase }: ExecutionItem, filter: ExecutionFilter): boolean {
  const phases = phasesOf(filter);
  return phases.length === 0 || phases.includes(phase);
}

function hasWords({ id, label }: ExecutionItem, { search }: ExecutionFilter): boolean {
  const words = search?.toLowerCase();
  return words === undefined || id.includes(words) || label?.toLowerCase().includes(words) === true;
}
