import type { Condition, PlanStep, Span } from "#domain/plan.ts";

/** A plan in the making: the list that clauses go to, and the ifs around it. */
export interface Builder {
  readonly add: (steps: readonly PlanStep[]) => void;
  /** Replaces the last planStep that was added, for a clause that says more of it. */
  readonly amend: (planStep: PlanStep) => void;
  /** The planStep that was added last, inside the ifs that ended since, too; and puts another in its place. */
  readonly deepest: () => PlanStep | undefined;
  readonly amendDeepest: (planStep: PlanStep) => void;
  readonly openIf: (params: Condition, span: Span) => void;
  /** Goes over to the else of the nearest if that has none; false when there is none to go with. */
  readonly openElse: () => boolean;
  /** What is done where the if whose else is open holds. */
  readonly answered: () => readonly PlanStep[] | undefined;
  readonly depth: () => number;
  /** Closes the scopes opened since. A `sealed` if takes no else from inside. */
  readonly closeTo: (depth: number, isSealed?: boolean) => void;
  /** Whether the innermost scope still waits for its first planStep. */
  readonly isWaiting: () => boolean;
  readonly last: () => PlanStep | undefined;
  /** What the innermost if asks that has no else yet, and something to do. */
  readonly asked: () => Condition | undefined;
  /** The planSteps of the list that clauses go to now. */
  readonly list: () => readonly PlanStep[];
  /** Puts the last planSteps under a condition, and what comes before it in front. */
  readonly wrapLast: (
    count: number,
    params: Condition,
    span: Span,
    before: readonly PlanStep[],
  ) => void;
  readonly steps: () => readonly PlanStep[];
}

interface OpenIf {
  readonly type: "if";
  readonly params: Condition;
  readonly then: PlanStep[];
  else?: PlanStep[];
  span: Span;
}

interface Frame {
  readonly list: PlanStep[];
  readonly branch?: OpenIf;
}

/** The state of a builder: the scopes that are open, innermost last. */
interface Making {
  readonly root: PlanStep[];
  readonly frames: Frame[];
  readonly sealed: WeakSet<object>;
  /** Every if that was made here, by itself: what else stands in the lists cannot be opened. */
  readonly ifs: WeakMap<object, OpenIf>;
}

export function openBuilder(): Builder {
  const making = openMaking();
  const { frames, root } = making;
  const list = (): PlanStep[] => currentList(making);
  return {
    add: (steps) => {
      list().push(...steps);
      widen(making, Math.max(0, ...steps.map(({ span }) => span?.end ?? 0)));
    },
    amend: (planStep) => {
      list().splice(-1, 1, planStep);
      widen(making, planStep.span?.end ?? 0);
    },
    deepest: () => deepestList(making, list()).at(-1),
    amendDeepest: (planStep) => {
      deepestList(making, list()).splice(-1, 1, planStep);
    },
    openIf: (params, span) => {
      const branch = makeIf(making, params, span, []);
      list().push(branch);
      widen(making, span.end);
      frames.push({ list: branch.then, branch });
    },
    openElse: () => openElse(making),
    answered: () => frames.at(-1)?.branch?.then,
    depth: () => frames.length,
    closeTo: (depth, isSealed = false) => {
      closeTo(making, depth, isSealed);
    },
    isWaiting: () => frames.length > 1 && list().length === 0,
    last: () => list().at(-1),
    asked: () => frames.findLast(isWithoutElse)?.branch?.params,
    list,
    wrapLast: (count, params, span, before) => {
      wrapLast(making, count, params, span, before);
    },
    steps: () => root,
  };
}

function openMaking(): Making {
  const root: PlanStep[] = [];
  return { root, frames: [{ list: root }], sealed: new WeakSet(), ifs: new WeakMap() };
}

function closeTo({ frames, sealed }: Making, depth: number, isSealed: boolean): void {
  for (const { branch } of frames.splice(depth))
    if (isSealed && branch !== undefined) sealed.add(branch);
}

function currentList({ frames, root }: Making): PlanStep[] {
  return frames.at(-1)?.list ?? root;
}

/** The list whose last planStep was added last. */
function deepestList(making: Making, list: PlanStep[]): PlanStep[] {
  const last = list.at(-1);
  const branch = last === undefined ? undefined : making.ifs.get(last);
  return branch === undefined ? list : deepestList(making, branch.else ?? branch.then);
}

function makeIf({ ifs }: Making, params: Condition, span: Span, then: PlanStep[]): OpenIf {
  const branch: OpenIf = { type: "if", params, then, span };
  ifs.set(branch, branch);
  return branch;
}

function widen({ frames }: Making, end: number): void {
  for (const { branch } of frames) {
    if (branch !== undefined)
      branch.span = { start: branch.span.start, end: Math.max(branch.span.end, end) };
  }
}

function wrapLast(
  making: Making,
  count: number,
  params: Condition,
  span: Span,
  before: readonly PlanStep[],
): void {
  const list = currentList(making);
  const wrapped = list.splice(list.length - count, count);
  const start = Math.min(span.start, wrapped[0]?.span?.start ?? span.start);
  const whole = { start, end: span.end };
  list.push(...before.map((planStep) => ({ ...planStep, span: whole })));
  list.push(makeIf(making, params, whole, wrapped));
  widen(making, span.end);
}

/** In "If A, if B, X. Otherwise Y" the else goes with B, unless A holds more than that if. */
function findIf(making: Making, list: readonly PlanStep[]): OpenIf | undefined {
  const last = list.at(-1);
  const branch = last === undefined ? undefined : making.ifs.get(last);
  if (branch === undefined) return undefined;
  const isSealed = making.sealed.has(branch);
  if (branch.else !== undefined)
    return isSealed && branch.else.length !== 1 ? undefined : findIf(making, branch.else);
  const inner = branch.then.length === 1 && !isSealed ? findIf(making, branch.then) : undefined;
  return inner ?? branch;
}

/** From the innermost scope outwards: an if that was closed in it, else the one that it belongs to. */
function openElse(making: Making): boolean {
  for (const [depth, frame] of [...making.frames.entries()].toReversed()) {
    const below = findIf(making, frame.list);
    const target = below ?? (isWithoutElse(frame) ? frame.branch : undefined);
    if (target === undefined) continue;
    making.frames.length = below === undefined ? depth : depth + 1;
    target.else = [];
    making.frames.push({ list: target.else, branch: target });
    return true;
  }
  return false;
}

function isWithoutElse({ branch }: Frame): boolean {
  return branch !== undefined && branch.else === undefined && branch.then.length > 0;
}
