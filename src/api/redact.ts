/**
 * Who sees what of people's data (3.13-6). `full`: Owners and Admins. `own`: whoever triggered the run sees its
 * params and results, long texts cut. `summary`: everybody else sees that steps ran and how they ended, with the
 * addresses in what is said masked. Lists, details, facts and the live feed all go through here.
 */
import { mayDo } from "#contract/rights.ts";
import type {
  Execution,
  ExecutionItem,
  ExecutionStep,
  Fact,
  Journey,
  TreeNode,
} from "#contract/shapes/executions.ts";
import { maskAddresses } from "#domain/mask.ts";
import type { SearchView } from "#search/search.ts";
import type { Entered } from "#workspace/workspaces.ts";

export type View = "full" | "own" | "summary";

/** @param triggeredBy the id of the actor who triggered it, as the execution names it */
export function viewOf(
  { role, actor }: Pick<Entered, "role" | "actor">,
  triggeredBy: string | null,
): View {
  if (mayDo(role, "payloads:read")) return "full";
  return triggeredBy !== null && triggeredBy === actor.id ? "own" : "summary";
}

/** A search looks only through what everybody sees, also of the runs that the searcher has triggered. */
export function searchOf(
  text: string | undefined,
  { role }: Pick<Entered, "role">,
): { readonly text: string; readonly view: SearchView } | undefined {
  if (text === undefined || text === "") return undefined;
  return { text, view: mayDo(role, "payloads:read") ? "full" : "summary" };
}

function masked(text: string | null): string | null {
  return text === null ? null : maskAddresses(text);
}

const LONGEST_TEXT = 100;

/** Long texts (an email's body) cut to 100 characters, wherever they stand. */
export function cutTexts(value: unknown): unknown {
  if (typeof value === "string") return cutText(value);
  if (Array.isArray(value)) return value.map(cutTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutTexts(inner)]));
}

const SEGMENTS = new Intl.Segmenter();

/** By what a person sees as a character: an emoji is never cut in two. */
function cutText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const begins = SEGMENTS.segment(text.slice(0, 10 * LONGEST_TEXT))[Symbol.iterator]();
  let kept = "";
  for (let count = 0; count < LONGEST_TEXT; count += 1) kept += begins.next().value?.segment ?? "";
  return kept === text ? text : `${kept}…`;
}

type Failure = ExecutionItem["error"];

function redactError(error: Failure): Failure {
  if (error === null) return null;
  const { message, suggestion } = error;
  return {
    ...error,
    message: maskAddresses(message),
    suggestion: masked(suggestion),
    details: null,
  };
}

export function redactItem<Item extends ExecutionItem>(item: Item, view: View): Item {
  if (view !== "summary") return item;
  const { waitsFor } = item;
  return {
    ...item,
    label: masked(item.label),
    message: masked(item.message),
    summary: masked(item.summary),
    waitsFor: waitsFor === null ? null : { ...waitsFor, text: maskAddresses(waitsFor.text) },
    error: redactError(item.error),
  };
}

export function redactExecution(execution: Execution, view: View): Execution {
  const steps = execution.steps.map((step) => redactStep(step, view));
  const payloads = view === "summary" ? "redacted" : "full";
  return { ...redactItem(execution, view), steps, payloads };
}

function redactStep(step: ExecutionStep, view: View): ExecutionStep {
  if (view === "full") return step;
  if (view === "own")
    return { ...step, params: cutTexts(step.params), result: cutTexts(step.result) };
  const warnings = step.warnings.map(({ message, count }) => ({
    message: maskAddresses(message),
    count,
  }));
  return { ...step, params: null, result: null, error: redactError(step.error), warnings };
}

export function redactNode(node: TreeNode, view: View): TreeNode {
  return view === "summary" ? { ...node, name: maskAddresses(node.name) } : node;
}

export function redactJourney(journey: Journey, view: View): Journey {
  return view === "summary" ? { ...journey, error: redactError(journey.error) } : journey;
}

/** What says when, where and how something happened. A field that is not named here may hold people's data. */
const TELLING: ReadonlySet<string> = new Set(
  `t id kind agentVersion driver driverVersion trigger origin retryOf path ms attempt retryAt sendBy until on early
   name index first count steps retries state figures warnings tally cost tokens spending by target parent through
   carries again`.split(/\s+/),
);
const SAID: ReadonlySet<string> = new Set(["label", "reason"]);

/** A fact as it is read back, event by event. */
export function redactFact(fact: Fact, view: View): Fact {
  if (view === "full") return fact;
  if (view === "own") return { ...fact, data: cutTexts(fact.data) };
  return { ...fact, data: redactData(fact.data) };
}

function redactData(data: unknown): unknown {
  const kept = Object.entries(data as Readonly<Record<string, unknown>>).flatMap(([key, value]) => {
    if (TELLING.has(key)) return [[key, value]];
    if (SAID.has(key) && typeof value === "string") return [[key, maskAddresses(value)]];
    if (key === "fact") return [[key, redactData(value)]];
    return key === "fault" ? [[key, redactFault(value)]] : [];
  });
  return Object.fromEntries(kept);
}

function redactFault(fault: unknown): unknown {
  const { code, message, step } = fault as { code?: unknown; message?: unknown; step?: unknown };
  return { code, message: typeof message === "string" ? maskAddresses(message) : null, step };
}
