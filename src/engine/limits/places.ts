/** The places of one engine: who has how many, and how many more each may have. */
import type { Full, Limits } from "./limits.ts";

const UNLIMITED = Number.POSITIVE_INFINITY;

export class Places {
  readonly #most: number;
  readonly #limits: Limits;
  readonly #ofWorkspace = new Map<number, number>();
  readonly #ofAgent = new Map<number, number>();
  #taken = 0;

  constructor(most: number, limits: Limits) {
    this.#most = most;
    this.#limits = limits;
  }

  get taken(): number {
    return this.#taken;
  }

  /** How many more the engine has. */
  left(): number {
    return this.#most - this.#taken;
  }

  leftOfWorkspace(ws: number): number {
    const { workspace = UNLIMITED } = this.#limits;
    const most = typeof workspace === "number" ? workspace : workspace(ws);
    return most - (this.#ofWorkspace.get(ws) ?? 0);
  }

  leftOfAgent(ws: number, agent: number): number {
    const { agent: limit = UNLIMITED } = this.#limits;
    if (agent === 0) return UNLIMITED;
    const most = typeof limit === "number" ? limit : limit(ws, agent);
    return most - (this.#ofAgent.get(agent) ?? 0);
  }

  /** Who keeps one more from having a place; undefined: there is one. */
  full(ws: number, agent: number): Full | undefined {
    if (this.left() <= 0) return "engine";
    if (this.leftOfWorkspace(ws) <= 0) return "workspace";
    return this.leftOfAgent(ws, agent) <= 0 ? "agent" : undefined;
  }

  take(ws: number, agent: number): void {
    this.#taken += 1;
    add(this.#ofWorkspace, ws, 1);
    if (agent > 0) add(this.#ofAgent, agent, 1);
  }

  giveBack(ws: number, agent: number): void {
    this.#taken -= 1;
    add(this.#ofWorkspace, ws, -1);
    if (agent > 0) add(this.#ofAgent, agent, -1);
  }
}

function add(counts: Map<number, number>, key: number, n: number): void {
  const count = (counts.get(key) ?? 0) + n;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
