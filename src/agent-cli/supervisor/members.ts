/**
 * Which processes belong to an execution. Tools of an Agent CLI may start a session of their own and outlive
 * their parent, so parents, group and session are not enough: what an execution starts carries its mark.
 */
import type { Identity, Process, Processes } from "./processes.ts";

const MARK = "STINT_EXECUTION";

/** The line in the environment of everything that an execution starts. */
const markOf = (executionId: string): string => `${MARK}=${executionId}`;
export const marking = (executionId: string): Readonly<Record<string, string>> => ({
  [MARK]: executionId,
});

export interface Crew {
  /** Its leader, its group's, its session's; whatever was started by them; whatever carries the mark. */
  readonly members: (all: readonly Process[]) => readonly Process[];
}

export interface Execution {
  readonly id: string;
  /** The first process, which leads a group and a session of its own; undefined: it is not known. */
  readonly leader: Identity | undefined;
  /** What started earlier, in the platform's unit, is a stranger, and its environment is not read. */
  readonly since: number;
}

export function crewOf(processes: Processes, { id, leader, since }: Execution): Crew {
  const mark = markOf(id);
  const known = new Map<string, boolean>();
  /** An environment is read once: it does not change. */
  function isMarked({ pid, started }: Process): boolean {
    if (started < since) return false;
    const key = `${pid}/${started}`;
    let answer = known.get(key);
    if (answer === undefined) {
      answer = processes.isMarked(pid, mark) === true;
      known.set(key, answer);
    }
    return answer;
  }

  return {
    members: (all) => {
      const isLed = ledBy(leader, all);
      const found = new Map(
        all.filter((one) => isLed(one) || isMarked(one)).map((one) => [one.pid, one]),
      );
      addDescendants(found, all);
      return [...found.values()].filter(({ isZombie }) => !isZombie);
    },
  };
}

/** A pid is given again only when no group and no session has that number: then all of the old one are gone. */
function ledBy(leader: Identity | undefined, all: readonly Process[]): (one: Process) => boolean {
  if (leader === undefined) return () => false;
  const { pid, started } = leader;
  if (all.some((one) => one.pid === pid && one.started !== started)) return () => false;
  return (one) => one.pid === pid || one.group === pid || one.session === pid;
}

function addDescendants(found: Map<number, Process>, all: readonly Process[]): void {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const ahead = [...found.keys()];
  for (let pid = ahead.pop(); pid !== undefined; pid = ahead.pop()) {
    for (const child of children.get(pid) ?? []) {
      if (found.has(child.pid)) continue;
      found.set(child.pid, child);
      ahead.push(child.pid);
    }
  }
}
