import { readAmendment } from "./amendments.ts";
import { passCorrection } from "./correcting.ts";
import { spanOf } from "./reading.ts";
import { isWord, tokenAt, within } from "./source.ts";
import { amendLast, nextBoundary, type Walk } from "./walk.ts";

/** What says more of the step before it, or puts another in its place. */
export function passAmendment(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const end = nextBoundary(source, at);
  const amended = readAmendment(within(source, end), at, reading.builder.last());
  if (amended === undefined || amended.next < end)
    return passAssigning(walk, end) || passCorrection(walk);
  amendLast(walk, amended.value, amended.next);
  return true;
}

const OF_TASK = ["assign", "assigned", "it", "its", "the", "this", "that"];

/** "If they replied, create a task. Assign it to @user.ae.": the task before it, wherever that stands. */
function passAssigning(walk: Walk, end: number): boolean {
  const { reading, source, at } = walk;
  const task = reading.builder.deepest();
  if (task?.type !== "create_task" || !isWord(tokenAt(source, at), ...OF_TASK)) return false;
  const amended = readAmendment(within(source, end), at, task);
  if (amended === undefined || amended.next < end) return false;
  const span = { start: task.span?.start ?? 0, end: spanOf(reading, at, amended.next).end };
  reading.builder.amendDeepest({ ...amended.value, span });
  walk.at = amended.next;
  return true;
}
