/** How a plan is put into words: which of several ways to say one thing, and how the sentences stand. */

export const LAYOUTS = ["lines", "numbered", "sentences", "arrows", "semicolons"] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface Style {
  readonly layout: Layout;
  /** Takes one of several ways to say the same; the first is the plain one. */
  readonly pick: (ways: readonly [string, ...string[]]) => string;
}

/** What reads well: a line a step, branches indented, the plainest words. */
export const PLAIN: Style = { layout: "lines", pick: ([first]) => first };

/** Another way of writing for every seed, and the same one for the same seed. */
export function styleOf(seed: number): Style {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const layout = LAYOUTS[next(LAYOUTS.length)] ?? PLAIN.layout;
  return { layout, pick: (ways) => ways[next(ways.length)] ?? ways[0] };
}
