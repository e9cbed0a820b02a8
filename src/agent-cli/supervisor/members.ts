/**
 * Which processes belong to an execution. Tools of an Agent CLI may start a session of their own and outlive
 * their parent, so parents, group and session are not enough: what an execution starts carries its mark.
 */
import { type Identity, keyOf, type Process, type Processes } from "./processes.ts";

const MARK = "STINT_EXECUTION";

/** The line in the environment of everything that an execution starts. */
const markOf = (executionId: string): string => `${MARK}=${executionId}`;
export const marking = (executionId: string): Readonly<Record<string, string>> => ({
  [MARK]: executionId,
});

export interface Crew {
  /**
   * Its leader, its group's, its session's; whatever was started by them; whatever carries the mark; and who was one
   * at a look before, whatever became of its parent.
   */
  readonly members: (all: readonly Process[]) => readonly Process[];
}

export interface Execution {
  readonly id: string;
  /** The first process, which leads a group and a session of its own; undefined: it is not known. */
  readonly leader: Identity | undefined;
  /** What started earlier, in the platform's unit, is a stranger, and its environment is not read. */
  readonly since: number;
  /** Members that were seen, by their keys. */
  readonly seen?: readonly string[];
}

export function crewOf(processes: Processes, { id, leader, since, seen = [] }: Execution): Crew {
  const mark = markOf(id);
  let members: ReadonlySet<string> = new Set(seen);
  const strangers = new Set<string>();
  /** An environment is read once: it does not change. */
  function isMarked(one: Process): boolean {
    if (one.started < since || strangers.has(keyOf(one))) return false;
    const answer = processes.isMarked(one.pid, mark);
    if (answer === false) strangers.add(keyOf(one));
    return answer === true;
  }

  return {
    members: (all) => {
      const isLed = ledBy(leader, all);
      const isMember = (one: Process): boolean =>
        isLed(one) || members.has(keyOf(one)) || isMarked(one);
      const found = new Map(all.filter(isMember).map((one) => [one.pid, one]));
      addDescendants(found, all);
      const living = [...found.values()].filter(({ isZombie }) => !isZombie);
      members = new Set(living.map(keyOf));
      return living;
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
