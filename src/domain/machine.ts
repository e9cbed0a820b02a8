/** Which fact moves which state where. A state with no way out is final. */
export type Arrows<State extends string, Fact extends string> = {
  readonly [S in State]: { readonly [F in Fact]?: State };
};

export interface Machine<State extends string, Fact extends string> {
  readonly initial: State;
  readonly states: readonly State[];
  readonly facts: readonly Fact[];
  readonly arrows: Arrows<State, Fact>;
  /** No fact can follow. */
  readonly isFinal: (state: State) => boolean;
  /** The state that follows, or undefined when the fact cannot happen there. */
  readonly next: (state: State, fact: Fact) => State | undefined;
}

/** A state machine from its table of arrows; everything else about it is derived. */
export function machine<State extends string, Fact extends string>(
  initial: State,
  arrows: Arrows<State, Fact>,
): Machine<State, Fact> {
  const states = Object.keys(arrows) as State[];
  const factsFrom = (state: State): Fact[] => Object.keys(arrows[state]) as Fact[];
  return {
    initial,
    states,
    facts: [...new Set(states.flatMap(factsFrom))],
    arrows,
    isFinal: (state) => factsFrom(state).length === 0,
    next: (state, fact) => arrows[state][fact],
  };
}
