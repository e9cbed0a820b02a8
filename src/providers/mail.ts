/**
 * Who sends mail. A provider is outside of the ledger: between its commit and ours there is always a
 * moment in which a crash leaves us not knowing. So every send carries a key that is the same in each
 * attempt at the same step, and a provider says whether its look-up by key is authoritative: only then
 * does "not found" mean that nothing was sent, and the send may be repeated.
 */
import type { ContactId, ExecutionId } from "#domain/id.ts";

export interface Mail {
  /** One for all attempts: origin execution, step and contact. */
  readonly key: string;
  readonly ws: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly executionId: ExecutionId;
  readonly contactId: ContactId | null;
}

export interface Accepted {
  readonly messageId: string;
}

export interface MailProvider {
  readonly name: string;
  /**
   * Hands one mail over.
   * @throws Fault that says with `happened` whether the mail may be on its way: `no` only where it is
   *   certain that it is not. A bad address has the scope `contact`.
   */
  readonly send: (mail: Mail, signal: AbortSignal) => Promise<Accepted>;
  /** The mail that was accepted with this key, the first of them; null where none is known. */
  readonly find: (key: string) => Promise<Accepted | null>;
  /** Whether `find` answering null proves that nothing was sent. */
  readonly authoritative: boolean;
}
