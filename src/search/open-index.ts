/** The index over a ledger's file: what the search thread does, without the thread. */
import { find } from "./find.ts";
import { Indexer } from "./indexer.ts";
import { type LedgerReader, openLedgerReader } from "./ledger-reader.ts";
import { type Progress, removeFile, SearchFile } from "./search-file.ts";
import type { SearchAnswer, SearchQuery } from "./search.ts";

export interface IndexPlace {
  /** Where the index lies, or is to lie. */
  readonly path: string;
  readonly ledgerPath: string;
  readonly ledgerId: string;
}

export interface Index {
  /** Takes in the next appends; answers whether there may be more. */
  readonly takeChunk: () => boolean;
  /** Takes in what is new, if that is not much, and then looks. */
  readonly find: (query: SearchQuery) => SearchAnswer;
  readonly forget: (nos: readonly number[]) => void;
  readonly close: () => void;
}

/** Appends to a chunk: small enough that a search never waits for long. */
const CHUNK = 1000;

/** @param rebuilding told when a file is thrown away and built anew */
export function openIndex(place: IndexPlace, rebuilding: (why: string) => void): Index {
  const ledger = openLedgerReader(place.ledgerPath);
  let file = openFile(place, ledger, rebuilding);
  let indexer = new Indexer(ledger, file);

  /** Damage of the file is never worse than the time that it takes to build it again. */
  function mending<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (!DAMAGED.has(codeOf(error))) throw error;
      file.close();
      rebuilding(error instanceof Error ? error.message : "it is damaged");
      removeFile(place.path);
      file = openFile(place, ledger, rebuilding);
      indexer = new Indexer(ledger, file);
      return work();
    }
  }

  return {
    takeChunk: () => mending(() => indexer.takeChunk(CHUNK) === CHUNK),
    find: (query) =>
      mending(() => {
        takeWhatFits(indexer);
        return { ...find(file, query), behindSince: indexer.behindSince() };
      }),
    forget: (nos) => {
      mending(() => {
        indexer.forget(nos);
      });
    },
    close: () => {
      file.close();
      ledger.close();
    },
  };
}

/** What is in the file already can be found on a full disk too. */
function takeWhatFits(indexer: Indexer): void {
  try {
    indexer.takeChunk(CHUNK);
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

function openFile(
  { path, ledgerId }: IndexPlace,
  ledger: LedgerReader,
  rebuilding: (why: string) => void,
): SearchFile {
  const progress = { ledgerId, position: ledger.head() };
  const found = openFound(path, progress);
  if (typeof found !== "string") return found;
  rebuilding(found);
  removeFile(path);
  return new SearchFile(path, progress);
}

/** The file as it is; or why it cannot be used. */
function openFound(path: string, progress: Progress): SearchFile | string {
  try {
    const file = new SearchFile(path, progress);
    if (file.isOf(progress)) return file;
    file.close();
    return "it is of another ledger or version";
  } catch (error) {
    if (!UNUSABLE.has(codeOf(error))) throw error;
    return error instanceof Error ? error.message : "it is damaged";
  }
}

/** SQLite's codes for a file that is damaged, or none of its own: https://sqlite.org/rescode.html */
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);
/** What is opened may also have other tables than today's. */
const UNUSABLE: ReadonlySet<number> = new Set([...DAMAGED, 1]);

/** The disk takes no more, or not as much as a file needs to be opened. */
export const isFull = (error: unknown): boolean => FULL.has(codeOf(error));
const FULL: ReadonlySet<number> = new Set([10, 13]);

const codeOf = (error: unknown): number =>
  error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
