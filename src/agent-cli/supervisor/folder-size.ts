/** What a folder takes on its disk, told by `du`, which every Unix has and which leaves this process free. */
import { execFile } from "node:child_process";

const KIB = 1024;
const PATIENCE_MS = 3000;

/** In bytes, on its own file system; null: it is not to be told, or not within the time. */
export function folderBytes(folder: string, patienceMs = PATIENCE_MS): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const options = { timeout: patienceMs, killSignal: "SIGKILL", env: { PATH: USUAL } } as const;
  // What vanishes while it looks makes it fail, and still it tells the sum.
  execFile("du", ["-skx", "--", folder], options, (error, stdout) => {
    const kib = /^\d+/.exec(stdout)?.[0];
    resolve(kib === undefined || error?.killed === true ? null : Number(kib) * KIB);
  });
  return promise;
}

const USUAL = "/usr/bin:/bin:/usr/sbin:/sbin";

/** How the folder has grown since its execution began: measured now and then, so that it costs next to nothing. */
export interface Growth {
  readonly bytes: () => number | null;
  /** Measures where it is time to. */
  readonly look: (now: number) => void;
  /** Measures a last time. */
  readonly settle: () => Promise<void>;
}

const EACH_MS = 10_000;
/** So that measuring takes a hundredth of the time at the most. */
const REST = 100;
const LONGEST_MS = 60_000;

/** @param before null: it is not known what it was, so growth is not either */
export function growthOf(folder: string, before: number | null, known: number | null): Growth {
  let bytes = known;
  let next = 0;
  let isUnderWay = false;

  async function measure(patienceMs: number): Promise<void> {
    if (before === null) return;
    const now = await folderBytes(folder, patienceMs);
    if (now !== null) bytes = now - before;
  }

  return {
    bytes: () => bytes,
    settle: () => measure(PATIENCE_MS),
    look: (now) => {
      if (isUnderWay || now < next) return;
      isUnderWay = true;
      const began = performance.now();
      void measure(LONGEST_MS).finally(() => {
        isUnderWay = false;
        next = now + Math.max(EACH_MS, REST * (performance.now() - began));
      });
    },
  };
}
