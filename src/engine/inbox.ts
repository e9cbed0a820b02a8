/** What others have to say to a lane, put on record as the lane's own facts. */
import type { Ledger } from "#ledger/ledger.ts";

import type { History } from "./history.ts";
import type { Stream } from "./stream.ts";

export interface Cancel {
  readonly by: string;
  readonly reason?: string;
}

/** The lane that listens. */
export interface Listener {
  readonly ledger: Ledger;
  readonly stream: Stream;
  readonly history: History;
  readonly cancel: (asked: Cancel) => void;
  readonly skipWaits: (seq: number, by: string) => void;
  /** An entry of a kind that not every lane knows; whoever puts it on record consumes it. */
  readonly other: (kind: string, body: unknown, seq: number) => void;
}

export interface InboxReader {
  /** Takes what has come since it was read last; answers with how many signals had come in all. */
  readonly read: () => Promise<number>;
}

export function openInbox(listener: Listener): InboxReader {
  const { ledger, stream, history } = listener;
  const taken = new Set<number>();

  function takeSignal(seq: number, body: Body): void {
    stream.consume(seq);
    const name = String(body["name"]);
    const by = typeof body["by"] === "string" ? { by: body["by"] } : {};
    stream.record({ t: "signaled", name, r: body["value"], ...by });
    history.signals.push({ name, value: body["value"], taken: false });
  }

  function takeCancel(seq: number, body: Body): void {
    const asked = body as unknown as Cancel;
    stream.consume(seq);
    stream.record({ t: "cancelAsked", ...asked });
    listener.cancel(asked);
  }

  return {
    read: async () => {
      const { wake, items } = await ledger.readInbox(stream.no, stream.lane);
      for (const { seq, kind, body } of items) {
        if (taken.has(seq)) continue;
        taken.add(seq);
        const said = JSON.parse(body) as Body;
        if (kind === "signal") takeSignal(seq, said);
        else if (kind === "cancel") takeCancel(seq, said);
        else if (kind === "skipWait") listener.skipWaits(seq, String(said["by"]));
        else listener.other(kind, said, seq);
      }
      return wake;
    },
  };
}

type Body = Readonly<Record<string, unknown>>;
