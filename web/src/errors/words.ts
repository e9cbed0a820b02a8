/** Errors in words: where they were met, what became of them, how often they came. */
import { ERROR_STATES, type ErrorGroup, type ErrorState } from "#contract/shapes/error-groups.ts";
import type { Kind } from "#domain/kinds.ts";

import type { Look } from "../looks/looks.ts";

export const ERROR_LOOKS: Readonly<Record<ErrorState, Look>> = {
  open: { word: "Open", icon: "cross", tone: "red" },
  resolved: { word: "Resolved", icon: "check", tone: "green" },
  muted: { word: "Muted", icon: "pause", tone: "grey" },
};

export const SEEN_AGAIN: Look = { word: "Seen again", icon: "warning", tone: "orange" };

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  automation: "Automation",
  program: "Program",
  workflow: "Workflow",
  node: "Work node",
  invocation: "Agent CLI",
  loop: "Loop",
};

interface Seen {
  readonly items: readonly Pick<ErrorGroup, "id" | "message">[];
  readonly lookedBackTo: string | null;
}

/** What an error says, for who narrows a list by it. */
export function phraseError({ items, lookedBackTo }: Seen, id: string): string {
  const unseen = lookedBackTo === null ? "not seen in the last 30 days" : "not seen lately";
  return items.find((group) => group.id === id)?.message ?? unseen;
}

const MOST_NAMED = 2;

/** The agents that met it, or what kind of execution did: "Welcome, Win back and 3 more". */
export function phraseWhere({ kind, agents }: Pick<ErrorGroup, "kind" | "agents">): string {
  const names = agents.map(({ name, deleted }) => (deleted ? `${name} (deleted)` : name));
  if (names.length === 0) return KIND_WORDS[kind];
  const more = names.length - MOST_NAMED;
  if (more > 0) return `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more`;
  return names.join(" and ");
}

export const phraseCount = (count: number): string => (count === 1 ? "once" : `${count} times`);

/** What a small line of the counts says, in words. */
export function phraseCourse({ counts }: Pick<ErrorGroup, "counts">): string {
  const unit = counts.length === 24 ? "hour" : "day";
  return `${counts.at(-1) ?? 0} in the last ${unit}, at most ${Math.max(0, ...counts)} in one`;
}

export type ErrorAct = "resolve" | "mute" | "reopen";

export interface AskedOfError {
  readonly act: ErrorAct;
  /** As it was when it was asked. */
  readonly group: Pick<ErrorGroup, "id" | "message" | "state">;
}

/** What can be done about an error, by what became of it. */
export const ACTS_OF: Readonly<Record<ErrorState, readonly ErrorAct[]>> = {
  open: ["resolve", "mute"],
  resolved: ["reopen", "mute"],
  muted: ["reopen", "resolve"],
};

export const ACT_WORDS: Readonly<
  Record<ErrorAct, { readonly does: string; readonly did: string; readonly key: string }>
> = {
  resolve: { does: "Resolve", did: "Resolved", key: "r" },
  mute: { does: "Mute", did: "Muted", key: "m" },
  reopen: { does: "Reopen", did: "Reopened", key: "o" },
};

/** What brings an error into a state. */
const ACT_FOR: Readonly<Record<ErrorState, ErrorAct>> = {
  open: "reopen",
  resolved: "resolve",
  muted: "mute",
};

/** What takes an act back: the error stands again as it stood before, and that can be taken back, too. */
export function undoing({ act, group }: AskedOfError): AskedOfError {
  const state = ERROR_STATES.find((one) => ACT_FOR[one] === act) ?? group.state;
  return { act: ACT_FOR[group.state], group: { ...group, state } };
}
