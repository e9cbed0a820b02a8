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
   * at a look before, whatever became of its parent. Whom its leader's number alone speaks for is none.
   */
  readonly members: (all: readonly Process[]) => readonly Process[];
}

export interface Execution {
  readonly id: string;
  /** The first process, which leads a group and a session of its own; undefined: it is not known. */
  readonly leader: Identity | undefined;
  /** What started earlier, in the platform's unit, is a stranger, and its environment is not read. */
  readonly since: number;
  /** Members that were seen, by their keys, in the leader's boot. */
  readonly seen?: readonly string[];
}

export function crewOf(processes: Processes, { id, leader, since, seen = [] }: Execution): Crew {
  const mark = markOf(id);
  // Nothing outlives a boot, and its numbers are given again from the beginning.
  const known = leader?.boot === processes.boot() ? leader : undefined;
  let members: ReadonlySet<string> = new Set(known === undefined ? [] : seen);
  const strangers = new Set<string>();
  /** An environment is read once: it does not change. */
  function isMarked(one: Process): boolean {
    if (one.started < since || strangers.has(keyOf(one))) return false;
    const answer = processes.isMarked(one.pid, mark);
    if (answer === false) strangers.add(keyOf(one));
    return answer === true;
  }
  const isKnown = (one: Process): boolean => members.has(keyOf(one)) || isMarked(one);
  const ledIn = known === undefined ? noneIn : ledBy(known, isKnown);

  return {
    members: (all) => {
      const isLed = ledIn(all);
      const found = new Map(
        all.filter((one) => isLed(one) || isKnown(one)).map((one) => [one.pid, one]),
      );
      addDescendants(found, all);
      const living = [...found.values()].filter(({ isZombie }) => !isZombie);
      members = new Set(living.map(keyOf));
      return living;
    },
  };
}

type Is = (one: Process) => boolean;
type LedIn = (all: readonly Process[]) => Is;

const nobody: Is = () => false;
const noneIn: LedIn = () => nobody;

/**
 * A pid is given again only when no group and no session has that number: then all of the old one are gone, for good.
 * So without its leader they are its as long as some were there at each look since it was; who was not there to look
 * takes them for its where one of them is known as that, and for strangers else.
 */
function ledBy({ pid, started }: Identity, isKnown: Is): LedIn {
  const isInside: Is = (one) => one.pid === pid || one.group === pid || one.session === pid;
  let are: "its" | "gone" | "not known" = "not known";

  function look(all: readonly Process[]): typeof are {
    const inside = all.filter(isInside);
    const leader = inside.find((one) => one.pid === pid);
    if (inside.length === 0 || (leader !== undefined && leader.started !== started)) return "gone";
    return leader !== undefined || inside.some(isKnown) ? "its" : are;
  }

  return (all) => {
    if (are !== "gone") are = look(all);
    return are === "its" ? isInside : nobody;
  };
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
