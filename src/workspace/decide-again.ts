import { Fault } from "#domain/fault.ts";

const MOST_TRIES = 5;

/**
 * Reads, decides and writes; when somebody else wrote in between (`stale`), does so again with what is there now.
 * @throws Fault `version_conflict` when others are faster every time.
 */
export async function decideAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "stale") throw error;
    }
  }
  throw new Fault("version_conflict", "Others changed the same thing at the same time", {
    suggestion: "Read it again and repeat the change",
  });
}
