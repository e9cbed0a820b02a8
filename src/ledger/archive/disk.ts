import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";

/** What writing an archive asks of the disk, so that a test can die at each. */
export interface Disk {
  readonly open: (path: string) => number;
  readonly write: (file: number, bytes: Uint8Array) => void;
  /** Until what was written is on disk. */
  readonly sync: (file: number) => void;
  readonly close: (file: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly syncFolder: (path: string) => void;
}

export const ownDisk: Disk = {
  open: (path) => openSync(path, "wx", 0o600),
  write: writeAll,
  sync: fsyncSync,
  close: closeSync,
  rename: renameSync,
  syncFolder: (path) => {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
};

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
