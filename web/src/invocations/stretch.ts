/**
 * The part of an invocation's output that the page holds: one unbroken stretch over all rounds, bounded in size, that
 * grows at either end and is cut at the other.
 */
import type { OutputEvent, OutputPage } from "#contract/shapes/invocation-output.ts";

/** A byte of a round's output at which a line begins. */
export interface Spot {
  readonly round: number;
  readonly byte: number;
}

export interface Placed {
  readonly round: number;
  readonly event: OutputEvent;
  /** In characters, about. */
  readonly weight: number;
}

export interface Stretch {
  /** Nothing before it is held. */
  readonly first: Spot;
  /** Everything between is held; here one goes on. */
  readonly next: Spot;
  readonly placed: readonly Placed[];
}

/** Most events, and most characters of them, that are held at once. */
const LIMITS = { events: 4000, characters: 500_000 } as const;
type Limits = { readonly events: number; readonly characters: number };

function isBefore(one: Spot, other: Spot): boolean {
  return one.round === other.round ? one.byte < other.byte : one.round < other.round;
}

export function placedIn(round: number, event: OutputEvent): Placed {
  return { round, event, weight: weightOf(event) };
}

function weightOf(event: OutputEvent): number {
  switch (event.type) {
    case "text":
    case "thinking":
      return event.text.length;
    case "tool_ended":
      return event.output?.length ?? 0;
    case "tool_started":
      return JSON.stringify(event.input ?? null).length;
    default:
      return 100;
  }
}

const spotOf = ({ round, event }: Placed): Spot => ({ round, byte: event.at });

export function emptyAt(spot: Spot): Stretch {
  return { first: spot, next: spot, placed: [] };
}

export function stretchOf(
  round: number,
  { items, from, to }: Pick<OutputPage, "items" | "from" | "to">,
): Stretch {
  return {
    first: { round, byte: from },
    next: { round, byte: to },
    placed: items.map((event) => placedIn(round, event)),
  };
}

type Page = Pick<OutputPage, "items" | "from" | "to">;

/** What stands before and behind a line, as much of it as may be held; the line is. */
export function around(round: number, before: Page | undefined, after: Page): Stretch {
  const later = stretchOf(round, after);
  const whole = before === undefined ? later : withEarlier(later, round, before);
  return isOver(whole) ? keepEarliest(later) : whole;
}

/** Whether the line that begins there is held. */
export function isWithin({ first, next }: Stretch, spot: Spot): boolean {
  return !isBefore(spot, first) && isBefore(spot, next);
}

/** What came right before it; a page of an earlier round stands before this round's beginning. */
export function withEarlier(
  stretch: Stretch,
  round: number,
  page: Pick<OutputPage, "items" | "from" | "to">,
): Stretch {
  const earlier = stretchOf(round, page);
  return { ...stretch, first: earlier.first, placed: [...earlier.placed, ...stretch.placed] };
}

/** What comes right after it. */
export function withLater(stretch: Stretch, placed: readonly Placed[], next: Spot): Stretch {
  return { ...stretch, next, placed: [...stretch.placed, ...placed] };
}

/** Without what came after the last whole line, which is told again. */
export function upToNext(stretch: Stretch): Stretch {
  const whole = stretch.placed.filter((one) => isBefore(spotOf(one), stretch.next));
  return whole.length === stretch.placed.length ? stretch : { ...stretch, placed: whole };
}

/** Where a cut leaves so much at most, counted from the end that is kept; a line is never cut in two. */
function countKept(placed: readonly Placed[], { events, characters }: Limits): number {
  let [kept, weight, whole] = [0, 0, 0];
  for (const [index, one] of placed.entries()) {
    weight += one.weight;
    if (whole > 0 && (index >= events || weight > characters)) break;
    kept = index + 1;
    const other = placed[kept];
    if (other === undefined || !isSameLine(one, other)) whole = kept;
  }
  return whole === 0 ? kept : whole;
}

const isSameLine = (one: Placed, other: Placed): boolean =>
  one.round === other.round && one.event.at === other.event.at;

/** Whether it holds more than it should. */
export function isOver({ placed }: Stretch, limits: Limits = LIMITS): boolean {
  return countKept(placed, limits) < placed.length;
}

/** Cut at its beginning. */
export function keepLatest(stretch: Stretch, limits: Limits = LIMITS): Stretch {
  const { placed } = stretch;
  const count = countKept(placed.toReversed(), limits);
  if (count === placed.length) return stretch;
  const kept = placed.slice(placed.length - count);
  const [first] = kept;
  return { ...stretch, first: first === undefined ? stretch.next : spotOf(first), placed: kept };
}

/** Cut at its end. */
export function keepEarliest(stretch: Stretch, limits: Limits = LIMITS): Stretch {
  const { placed } = stretch;
  const count = countKept(placed, limits);
  const cut = placed[count];
  if (cut === undefined) return stretch;
  return { ...stretch, next: spotOf(cut), placed: placed.slice(0, count) };
}
