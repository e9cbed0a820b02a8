/**
 * Whose turn it is. Workspaces take turns, in a workspace its agents, of an agent those that go on and
 * those that begin; in a line the oldest comes first. So nobody waits behind another's queue, however
 * long that is: a place goes to whoever has waited longest for a turn.
 */
import type { Line } from "#ledger/items.ts";

/** Places to give away, and how many of them each may have. */
export interface Sharing {
  readonly left: number;
  readonly ofWorkspace: (ws: number) => number;
  readonly ofAgent: (ws: number, agent: number) => number;
  readonly ofLine: (line: Line) => number;
}

export interface LineShare {
  readonly line: Line;
  readonly most: number;
}

/** Who takes turns with others: a line, or those who share what they get among themselves. */
interface Sharer {
  readonly key: string;
  left: number;
  readonly gives: () => Line | undefined;
}

export class Turns {
  /** When each had its last turn, of those who shared the last time. */
  #last = new Map<string, number>();
  #turn = 0;

  shareOut(lines: readonly Line[], sharing: Sharing): readonly LineShare[] {
    const before = this.#last;
    this.#last = new Map();
    const next = this.#ofAll(lines, sharing, before);
    const shares = new Map<Line, number>();
    for (let left = sharing.left; left > 0; left -= 1) {
      const line = next();
      if (line === undefined) break;
      shares.set(line, (shares.get(line) ?? 0) + 1);
    }
    return [...shares].map(([line, most]) => ({ line, most }));
  }

  #ofAll(
    lines: readonly Line[],
    sharing: Sharing,
    before: ReadonlyMap<string, number>,
  ): () => Line | undefined {
    const { ofWorkspace, ofAgent, ofLine } = sharing;
    const inTurn = (sharers: readonly Sharer[]) => this.#inTurn(sharers, before);
    const agentsOf = (ws: number, all: readonly Line[]) =>
      [...Map.groupBy(all, ({ agent }) => agent)].map(([agent, own]) => ({
        key: `${ws}/${agent}`,
        left: ofAgent(ws, agent),
        gives: inTurn(
          own.map((line) => ({
            key: `${ws}/${agent}/${line.begun}`,
            left: ofLine(line),
            gives: () => line,
          })),
        ),
      }));
    return inTurn(
      [...Map.groupBy(lines, ({ ws }) => ws)].map(([ws, all]) => ({
        key: `${ws}`,
        left: ofWorkspace(ws),
        gives: inTurn(agentsOf(ws, all)),
      })),
    );
  }

  /** One after another, who waited longest first, until none has anything left. */
  #inTurn(sharers: readonly Sharer[], before: ReadonlyMap<string, number>): () => Line | undefined {
    const lastOf = ({ key }: Sharer): number => before.get(key) ?? 0;
    const waiting = sharers.toSorted((a, b) => lastOf(a) - lastOf(b));
    for (const { key } of sharers) this.#last.set(key, before.get(key) ?? 0);
    return () => {
      for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
        const line = first.left > 0 ? first.gives() : undefined;
        if (line === undefined) continue; // it is out of this round
        first.left -= 1;
        this.#last.set(first.key, ++this.#turn);
        waiting.push(first);
        return line;
      }
      return undefined;
    };
  }
}
