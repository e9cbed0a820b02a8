/** An invocation's events as they come, from wherever one begins, to its end. */
import type { Invocation, InvocationItem } from "#contract/shapes/invocations.ts";

import type { Desk } from "../desk.ts";
import { readEvents } from "../events.ts";
import type { HolderClient } from "../http-client.ts";
import { overLosses } from "../over-losses.ts";
import type { TellingEvent } from "../telling/event.ts";

export type RoundEvent = TellingEvent & { readonly round: number };

export interface Place {
  readonly round: number;
  /** Of the round's output: where a line begins. */
  readonly byte: number;
  /** Of its error stream; undefined: its beginning. */
  readonly errors?: number;
}

export interface Watching {
  readonly desk: Desk;
  readonly id: string;
  /** Undefined: where its first round begins. */
  readonly from?: Place;
  /** A line's events, all of them; nothing more is read until it settles. */
  readonly onEvents: (events: readonly RoundEvent[]) => Promise<void>;
  /** Something about it has changed. */
  readonly onChange?: (item: InvocationItem) => void;
  /** Which way it goes from now on. */
  readonly onClient: (client: HolderClient) => void;
  readonly onLost: () => void;
  /** Aborted when a person has seen enough. */
  readonly left: AbortSignal;
}

/** Answers with the invocation when it has ended; undefined: it was left. */
export async function watch(watching: Watching): Promise<Invocation | undefined> {
  const { desk, id, onClient, onLost, left } = watching;
  const { place, client: first, base } = desk;
  const reader = new Reader(watching);
  const attempt = async (client: HolderClient): Promise<Invocation | undefined> => {
    onClient(client);
    const isOver = await reader.read(client);
    return isOver ? await readInvocation({ client, base }, id) : undefined;
  };
  try {
    return await overLosses({ place, first, attempt, onLost, left });
  } catch (error) {
    if (left.aborted) return undefined;
    throw error;
  }
}

export async function readInvocation(
  { client, base }: Pick<Desk, "client" | "base">,
  id: string,
): Promise<Invocation> {
  return (await client.ask({ method: "GET", path: `${base}/invocations/${id}` })) as Invocation;
}

/** Goes on, in each attempt, behind the last line of which all was told. */
class Reader {
  readonly #watching: Watching;
  #told: string | undefined;

  constructor(watching: Watching) {
    this.#watching = watching;
  }

  /** False: the connection ended before the invocation. */
  async read(client: HolderClient): Promise<boolean> {
    const { left } = this.#watching;
    const [method, path, headers] = ["GET", this.#path(), this.#headers()] as const;
    const stream = await client.stream({ method, path, headers, signal: left });
    return await this.#take(stream.setEncoding("utf8"));
  }

  async #take(stream: AsyncIterable<unknown>): Promise<boolean> {
    const { onEvents, onChange } = this.#watching;
    let line: RoundEvent[] = [];
    for await (const { event, data, id } of readEvents(stream)) {
      if (event === "end") {
        await onEvents(line);
        return true;
      }
      if (event === "invocation") onChange?.(JSON.parse(data) as InvocationItem);
      if (event !== "output") continue;
      line.push(JSON.parse(data) as RoundEvent);
      if (id === undefined || id === this.#told) continue; // the line's last event names what comes next
      await onEvents(line);
      this.#told = id;
      line = [];
    }
    return false;
  }

  #path(): string {
    const { desk, id, from } = this.#watching;
    const query = from === undefined ? "" : `&round=${from.round}&from=${from.byte}`;
    return `${desk.base}/invocations/${id}/follow?whole=true${query}`;
  }

  #headers(): Readonly<Record<string, string>> {
    return this.#told === undefined ? {} : { "last-event-id": this.#told };
  }
}
