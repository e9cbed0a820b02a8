/** What a command writes to its error stream, read again and again from where it was read before. */
import { buffer } from "node:stream/consumers";
import { StringDecoder } from "node:string_decoder";

import { Fault } from "#domain/fault.ts";

import type { HolderClient } from "../http-client.ts";

export interface Errors {
  /** Passes on what is new; what cannot be read now is read the next time. */
  readonly read: () => Promise<void>;
  /** What follows is another round's. */
  readonly turnTo: (round: number) => void;
}

export interface ErrorsOptions {
  /** `…/invocations/inv_…` */
  readonly path: string;
  readonly round: number;
  /** Where to begin in it. */
  readonly byte: number;
  readonly client: () => HolderClient;
  readonly pass: (text: string) => Promise<void>;
}

export function openErrors({ path, client, pass, ...from }: ErrorsOptions): Errors {
  let { round, byte } = from;
  let decoder = new StringDecoder("utf8");
  let reading: Promise<void> | undefined;

  async function readOn(): Promise<void> {
    const query = `of=errors&from=${byte}`;
    const answer = await client().stream({
      method: "GET",
      path: `${path}/rounds/${round}/raw?${query}`,
    });
    const bytes = await buffer(answer);
    byte += bytes.length;
    const text = decoder.write(bytes);
    if (text !== "") await pass(text);
  }

  return {
    read: async () => {
      await reading; // one after the other, so that nothing is told twice
      reading = readOn().catch(unlessBug);
      await reading;
    },
    turnTo: (next) => {
      round = next;
      byte = 0;
      decoder = new StringDecoder("utf8");
    },
  };
}

/** A connection that broke, or a round that has written nothing yet. */
function unlessBug(error: unknown): void {
  const isExpected = error instanceof Fault || (error instanceof Error && "code" in error);
  if (!isExpected) throw error;
}
