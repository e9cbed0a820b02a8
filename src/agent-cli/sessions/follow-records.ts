/** Watches a project folder's records, and says what is new in them. */
import { watch } from "node:fs";

import { agentsFolder } from "../records/folder.ts";
import type { RecordSessions } from "./past-records.ts";
import type { PastSession } from "./past.ts";

const LOOK_EACH_MS = 5000;
/** So that what changes together is read together. */
const SETTLE_MS = 200;

/** What is new, again and again whenever a record may have changed, until the signal. */
export async function* followRecords(
  project: string,
  sessions: RecordSessions,
  signal: AbortSignal,
): AsyncGenerator<AsyncGenerator<PastSession, void>, void> {
  while (!signal.aborted) {
    const changed = nextChange(agentsFolder(project), signal);
    yield sessions.news();
    await changed;
  }
}

/** Settles a moment after a file has changed; after a while also without, since a watcher may miss one. */
function nextChange(folder: string, signal: AbortSignal): Promise<void> {
  const change = Promise.withResolvers<void>();
  const settle = (): void => {
    change.resolve();
  };
  const late = setTimeout(settle, LOOK_EACH_MS);
  const soon = (): void => void setTimeout(settle, SETTLE_MS);
  signal.addEventListener("abort", settle, { once: true });
  let close = (): void => undefined;
  try {
    const watcher = watch(folder, { recursive: true }, soon);
    watcher.on("error", () => undefined); // it is looked at by time then
    close = () => watcher.close();
  } catch {
    // As above.
  }
  return change.promise.finally(() => {
    clearTimeout(late);
    signal.removeEventListener("abort", settle);
    close();
  });
}
