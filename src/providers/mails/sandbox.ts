import {
  type SandboxChange,
  type SandboxSettings,
  sandboxSettingsSchema,
} from "#contract/shapes/sandbox.ts";
import { isEmailAddress } from "#crm/email-address.ts";
/**
 * The mail provider that sends nothing: it keeps what it was given in an outbox, in a file of its own,
 * so it is as far outside of the ledger as a real one. It does not drop repeats: the outbox is the proof
 * that nothing is sent twice, so a second send with one key is kept as a second delivery and counted.
 */
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import { messageIds } from "#domain/id.ts";

import type { Accepted, Mail, MailProvider } from "../mail.ts";
import { type Fate, type Fortune, openFortune } from "./sandbox-settings.ts";
import {
  type Accepting,
  type MessageQuery,
  openSandboxStore,
  type SandboxMessage,
  type SandboxStore,
} from "./sandbox-store.ts";

export interface Outbox {
  /** Newest first; `next` goes on after the last of them, null when there are no more. */
  readonly list: (
    query: MessageQuery,
  ) => Promise<{ readonly rows: readonly SandboxMessage[]; readonly next: string | null }>;
  /** @throws Fault `not_found`. */
  readonly get: (ws: number, id: string) => Promise<SandboxMessage>;
  /** How many were accepted beyond the first of their key: of a workspace, or of all. */
  readonly duplicates: (ws?: number) => Promise<number>;
  /** Empties the mails to a contact, so that only that they were sent is left; answers with how many. */
  readonly erase: (ws: number, contactId: string) => Promise<number>;
}

export interface SandboxMail extends MailProvider, AsyncDisposable {
  readonly outbox: Outbox;
  readonly settings: (ws: number) => SandboxSettings;
  /** Holds from the next mail on, and after a restart. What is not named stays. */
  readonly configure: (ws: number, change: SandboxChange) => SandboxSettings;
  readonly close: () => Promise<void>;
}

export interface SandboxOptions {
  readonly path: string;
  readonly clock: Clock;
}

export function openSandboxMail({ path, clock }: SandboxOptions): SandboxMail {
  const store = openSandboxStore(path);
  const acceptor = openAcceptor(store);
  const fortunes = new Map<number, Fortune>();

  async function close(): Promise<void> {
    await acceptor.settled();
    store.close();
  }

  return {
    name: "sandbox",
    authoritative: true,
    send: (mail, signal) => {
      const settings = store.settings(mail.ws);
      const tell = fortunes.get(mail.ws) ?? openFortune();
      fortunes.set(mail.ws, tell);
      return send(mail, signal, { clock, acceptor, settings, fate: () => tell(settings) });
    },
    find: async (key) => {
      await acceptor.settled();
      const messageId = store.firstWith(key);
      return messageId === null ? null : { messageId };
    },
    outbox: openOutbox(store, acceptor),
    settings: store.settings,
    configure: (ws, change) => {
      const settings = sandboxSettingsSchema.parse({ ...store.settings(ws), ...change });
      store.configure(ws, settings);
      fortunes.delete(ws);
      return settings;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Sending {
  readonly clock: Clock;
  readonly acceptor: Acceptor;
  readonly settings: SandboxSettings;
  readonly fate: () => Fate;
}

async function send(
  mail: Mail,
  signal: AbortSignal,
  { clock, acceptor, settings, fate }: Sending,
): Promise<Accepted> {
  refuseAddress(mail.to);
  const half = settings.latencyMs / 2;
  await pause(clock, half, signal, "no");
  const its = fate();
  if (its === "refused") throw refused();
  const id = messageIds.create();
  await acceptor.accept({ mail, id, at: clock.now() });
  await pause(clock, half, signal, "unknown");
  if (its === "answer lost") throw answerLost();
  return { messageId: id };
}

interface Acceptor {
  /** Answered once the mail is on disk. */
  readonly accept: (accepting: Accepting) => Promise<void>;
  readonly settled: () => Promise<void>;
}

/** Mails that arrive together share one transaction and one sync. */
function openAcceptor(store: SandboxStore): Acceptor {
  let batch: Accepting[] = [];
  let flush: Promise<void> = Promise.resolve();

  function begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        const taken = batch;
        batch = [];
        try {
          store.accept(taken);
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  return {
    accept: (accepting) => {
      if (batch.length === 0) flush = begin();
      batch.push(accepting);
      return flush;
    },
    settled: () => flush.catch(() => undefined),
  };
}

function openOutbox(store: SandboxStore, acceptor: Acceptor): Outbox {
  return {
    list: async (query) => {
      const found = store.list({ ...query, limit: query.limit + 1 });
      const rows = found.slice(0, query.limit);
      return { rows, next: found.length > query.limit ? (rows.at(-1)?.id ?? null) : null };
    },
    get: async (ws, id) => {
      const message = store.get(ws, id);
      if (message === undefined) throw new Fault("not_found", `There is no message ${id}`);
      return message;
    },
    duplicates: async (ws) => store.duplicates(ws),
    erase: async (ws, contactId) => {
      await acceptor.settled();
      return store.erase(ws, contactId);
    },
  };
}

function refuseAddress(to: string): void {
  if (isEmailAddress(to)) return;
  throw new Fault("invalid", `Invalid email address: ${to}`, {
    scope: "contact",
    happened: "no",
    suggestion: "Correct the contact's email address",
  });
}

function refused(): Fault {
  return new Fault("unavailable", "The mail provider refused the mail for now", { happened: "no" });
}

function answerLost(): Fault {
  return new Fault("unavailable", "The mail provider took the mail and did not answer", {
    happened: "unknown",
    suggestion: "Look into the outbox: the mail may have been sent",
  });
}

/** Waits on the clock; an abort ends the wait at once and says what is known by then. */
function pause(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  happened: "no" | "unknown",
): Promise<void> {
  const canceled = (): Fault => new Fault("canceled", "Canceled while sending", { happened });
  if (ms === 0 && happened === "unknown") return Promise.resolve(); // it is known by now
  if (signal.aborted) return Promise.reject(canceled());
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const forget = clock.at(clock.now() + ms, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    function stop(): void {
      forget();
      reject(canceled());
    }
    signal.addEventListener("abort", stop, { once: true });
  });
}
