/**
 * Follows the ledger and writes down what its executions can be found by. What an execution adds within a
 * chunk is one document, so one that begins and ends within a chunk costs one.
 */
import { wordFor } from "./find.ts";
import type { Appended, LedgerReader } from "./ledger-reader.ts";
import type { SearchFile } from "./search-file.ts";
import { collectData, collectFact, collectShown, openWords, type Words } from "./texts.ts";

/** Of executions that are under way for many chunks it is remembered whose they are. */
const MOST_REMEMBERED = 50_000;
/** Executions that are taken out in one transaction. */
const AT_ONCE = 1000;

export class Indexer {
  readonly #ledger: LedgerReader;
  readonly #file: SearchFile;
  readonly #workspaces = new Map<number, number>();

  constructor(ledger: LedgerReader, file: SearchFile) {
    this.#ledger = ledger;
    this.#file = file;
  }

  /** Takes in what comes next, at most `limit` appends; answers how many there were. */
  takeChunk(limit: number): number {
    const appended = this.#ledger.after(this.#file.position, limit);
    const last = appended.at(-1);
    if (last === undefined) return 0;
    const documents = this.#documentsOf(appended);
    this.#file.write(last.position, () => {
      for (const [no, words] of documents) this.#file.add(no, words);
    });
    return appended.length;
  }

  /** Takes executions out, and in again with what the ledger still has of them. */
  forget(nos: readonly number[]): void {
    const all = [...new Set(nos)].toSorted((a, b) => a - b);
    for (let start = 0; start < all.length; start += AT_ONCE) {
      this.#readAgain(all.slice(start, start + AT_ONCE));
    }
    this.#file.clean(all);
  }

  #readAgain(nos: readonly number[]): void {
    const position = this.#file.position;
    this.#file.write(position, () => {
      for (const no of nos) {
        this.#workspaces.delete(no);
        this.#file.remove(no);
        const known = this.#ledger.execution(no).filter((one) => one.position <= position);
        for (const [, words] of this.#documentsOf(known)) this.#file.add(no, words);
      }
    });
  }

  /** When the first fact happened that is not taken in yet; null: all are. */
  behindSince(): number | null {
    return this.#ledger.timeAfter(this.#file.position);
  }

  /** One for each execution that is still there, in the order of their numbers. */
  #documentsOf(appended: readonly Appended[]): readonly (readonly [no: number, words: string])[] {
    const byNo = Map.groupBy(appended, ({ no }) => no);
    return [...byNo]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([no, own]) => {
        const ws = this.#wsOf(no, own);
        if (ws === undefined) return [];
        const words = this.#wordsOf(ws, own);
        return words === "" ? [] : [[no, words] as const];
      });
  }

  #wordsOf(ws: number, own: readonly Appended[]): string {
    const words = openWords();
    for (const { facts, bodyOf } of own) {
      for (const fact of facts) {
        collectFact(fact, bodyOf, words);
        if (fact.t === "laneOpened" && fact.entity !== null)
          this.#collectName(ws, fact.entity, words);
      }
    }
    const { summary, full } = words;
    const shown = [...summary].map((word) => wordFor("summary", ws, word));
    const rest = [...full.difference(summary)].map((word) => wordFor("full", ws, word));
    return [...shown, ...rest].join(" ");
  }

  #collectName(ws: number, entity: string, words: Words): void {
    const found = this.#ledger.nameOf(ws, entity);
    if (found === undefined) return;
    collectShown(found.name, words);
    collectData(found.address, words);
  }

  #wsOf(no: number, [first]: readonly Appended[]): number | undefined {
    const fact = first?.facts[0];
    const ws =
      fact?.t === "created" ? fact.ws : (this.#workspaces.get(no) ?? this.#ledger.wsOf(no));
    if (ws === undefined) return undefined;
    if (this.#workspaces.size >= MOST_REMEMBERED) this.#workspaces.clear();
    this.#workspaces.set(no, ws);
    return ws;
  }
}
