/** What the list of invocations shows, as its address holds it. */
import type { InvocationItem } from "#contract/shapes/invocations.ts";
import { nodeIds } from "#domain/id.ts";

import { INVOCATION_LOOKS, type InvocationState } from "../looks/invocations.ts";
import { readSearch } from "../shell/search.ts";
import { cliName } from "./words.ts";

export interface InvocationFilter {
  readonly status?: InvocationItem["status"] | undefined;
  readonly outcome?: NonNullable<InvocationItem["outcome"]> | undefined;
  readonly cli?: (typeof CLI_CHOICES)[number] | undefined;
  /** A work node's id. */
  readonly node?: string | undefined;
}

/** What the menu of Agent CLIs offers; `acp` is every agent that speaks that protocol. */
export const CLI_CHOICES = [
  "claude",
  "codex",
  "gemini",
  "opencode",
  "qwen",
  "acp",
  "command",
] as const;
const STATUSES = ["idle", "running", "completed"] as const;
const OUTCOMES = ["succeeded", "failed", "interrupted", "canceled"] as const;

/** What the menu of states offers: a status, or how it ended. */
export const STATES: readonly InvocationState[] = ["idle", "running", ...OUTCOMES];

const oneOf = <Value extends string>(values: readonly Value[], text: string | undefined) =>
  values.find((value) => value === text);

/** Reads an address; what it does not understand of it is left out. */
export function readInvocationFilter(search: Readonly<Record<string, unknown>>): InvocationFilter {
  const { status, outcome, cli, node } = readSearch("status", "outcome", "cli", "node")(search);
  const [known, ended] = [oneOf(STATUSES, status), oneOf(OUTCOMES, outcome)];
  const named = oneOf(CLI_CHOICES, cli);
  return {
    ...(known === undefined ? {} : { status: known }),
    ...(ended === undefined ? {} : { outcome: ended }),
    ...(named === undefined ? {} : { cli: named }),
    ...(node === undefined || !nodeIds.is(node) ? {} : { node }),
  };
}

/** The one state that a filter asks for. */
export function stateIn({ status, outcome }: InvocationFilter): InvocationState | undefined {
  return outcome ?? (status === "completed" ? undefined : status);
}

export function withState(
  { status: _status, outcome: _outcome, ...rest }: InvocationFilter,
  state: InvocationState | undefined,
): InvocationFilter {
  if (state === undefined) return rest;
  const outcome = oneOf(OUTCOMES, state);
  const status = oneOf(STATUSES, state);
  return outcome === undefined ? { ...rest, status } : { ...rest, outcome };
}

export interface InvocationPill {
  readonly key: string;
  readonly text: string;
  readonly without: InvocationFilter;
}

/** One pill for each thing that narrows the list. */
export function invocationPills(filter: InvocationFilter): readonly InvocationPill[] {
  const { status, outcome, cli, node } = filter;
  const { status: _s, ...noStatus } = filter;
  const { outcome: _o, ...noOutcome } = filter;
  const { cli: _c, ...noCli } = filter;
  const { node: _n, ...noNode } = filter;
  const statusWord = status === "completed" ? "Completed" : INVOCATION_LOOKS[status ?? "idle"].word;
  return [
    ...(status === undefined ? [] : [{ key: "status", text: statusWord, without: noStatus }]),
    ...(outcome === undefined
      ? []
      : [{ key: "outcome", text: INVOCATION_LOOKS[outcome].word, without: noOutcome }]),
    ...(cli === undefined ? [] : [{ key: "cli", text: cliName(cli), without: noCli }]),
    ...(node === undefined
      ? []
      : [{ key: "node", text: `Node …${node.slice(-8)}`, without: noNode }]),
  ];
}

/** Whether an invocation is one of those that a filter asks for. */
export function fits(item: InvocationItem, filter: InvocationFilter): boolean {
  const { status, outcome, cli, node } = filter;
  const asked: readonly (readonly [string | null | undefined, string | null])[] = [
    [status, item.status],
    [outcome, item.outcome],
    [cli, cli === "acp" && item.cli.startsWith("acp:") ? "acp" : item.cli],
    [node, item.nodeId],
  ];
  return asked.every(([wanted, is]) => wanted === undefined || wanted === is);
}
