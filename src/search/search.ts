/**
 * Full-text search over executions: a projection of the ledger in a file of its own, kept by a thread of
 * its own, that may lag and says how far.
 *
 * The file can be deleted at any time and is rebuilt from the ledger. What happens when…
 * - the process dies: how far the index has come is written with the words themselves, so it goes on there;
 * - the file is damaged, of another ledger, or of an older Stint: it is thrown away and rebuilt;
 * - a machine is busy: the thread gives way, and the lag grows;
 * - people's data is erased, or executions are pruned: `forget` takes the words out of the file.
 */

/** What a search looks through: everything, or only what everybody may see (3.13-6). */
export type SearchView = "full" | "summary";

export interface SearchQuery {
  readonly ws: number;
  readonly view: SearchView;
  /** Each of its words is the beginning of a word that the execution has. */
  readonly text: string;
  readonly order: "asc" | "desc";
  /** Only executions beyond this number, in that order. */
  readonly from: number | null;
  readonly limit: number;
}

export interface SearchAnswer {
  /** Numbers of executions, in order. One that is gone meanwhile may be among them. */
  readonly nos: readonly number[];
  /** Where to go on, as `from`; null: nothing was left out. */
  readonly goOnFrom: number | null;
  /** When the first fact happened that is not searched yet; null: all are. */
  readonly behindSince: number | null;
}

export interface Search {
  /** @throws Fault `unavailable` */
  readonly find: (query: SearchQuery) => Promise<SearchAnswer>;
  /**
   * Takes out every word of these executions, then reads again what the ledger still has of them: to be
   * called once a subject's payloads were erased, or the executions were pruned. Settles when it is on disk.
   * @throws Fault `unavailable`
   */
  readonly forget: (nos: readonly number[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const SEARCH_FILE = "search.db";
