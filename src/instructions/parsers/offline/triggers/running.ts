import { matchLongest, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import { WHOLES } from "../wholes.ts";

const WHOLE = `[the|this|that|my|our|your|all|it|everything] [whole|entire] [of] [this|that|it|thing|steps|job|${WHOLES}]`;
const MUST =
  "[should|must|will|shall|is|needs|ought|can|has|have|to|gets] [to] [be] [only|always|automatically|meant|supposed|set|scheduled] [to] [be]";

/** "This should run …", "kick it off …", "the workflow is triggered …": what stands before when the whole starts. */
const RUNNING = [
  `${WHOLE} ${MUST} +run|+start|trigger|triggers|triggered|+fire|+kick|+begin|+repeat|+schedule|+launch|execute|executes|executed|go|goes [off|out] [this|it|that|all|everything|once] [off|again|automatically|whole|thing|agent|workflow|only]`,
  `+run|+start|+trigger|launch|execute [the|this|that|my|our] ${WHOLES} [automatically]`,
  "[please] do|have|make|get this|it|that|all [of] [this|it|that] [to] [run|start|go] [off]",
  "[please] set this|it|that [up] to run|start|go [off]",
  "this|it|that|everything [all] [to] [be] done|happen|happens|repeated",
].map(pattern);

/** What it is that starts it: an event or a schedule stands behind. */
const OPENINGS =
  `when whenever once upon on at by every each daily weekly monthly hourly as the after weekdays weekends mondays tuesdays
  wednesdays thursdays fridays saturdays sundays any anytime for following twice`.split(/\s+/);

/** Behind the words that only say that the whole runs. */
export function skipRunning(source: Source, at: number): number {
  const next = matchLongest(source, at, RUNNING)?.next ?? at;
  return next > at && isWord(tokenAt(source, next), ...OPENINGS) ? next : at;
}
