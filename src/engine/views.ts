/** An execution and a journey as a stream sees them: a state that follows from facts. */
import { evolveAll, type Execution } from "#domain/execution.ts";
import { evolveJourney, type Journey } from "#domain/journey.ts";

import type { View } from "./stream.ts";

export interface ExecutionView extends View {
  readonly execution: Execution;
}

export function executionView(execution: Execution): ExecutionView {
  return {
    execution,
    state: execution.state,
    startedAt: execution.startedAt,
    planStep: null,
    pausedBy: execution.pausedBy,
    after: (facts, at) => executionView(evolveAll(execution, facts, at)),
  };
}

export interface JourneyView extends View {
  readonly journey: Journey;
}

export function journeyView(journey: Journey): JourneyView {
  return {
    journey,
    state: journey.state,
    startedAt: null,
    planStep: journey.planStep,
    pausedBy: null,
    after: (facts, at) =>
      journeyView(facts.reduce((next, fact) => evolveJourney(next, fact, at), journey)),
  };
}
