/**
 * How many starts are on their way to the store at once. Whoever starts a million executions without
 * waiting keeps a promise for each; what each becomes on its way is made when its turn comes.
 */
const MOST_UNDER_WAY = 2048;
/** Those let in are forgotten in lumps: a shift for each would cost more than it frees. */
const LUMP = 8192;

export class Intake {
  #underWay = 0;
  #waiting: (() => void)[] = [];
  #first = 0;

  /** To be awaited where there is something to await; each that entered must leave. */
  enter(): Promise<void> | undefined {
    if (this.#underWay < MOST_UNDER_WAY) {
      this.#underWay += 1;
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Its turn goes to whoever waits first. */
  leave(): void {
    const next = this.#waiting[this.#first];
    if (next === undefined) {
      this.#underWay -= 1;
      return;
    }
    this.#first += 1;
    next();
    if (this.#first < this.#waiting.length && this.#first < LUMP) return;
    this.#waiting = this.#waiting.slice(this.#first);
    this.#first = 0;
  }
}
