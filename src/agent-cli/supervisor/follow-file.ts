/** A file that grows, from some byte on, as it grows. */
import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

const CHUNK_BYTES = 64 * 1024;
/** Of real time, since a file grows by itself: a watcher may miss a change, and some file systems have none. */
const LOOK_EACH_MS = 200;

/**
 * Chunks as they come; whoever reads slowly holds nothing up but themselves.
 * @param isOver whether nothing more will be written: what is there by then is still given
 */
export async function* followFile(
  path: string,
  from: number,
  isOver: () => boolean,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const file = await open(path, "r");
  const change = watchFor(path);
  try {
    for (let at = from; signal?.aborted !== true;) {
      // Asked before the file is read to its end: what was written before that is not missed.
      const wasOver = isOver();
      const chunk = await readAt(file, at);
      if (chunk.length > 0) {
        at += chunk.length;
        yield chunk;
      } else if (wasOver) return;
      else await change.next(signal);
    }
  } finally {
    change.close();
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
  return buffer.subarray(0, bytesRead);
}

interface Change {
  /** Settles at the next change, or after a while. */
  readonly next: (signal: AbortSignal | undefined) => Promise<void>;
  readonly close: () => void;
}

function watchFor(path: string): Change {
  let wake = (): void => undefined;
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(path, { persistent: false }, () => {
      wake();
    });
    watcher.on("error", () => undefined); // it is looked at by time then
  } catch {
    // As above.
  }
  return {
    next: (signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, LOOK_EACH_MS);
      wake = resolve;
      signal?.addEventListener("abort", wake, { once: true });
      return promise.finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
      });
    },
    close: () => watcher?.close(),
  };
}
