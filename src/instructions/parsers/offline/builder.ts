import type { Condition, PlanStep, Span } from "#domain/plan.ts";

/** A plan in the making: the list that clauses go to, and the ifs around it. */
export interface Builder {
  readonly add: (steps: readonly PlanStep[]) => void;
  /** Replaces the last planStep that was added, for a clause that says more of it. */
  readonly amend: (planStep: PlanStep) => void;
  readonly openIf: (params: Condition, span: Span) => void;
  /** Goes over to the else of the nearest if that has none; false when there is none to go with. */
  readonly openElse: () => boolean;
  readonly depth: () => number;
  /** Closes the scopes opened since. A `sealed` if takes no else from inside. */
  readonly closeTo: (depth: number, isSealed?: boolean) => void;
  /** Whether the innermost scope still waits for its first planStep. */
  readonly isWaiting: () => boolean;
  readonly last: () => PlanStep | undefined;
  /** The planSteps of the list that clauses go to now. */
  readonly list: () => readonly PlanStep[];
  readonly wrapLast: (count: number, params: Condition, span: Span) => void;
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

export function openBuilder(): Builder {
  const root: PlanStep[] = [];
  const frames: Frame[] = [{ list: root }];
  const sealed = new WeakSet<object>();
  const ifs = new WeakMap<object, OpenIf>();
  const current = (): PlanStep[] => frames.at(-1)?.list ?? root;

  const asIf = (planStep: PlanStep | undefined): OpenIf | undefined =>
    planStep === undefined ? undefined : ifs.get(planStep);

  /** In "If A, if B, X. Otherwise Y" the else goes with B, unless A holds more than that if. */
  const findIf = (list: readonly PlanStep[]): OpenIf | undefined => {
    const branch = asIf(list.at(-1));
    if (branch === undefined) return undefined;
    if (branch.else !== undefined) return sealed.has(branch) ? undefined : findIf(branch.else);
    const inner = branch.then.length === 1 && !sealed.has(branch) ? findIf(branch.then) : undefined;
    return inner ?? branch;
  };

  const openElseOf = (branch: OpenIf): boolean => {
    branch.else = [];
    frames.push({ list: branch.else, branch });
    return true;
  };

  const makeIf = (params: Condition, span: Span, then: PlanStep[]): OpenIf => {
    const branch: OpenIf = { type: "if", params, then, span };
    ifs.set(branch, branch);
    return branch;
  };

  const widen = (end: number): void => {
    for (const { branch } of frames) {
      if (branch !== undefined)
        branch.span = { start: branch.span.start, end: Math.max(branch.span.end, end) };
    }
  };

  return {
    add: (steps) => {
      current().push(...steps);
      widen(Math.max(0, ...steps.map(({ span }) => span?.end ?? 0)));
    },
    amend: (planStep) => {
      current().splice(-1, 1, planStep);
      widen(planStep.span?.end ?? 0);
    },
    openIf: (params, span) => {
      const branch = makeIf(params, span, []);
      current().push(branch);
      widen(span.end);
      frames.push({ list: branch.then, branch });
    },
    openElse: () => {
      for (let depth = frames.length - 1; depth >= 0; depth--) {
        const frame = frames[depth];
        if (frame === undefined) break;
        const { branch, list } = frame;
        const below = findIf(list);
        const own =
          branch !== undefined && branch.else === undefined && branch.then.length > 0
            ? branch
            : undefined;
        const target = below ?? own;
        if (target === undefined) continue;
        frames.length = below === undefined ? depth : depth + 1;
        return openElseOf(target);
      }
      return false;
    },
    depth: () => frames.length,
    closeTo: (depth, isSealed = false) => {
      for (const { branch } of frames.splice(depth))
        if (isSealed && branch !== undefined) sealed.add(branch);
    },
    isWaiting: () => frames.length > 1 && current().length === 0,
    last: () => current().at(-1),
    list: current,
    wrapLast: (count, params, span) => {
      const list = current();
      const wrapped = list.splice(list.length - count, count);
      list.push(
        makeIf(params, { start: wrapped[0]?.span?.start ?? span.start, end: span.end }, wrapped),
      );
    },
    steps: () => root,
  };
}
