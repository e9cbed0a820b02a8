/** Processes of a test that run agents on one ledger, each taking over from the one before. */
import type { ActionNeeds } from "#actions/needs.ts";
import type { TestClock } from "#domain/test-clock.ts";
import { type Engine, openEngine } from "#engine/engine.ts";
import { settleAll, watched } from "#engine/testing.ts";
import type { Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { breakers } from "#workspace/breakers.ts";

import { type Automation, automation } from "./automation.ts";
import { type Begins, openBegins } from "./begin.ts";

/** One process that runs agents on the ledger: an engine, and how agents are started there. */
export interface Node extends Begins {
  readonly engine: Engine;
  readonly owner: Owner;
  readonly busy: () => boolean;
  /** Cuts it off from the ledger, as when its process dies. */
  readonly die: () => void;
}

/** A ledger as one process sees it, and whether that waits for it. */
export type Seeing = (
  ledger: Ledger,
  owner: Owner,
) => { readonly ledger: Ledger; readonly busy: () => boolean };

export interface Nodes {
  readonly warnings: readonly string[];
  /** The process that was opened last. */
  readonly node: () => Node;
  /** Opens one more process, which takes over what the others had. */
  readonly open: (seeing?: Seeing) => Promise<Node>;
  /** The process dies in the middle of what it does, and another one takes over. */
  readonly restart: () => Promise<Node>;
  /** Until nothing can go on without time or somebody else. */
  readonly settle: () => Promise<void>;
  readonly close: () => void;
}

/** Everything that one process shares with the next: the store, the outside and the time. */
interface Shared {
  readonly ledger: Ledger;
  readonly clock: TestClock;
  readonly needs: ActionNeeds;
}

export function openNodes(shared: Shared): Nodes {
  const warnings: string[] = [];
  const nodes: Node[] = [];

  async function open(seeing?: Seeing): Promise<Node> {
    const opened = await openNode(shared, nodes.length, warnings, seeing);
    nodes.push(opened);
    return opened;
  }

  function node(): Node {
    const last = nodes.at(-1);
    if (last === undefined) throw new Error("no process is open");
    return last;
  }

  /** What a dead process awaits never comes, so nobody waits for its end. */
  function end({ engine, die }: Node): void {
    die();
    void engine.stop(0);
  }

  const settle = (): Promise<void> => settleAll(() => nodes.some(({ busy }) => busy()));
  return {
    warnings,
    open,
    node,
    settle,
    restart: async () => {
      end(node());
      await settle();
      return await open();
    },
    close: () => {
      for (const one of nodes) end(one);
    },
  };
}

async function openNode(
  { ledger, clock, needs }: Shared,
  older: number,
  warnings: string[],
  seeing?: Seeing,
): Promise<Node> {
  const program: Automation = automation(needs);
  const owner = { id: ledger.owner.id, incarnation: ledger.owner.incarnation + older };
  const seen = seeing?.(ledger, owner);
  const watch = watched(seen?.ledger ?? ledger, owner);
  const engine = await openEngine({
    ledger: watch.ledger,
    clock,
    programs: [program],
    limits: { rates: needs.agents.startRates },
    random: () => 0.5,
    log: { warn: (message, facts) => warnings.push(`${message} ${JSON.stringify(facts)}`) },
  });
  const kept = breakers({ store: ledger.store, clock });
  const begins = openBegins({ ...needs, breakers: kept, engine, ledger: watch.ledger, program });
  return { engine, busy: seen?.busy ?? watch.busy, die: watch.die, owner, ...begins };
}
