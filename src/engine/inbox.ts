/** What others have to say to a lane, put on record as the lane's own facts. */
import type { Ledger } from "#ledger/ledger.ts";

import type { History } from "./history.ts";
import type { LaneStart } from "./lane.ts";
import { counts, pauseAfter, type PauseFact } from "./pause.ts";
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
  readonly hold: () => void;
  readonly skipWaits: (seq: number, by: string) => void;
}

export interface InboxReader {
  /** Takes what has come since it was read last; answers with how many signals had come in all. */
  readonly read: () => Promise<number>;
}

/** @param other an entry of a kind that not every lane knows; whoever puts it on record consumes it */
export function openInbox(listener: Listener, other: LaneStart["onInbox"]): InboxReader {
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
        else if (kind === "pause") takePause(listener, seq, "pauseAsked", said);
        else if (kind === "resume") takePause(listener, seq, "resumeAsked", said);
        else if (kind === "skipWait") listener.skipWaits(seq, String(said["by"]));
        else other?.(kind, said, seq);
      }
      return wake;
    },
  };
}

/** A word that changes nothing leaves no fact. */
function takePause(listener: Listener, seq: number, t: PauseFact["t"], body: Body): void {
  const { stream, history } = listener;
  stream.consume(seq);
  const fact = { t, ...body } as unknown as PauseFact;
  if (!counts(history.pause, fact)) return;
  stream.record(fact);
  history.pause = pauseAfter(history.pause, fact);
  if (history.pause.on) listener.hold();
}

type Body = Readonly<Record<string, unknown>>;
