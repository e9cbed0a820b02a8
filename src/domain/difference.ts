/** What one row of things has that another has not, with as little removed and added as possible. */
export type Difference<Thing> =
  | { readonly is: "same"; readonly from: Thing; readonly to: Thing }
  | { readonly is: "removed"; readonly from: Thing }
  | { readonly is: "added"; readonly to: Thing };

/** Rows that differ by more than this are taken for wholly different: nobody reads such a comparison. */
const MOST_CHANGES = 1000;

/** Things are the same where their keys are. */
export function differences<Thing>(
  from: readonly Thing[],
  to: readonly Thing[],
  keyOf: (thing: Thing) => string,
): readonly Difference<Thing>[] {
  const before = from.map(keyOf);
  const after = to.map(keyOf);
  const head = sharedHead(before, after);
  const tail = sharedTail(before.slice(head), after.slice(head));
  const inner = shortest(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  return place([...kept(head), ...inner, ...kept(tail)], from, to);
}

type Move = Difference<unknown>["is"];

const kept = (count: number): readonly Move[] => Array.from({ length: count }, () => "same");

function sharedHead(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

const sharedTail = (a: readonly string[], b: readonly string[]): number =>
  sharedHead(a.toReversed(), b.toReversed());

function place<Thing>(
  moves: readonly Move[],
  from: readonly Thing[],
  to: readonly Thing[],
): readonly Difference<Thing>[] {
  let before = 0;
  let after = 0;
  return moves.map((is) => {
    if (is === "removed") return { is, from: from[before++] as Thing };
    if (is === "added") return { is, to: to[after++] as Thing };
    return { is, from: from[before++] as Thing, to: to[after++] as Thing };
  });
}

/** How far along the first row one comes on each diagonal, with ever more changes (Myers). */
function shortest(a: readonly string[], b: readonly string[]): readonly Move[] {
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  const reached = new Map([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    trace.push(new Map(reached));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = comesFromAdding(reached, diagonal, changes)
        ? far(reached, diagonal + 1)
        : far(reached, diagonal - 1) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return movesOf(trace, a.length, b.length);
    }
  }
  return [...a.map(() => "removed" as const), ...b.map(() => "added" as const)];
}

const far = (reached: ReadonlyMap<number, number>, diagonal: number): number =>
  reached.get(diagonal) ?? -1;

function comesFromAdding(
  reached: ReadonlyMap<number, number>,
  diagonal: number,
  changes: number,
): boolean {
  if (diagonal === -changes) return true;
  return diagonal !== changes && far(reached, diagonal - 1) < far(reached, diagonal + 1);
}

function movesOf(
  trace: readonly ReadonlyMap<number, number>[],
  width: number,
  height: number,
): readonly Move[] {
  const moves: Move[] = [];
  let x = width;
  let y = height;
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const reached = trace[changes] as ReadonlyMap<number, number>;
    const isAdded = comesFromAdding(reached, x - y, changes);
    const before = x - y + (isAdded ? 1 : -1);
    const fromX = changes === 0 ? 0 : far(reached, before);
    const fromY = changes === 0 ? 0 : fromX - before;
    while (x > fromX && y > fromY) {
      moves.push("same");
      x -= 1;
      y -= 1;
    }
    if (changes > 0) moves.push(isAdded ? "added" : "removed");
    x = fromX;
    y = fromY;
  }
  return moves.toReversed();
}
