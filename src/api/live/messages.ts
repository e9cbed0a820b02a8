/** Rounds of the feed as the messages of the contract, each rendered once for all who may see the same of it. */
import { type LiveMessage, writeCursor } from "#contract/live.ts";
import type { ExecutionItem } from "#contract/shapes/executions.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { Entry } from "#ledger/ledger.ts";
import type { Notified } from "#workspace/notifications.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { showFacts } from "../facts.ts";
import { showNotification } from "../notices.ts";
import { redactFact, redactItem, type View, viewOf } from "../redact.ts";
import type { Feed } from "./feed.ts";
import type { Heard, Round } from "./round.ts";

export interface LiveSource {
  readonly feed: Feed;
  /** An execution as lists show it, with nothing left out; undefined once it is gone. */
  readonly showItem: (ws: number, no: number) => Promise<ExecutionItem | undefined>;
  /** Calls back with every notification that is made, whosever it is. */
  readonly onNotified: (then: (notified: Notified) => void) => () => void;
}

/** Who listens, and to what. */
export interface Listener {
  readonly entered: Entered;
  /** The execution that is followed fact by fact. */
  readonly followed:
    | {
        readonly no: number;
        readonly executionId: ExecutionId;
        readonly triggeredBy: string | null;
      }
    | undefined;
}

export interface Rendered {
  readonly message: LiveMessage;
  readonly json: string;
}

export interface Telling {
  readonly source: LiveSource;
  readonly listener: Listener;
  /** Everything after this position is told. */
  readonly after: number;
  readonly signal: AbortSignal;
  /** Resolves when the listener can take more; false once it is gone. */
  readonly out: (rendered: Rendered) => Promise<boolean>;
}

/** Tells everything until the listener leaves. */
export async function tell({ source, listener, after, signal, out }: Telling): Promise<void> {
  const { feed } = source;
  const ws = listener.entered.workspace.no;
  let told = after;
  const cursorAt = (position: number): string => writeCursor({ ledgerId: feed.ledgerId, position });
  const stopNotices = source.onNotified(({ ws: where, notification }) => {
    if (where !== ws || notification.userId !== listener.entered.actor.id) return;
    const message = {
      type: "notification.created",
      cursor: cursorAt(told),
      notification: showNotification(notification),
    };
    void out(render(message as LiveMessage));
  });
  try {
    for await (const round of feed.listen({ ws, no: listener.followed?.no }, after, signal)) {
      for await (const rendered of renderRound(source, listener, round, cursorAt)) {
        if (!(await out(rendered))) return;
      }
      told = round.upTo;
    }
  } finally {
    stopNotices();
  }
}

async function* renderRound(
  source: LiveSource,
  listener: Listener,
  round: Round,
  cursorAt: (position: number) => string,
): AsyncGenerator<Rendered> {
  if (round.tooMuch) yield render({ type: "reset", cursor: cursorAt(round.after) });
  for (const heard of round.heard) {
    const rendered =
      heard.what === "facts"
        ? renderFacts(listener, heard, cursorAt(heard.position))
        : await renderChange(source, listener, heard, cursorAt(heard.position));
    if (rendered !== undefined) yield rendered;
  }
}

/** Listeners who stand at the same place hear the same objects, so what is rendered of them is kept beside them. */
const renderedOf = new WeakMap<Heard, Map<View, Rendered>>();
const itemOf = new WeakMap<Heard, Promise<ExecutionItem | undefined>>();

function remember(heard: Heard, view: View, make: () => LiveMessage): Rendered {
  const known = renderedOf.get(heard) ?? new Map<View, Rendered>();
  renderedOf.set(heard, known);
  const rendered = known.get(view) ?? render(make());
  known.set(view, rendered);
  return rendered;
}

function render(message: LiveMessage): Rendered {
  return { message, json: JSON.stringify(message) };
}

function renderFacts(
  { entered, followed }: Listener,
  heard: Heard & { readonly entry: Entry },
  cursor: string,
): Rendered | undefined {
  if (followed === undefined) return undefined;
  const view = viewOf(entered, followed.triggeredBy);
  return remember(heard, view, () => ({
    type: "execution.facts",
    cursor,
    executionId: followed.executionId,
    facts: showFacts(heard.entry).map((fact) => redactFact(fact, view)),
  }));
}

async function renderChange(
  source: LiveSource,
  { entered }: Listener,
  heard: Heard & { readonly no: number },
  cursor: string,
): Promise<Rendered | undefined> {
  const showing = itemOf.get(heard) ?? source.showItem(entered.workspace.no, heard.no);
  itemOf.set(heard, showing);
  const item = await showing;
  if (item === undefined) return undefined;
  const view = viewOf(entered, item.trigger.by.id);
  return remember(heard, view, () => ({
    type: "execution.changed",
    cursor,
    execution: redactItem(item, view),
  }));
}
