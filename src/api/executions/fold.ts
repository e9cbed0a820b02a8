/** What the facts of an execution, all its lanes, say about each step of its plan. Folded on as facts come. */
import type { Fact } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import { isEnd } from "#engine/history.ts";
import type { Entry } from "#ledger/ledger.ts";

/** Where an answer is kept: inline, or in the payload of that version and part. */
export interface AnswerAt {
  readonly version: number;
  readonly part: number | undefined;
  readonly inline: unknown;
}

export interface LaneStep {
  readonly status: "running" | "waiting" | "completed" | "failed" | "uncertain";
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly fault: KeptFault | undefined;
  readonly until: number | undefined;
  readonly answer: AnswerAt | undefined;
}

export interface LaneFold {
  readonly entity: string | null;
  /** Undefined while it is open. */
  readonly end: "completed" | "failed" | "canceled" | "skipped" | undefined;
  /** It ended in the execution that this one tries again, and takes no step here. */
  readonly isOver: boolean;
}

export interface Group {
  readonly first: number;
  readonly count: number;
}

export interface Fold {
  /** Everything up to here is in it. */
  position: number;
  /** By path, then by lane. */
  readonly steps: Map<string, Map<number, LaneStep>>;
  readonly lanes: Map<number, LaneFold>;
  /** Lanes that were opened together: a selection. */
  readonly groups: Group[];
  /** How many journeys go by another plan than the execution began with. */
  moved: number;
}

export function emptyFold(): Fold {
  return { position: 0, steps: new Map(), lanes: new Map(), groups: [], moved: 0 };
}

/** Adds an append to it. */
export function foldEntry(fold: Fold, { position, lane, version, at, facts }: Entry): void {
  for (const fact of facts) {
    foldLane(fold, lane, fact);
    if (lane > 0 && isMove(fact)) fold.moved += 1;
    const told = fact.t === "carried" ? fact.fact : fact;
    if (!("path" in told)) continue;
    const known = fold.steps.get(told.path);
    const next = stepAfter(known?.get(lane), told, at, version);
    if (next !== undefined)
      fold.steps.set(told.path, (known ?? new Map<number, LaneStep>()).set(lane, next));
  }
  fold.position = position;
}

function foldLane(fold: Fold, lane: number, fact: Fact): void {
  if (fact.t === "lanesOpened") fold.groups.push({ first: fact.first, count: fact.count });
  if (lane === 0) return;
  const { entity = null, end, isOver = false } = fold.lanes.get(lane) ?? {};
  if (fact.t === "laneOpened")
    fold.lanes.set(lane, { entity: fact.entity, end: undefined, isOver: false });
  if (isEnd(fact)) fold.lanes.set(lane, { entity, end: fact.t, isOver });
  if (fact.t === "carried" && isEnd(fact.fact)) fold.lanes.set(lane, { entity, end, isOver: true });
}

/** A journey has taken a move, or was opened after one. */
const isMove = (fact: Fact): boolean =>
  fact.t === "moved" || (fact.t === "laneOpened" && fact.moved !== undefined);

const NOTHING = { endedAt: null, fault: undefined, until: undefined, answer: undefined } as const;

type Told<T extends Fact["t"]> = Extract<Fact, { readonly t: T }>;
type Tellers = {
  readonly [T in Fact["t"]]?: (fact: Told<T>, at: number, version: number) => Progress;
};
/** What a fact tells of its step; when it began is known from the first of them. */
type Progress = Omit<LaneStep, "startedAt"> & { readonly tookMs?: number };

const TELLERS: Tellers = {
  stepDone: ({ ms, part, r }, at, version) => {
    const answer = { version, part, inline: r };
    return { ...NOTHING, status: "completed", tookMs: ms, endedAt: at, answer };
  },
  stepFailed,
  stepIntended: () => ({ ...NOTHING, status: "running" }),
  stepUncertain: ({ fault }, at) => ({ ...NOTHING, status: "uncertain", endedAt: at, fault }),
  timerSet: ({ until }) => ({ ...NOTHING, status: "waiting", until }),
  awaited: ({ until }) => ({ ...NOTHING, status: "waiting", until }),
  timerFired: (_fact, at) => ({ ...NOTHING, status: "completed", endedAt: at }),
  signalTaken: (_fact, at) => ({ ...NOTHING, status: "completed", endedAt: at }),
  signalTimedOut: (_fact, at) => ({ ...NOTHING, status: "completed", endedAt: at }),
};

/** Undefined for a fact that says nothing about how far the step is. */
function stepAfter(
  known: LaneStep | undefined,
  fact: Fact,
  at: number,
  version: number,
): LaneStep | undefined {
  const teller = TELLERS[fact.t] as
    | ((fact: Fact, at: number, version: number) => Progress)
    | undefined;
  if (teller === undefined) return undefined;
  const { tookMs = 0, ...told } = teller(fact, at, version);
  return { ...told, startedAt: known?.startedAt ?? at - tookMs };
}

/** A failure that will be tried again is still under way. */
function stepFailed({ ms, fault, retryAt }: Told<"stepFailed">, at: number): Progress {
  return retryAt === undefined
    ? { ...NOTHING, status: "failed", tookMs: ms, endedAt: at, fault }
    : { ...NOTHING, status: "running", tookMs: ms, fault, until: retryAt };
}
