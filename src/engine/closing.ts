/**
 * What a canceled execution can still put on record of work that goes on outside of this process: its function is not
 * run again, as it may begin nothing more.
 */
import type { Spent } from "#domain/spending.ts";

import { jsonOf } from "./answer.ts";
import type { Recorded, Reopening } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import { pathOf } from "./path.ts";
import type { StepName } from "./program.ts";
import { spentFact } from "./spent.ts";

export interface Closing {
  readonly id: string;
  readonly reopenings: readonly Reopening[];
  /** What a step answered; undefined: it was not done. */
  readonly answerOf: (name: StepName) => { readonly value: unknown } | undefined;
  readonly noted: (name: StepName) => unknown;
  /** A step is done, after all; its answer is kept apart from the facts. */
  readonly done: (name: StepName, value: unknown, ms: number) => void;
  readonly note: (name: StepName, note: unknown) => void;
  readonly spend: (name: StepName, spent: Spent) => void;
}

export function openClosing({ stream, history }: LaneRun, id: string): Closing {
  const found = (name: StepName): Recorded | undefined => history.paths.get(pathOf(name));
  return {
    id,
    reopenings: history.reopenings,
    answerOf: (name) => found(name)?.done,
    noted: (name) => found(name)?.note,
    done: (name, value, ms) => {
      const path = pathOf(name);
      const json = jsonOf(value, `step "${path}"`);
      stream.recordAnswer({ t: "stepDone", path, ms }, json, value, { apart: true });
    },
    note: (name, note) => {
      const kept: unknown = JSON.parse(JSON.stringify(note ?? null));
      stream.record({ t: "noted", path: pathOf(name), note: kept });
    },
    spend: (name, spent) => {
      stream.record(spentFact(pathOf(name), spent));
    },
  };
}
