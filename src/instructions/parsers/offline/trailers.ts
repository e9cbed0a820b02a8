import { type Point, readPoint } from "./cadences.ts";
import { isLink } from "./links.ts";
import { matchFirst, pattern } from "./pattern.ts";
import { readPurpose } from "./purposes.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";

/** When a clause is done, said behind it: after a lapse from the step before, or at a point of the cadence in hours. */
export type Trailer = { readonly lapse: string } | { readonly point: Point };

const LAPSES = [
  "[but|only] [exactly|about|just] after|in [waiting] <duration> [has|have] [passed|elapsed]",
  "once|when|after <duration> has|have|is|are passed|elapsed|gone|up|over [by]",
  "[exactly|about|just] <duration> later|afterwards|after [that|this]",
].map(pattern);

/** "… 5 days later", "… after 3 days", "… on day 4", with nothing of the clause behind it. */
export function readTrailer(source: Source, at: number): Read<Trailer> | undefined {
  const read = readTrailingLapse(source, at) ?? readTrailingPoint(source, at);
  return read !== undefined && isClosed(source, read.next) ? read : undefined;
}

function readTrailingLapse(source: Source, at: number): Read<Trailer> | undefined {
  const match = matchFirst(source, at, LAPSES);
  const lapse = match?.captures.duration;
  return match === undefined || lapse === undefined
    ? undefined
    : { value: { lapse }, next: match.next };
}

function readTrailingPoint(source: Source, at: number): Read<Trailer> | undefined {
  const point = readPoint(source, at);
  if (point === undefined) return undefined;
  const isMarked = isWord(tokenAt(source, point.next - 1), ",", "->");
  return { value: { point: point.value }, next: isMarked ? point.next - 1 : point.next };
}

function isClosed(source: Source, at: number): boolean {
  return (
    at >= source.end ||
    isLink(tokenAt(source, at)) ||
    readPurpose(source, at) !== undefined ||
    isWord(tokenAt(source, at), "if", "unless", ".")
  );
}
