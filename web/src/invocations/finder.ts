/** Finds a text in all that an invocation wrote, match by match; what is further on is asked for as one comes to it. */
import type { Problem } from "#contract/problem.ts";
import type { FindPage, Found } from "#contract/shapes/invocation-find.ts";

export interface FindSource {
  readonly find: (text: string, from: FindPage["next"]) => Promise<FindPage>;
  readonly problemOf: (error: unknown) => Problem;
}

export interface Finding {
  /** What is looked for; empty: nothing is. */
  readonly text: string;
  readonly found: readonly Found[];
  /** Of those; -1: none was found yet. */
  readonly index: number;
  /** Where it goes on; null: all was looked through. */
  readonly next: FindPage["next"];
  readonly searched: number;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
}

export interface Finder {
  readonly finding: () => Finding;
  readonly onChange: (listener: () => void) => () => void;
  readonly find: (text: string) => Promise<void>;
  /** To the one after, or before; behind the last one comes the first. Where more could not be asked for, it stays, and asks again. */
  readonly step: (by: 1 | -1) => Promise<void>;
}

const NOTHING: Finding = {
  text: "",
  found: [],
  index: -1,
  next: null,
  searched: 0,
  isBusy: false,
  problem: undefined,
};

interface State {
  finding: Finding;
  /** Counts searches: what an earlier one has asked for is not for this one. */
  life: number;
  readonly listeners: Set<() => void>;
  readonly source: FindSource;
}

export function openFinder(source: FindSource): Finder {
  const state: State = { finding: NOTHING, life: 0, listeners: new Set(), source };
  return {
    finding: () => state.finding,
    onChange: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    find: (text) => find(state, text),
    step: (by) => step(state, by),
  };
}

function set(state: State, change: Partial<Finding>): void {
  state.finding = { ...state.finding, ...change };
  for (const tell of state.listeners) tell();
}

async function find(state: State, text: string): Promise<void> {
  state.life += 1;
  const isNothing = text.trim() === "";
  set(state, isNothing ? NOTHING : { ...NOTHING, text, next: BEGINNING });
  if (!isNothing) await step(state, 1);
}

async function step(state: State, by: 1 | -1): Promise<void> {
  const { life, finding } = state;
  if (finding.isBusy) return;
  const wanted = finding.index < 0 ? 0 : finding.index + by;
  if (wanted >= finding.found.length && finding.next !== null) await findMore(state);
  const { found, next } = state.finding;
  const isThere = wanted < found.length || (found.length > 0 && next === null);
  if (state.life === life && isThere) set(state, { index: (wanted + found.length) % found.length });
}

/** Until there is one more, or no more to look through. */
async function findMore(state: State): Promise<void> {
  const { life, source, finding } = state;
  set(state, { isBusy: true, problem: undefined });
  try {
    for (let { next, found } = finding; next !== null && found.length === finding.found.length;) {
      const page = await source.find(finding.text, next);
      if (state.life !== life) return;
      found = [...found, ...page.items];
      next = page.next;
      set(state, { found, next, searched: state.finding.searched + page.searched });
    }
    set(state, { isBusy: false });
  } catch (error) {
    if (state.life === life) set(state, { isBusy: false, problem: source.problemOf(error) });
  }
}

const BEGINNING = { round: 1, of: "output", from: 0 } as const;

/** "3 of 12", and whether there may be more. */
export function phraseFinding({ text, found, index, next, ...more }: Finding): string {
  if (text === "") return "";
  if (more.isBusy) return `Looking… ${Math.round(more.searched / 1e6)} MB`;
  if (found.length === 0) return next === null ? "Not found" : "Not looked through";
  return `${index + 1} of ${found.length}${next === null ? "" : "+"}`;
}
