/** What is asked of an invocation that is only in the archive: it is shown, and does nothing more. */
import { Fault } from "#domain/fault.ts";

/**
 * @param id of one whose row was found, in the ledger or in the archive
 * @param asked what the engine does with it, which knows the ledger alone
 * @throws Fault `conflict` where it was archived
 */
export async function orArchived<Of>(
  id: string,
  asked: Promise<Of>,
  suggestion: string,
): Promise<Of> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "not_found") throw error;
    const why = `The invocation ${id} was archived: it can be read, and not gone on with or retried.`;
    throw new Fault("conflict", why, { suggestion, cause: error });
  }
}
