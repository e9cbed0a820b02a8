import type { Condition, PlanStep } from "#domain/plan.ts";

import { NO_CONTEXT } from "./clause.ts";
import { isElsewhere } from "./clauses/audience.ts";
import { amendTask } from "./clauses/task.ts";
import { readCondition } from "./conditions/expression.ts";
import type { Scope } from "./conditions/scope.ts";
import { readCount, takesLimit } from "./limiting.ts";
import { isBareStart } from "./links.ts";
import { narrowed, searchedBy } from "./narrowing.ts";
import { matchFirst, pattern } from "./pattern.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";

/** Clauses that say more of the planStep before them: its due date, its limit, another duration. */
export function readAmendment(
  source: Source,
  at: number,
  previous: PlanStep | undefined,
): Read<PlanStep> | undefined {
  if (previous === undefined) return undefined;
  const task = readOfTask(source, at, previous);
  const [amended] = task?.value ?? [];
  if (task !== undefined && amended !== undefined && task.next === source.end)
    return { value: amended, next: task.next };
  for (const amend of [
    amendTimeout,
    amendNote,
    amendTemplate,
    amendMail,
    amendDuration,
    amendNumber,
    amendSearch,
    amendLimit,
  ]) {
    const read = amend(source, at, previous);
    if (read !== undefined) return read;
  }
  return undefined;
}

function readOfTask(
  source: Source,
  at: number,
  previous: PlanStep,
): Read<readonly PlanStep[]> | undefined {
  return amendTask.read(source, at, { ...NO_CONTEXT, hasSelection: true, previous });
}

/** Whether words begin with when the task before is due, or whose it is. */
export function saysOfTask(source: Source, at: number, task: PlanStep): boolean {
  return readOfTask(source, at, task) !== undefined;
}

const NOTE = pattern(
  "[and] [+add|+include|+write|+attach|with|use|using] [a|the|this|short|personal] note|message [:|saying|that|of|reading] [says|reads] <quoted>",
);

/** "… and add a note: 'Hello'" */
function amendNote(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  const match =
    previous.type === "linkedin_invitation" ? matchFirst(source, at, [NOTE]) : undefined;
  const note = match?.captures.quoted;
  if (match === undefined || note === undefined || previous.type !== "linkedin_invitation")
    return undefined;
  return { value: { ...previous, params: { note } }, next: match.next };
}

const TEMPLATE = pattern(
  "[and] [please] +use|with|using [for|it|that|this] [it|that|this] [the|our|my|your|this] [email] [template] <quoted> [email|template] [for] [it|that|this]",
);

/** "Email them; use our 'Campus' template": of a mail that has no template yet. */
function amendTemplate(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  if (previous.type !== "send_email" || previous.params.template !== undefined) return undefined;
  const match = matchFirst(source, at, [TEMPLATE]);
  const template = match?.captures.quoted;
  if (match === undefined || template === undefined) return undefined;
  return { value: { ...previous, params: { ...previous.params, template } }, next: match.next };
}

const SUBJECT =
  "[and] +use|+add|+give|+set|+make|with [it|the|a|this|as] [the] subject [line] [:|of|is|to|as|be] <quoted>";
const BODY =
  "[and] +use|+add|+give|+set|+make|with|the|a [it|the|a|this|as] [the] body|text|message|copy [:|of|is|to|as|be|that|saying] [says] <quoted>";

/** "Use the subject 'X' and the body 'Y'." */
function amendMail(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  if (previous.type !== "send_email") return undefined;
  const subject = matchFirst(source, at, [pattern(SUBJECT)]);
  const body = matchFirst(source, subject?.next ?? at, [pattern(BODY)]);
  const last = body ?? subject;
  if (last === undefined) return undefined;
  const params = {
    ...previous.params,
    ...(subject && { subject: subject.captures.quoted }),
    ...(body && { body: body.captures.quoted }),
  };
  return { value: { ...previous, params }, next: last.next };
}

const ALLOWING = pattern(
  "+give|+allow|with them|him|her|@user <duration> [to] [respond|act|pick|reply|answer|react] [it] [up]",
);

/** "… and give them 48 hours to respond": how long a handoff waits. */
function amendTimeout(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  const match = previous.type === "handoff" ? matchFirst(source, at, [ALLOWING]) : undefined;
  const timeout = match?.captures.duration;
  if (match === undefined || timeout === undefined || previous.type !== "handoff") return undefined;
  return { value: { ...previous, params: { ...previous.params, timeout } }, next: match.next };
}

const CORRECTING = [
  "actually|sorry|no|oops|hmm|correction|rather [,|:] [wait|no|actually|scratch|sorry] [that] [,] [let] [us] [make|call|mean|meant] [it|that] <duration> [instead|actually|rather|please]",
  "[on] [second] [thought] [,] [actually|sorry|no|oops|or] [,] make|change|call it|that [to|be] <duration> [instead|actually|rather|please]",
  "i mean|meant <duration>",
  "scratch that [,] [make] [it] <duration> [instead|actually]",
].map(pattern);

/** "actually make that 4 days": the last word stands. */
function amendDuration(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  const match = matchFirst(source, at, CORRECTING);
  const duration = match?.captures.duration;
  if (match === undefined || duration === undefined) return undefined;
  if (previous.type === "wait")
    return { value: { ...previous, params: { duration } }, next: match.next };
  if (previous.type === "handoff" && previous.params.timeout !== undefined) {
    const params = { ...previous.params, timeout: duration };
    return { value: { ...previous, params }, next: match.next };
  }
  if (previous.type !== "create_task") return undefined;
  return {
    value: { ...previous, params: { ...previous.params, due: duration } },
    next: match.next,
  };
}

const BARE = pattern(
  "[oh|or|and|er|ah|hmm|um] [,] actually|sorry|no|wait [,] make|call it|that <number> [instead|please]",
);

const SIMPLE = /^PT?\d+[A-Z]$/;

/** "actually make that six": in the unit that was said before. */
function amendNumber(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  const match = previous.type === "wait" ? matchFirst(source, at, [BARE]) : undefined;
  const number = match?.captures.number;
  if (match === undefined || number === undefined || previous.type !== "wait") return undefined;
  if (!SIMPLE.test(previous.params.duration)) return undefined;
  const duration = previous.params.duration.replace(/\d+/, String(number));
  return { value: { ...previous, params: { duration } }, next: match.next };
}

const LISTED = /^\s*[\w-]+(?: search)?\s*:/;

/** "contacts: title contains Architect; company.name = Aperture": a comparison goes on with a search in notes. */
function amendSearch(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  return readNarrowing(source, at, previous) ?? readListed(source, at, previous);
}

const OUT_OF_THEM = pattern(
  "[but|and] (only|just / [only] +pick|+pull|+take|+get|+select|+choose|+find|+want|+need|+use [out|just|only|me]) [only|just] (the ones|people|contacts|companies|deals|leads / those|ones / contacts|leads|people / if|where [they|it])",
);

/** "…, but only those created in the last 7 days", "pull out the ones tagged VIP": of those that were searched for. */
function readNarrowing(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  const searched = searchedBy(previous);
  const head = searched === undefined ? undefined : matchFirst(source, at, [OUT_OF_THEM]);
  if (searched === undefined || head === undefined) return undefined;
  const scope: Scope = { subject: searched, searched, isLoose: true };
  const said = readCondition(source, head.next, scope);
  if (said === undefined || said.next < source.end) return undefined;
  const isOther = isElsewhere(previous.params as Condition, said.value);
  return isOther ? undefined : { value: narrowed(previous, said.value), next: said.next };
}

function readListed(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  const searched = searchedBy(previous);
  if (searched === undefined || isBareStart(source, at) || isChannel(source, at)) return undefined;
  const scope: Scope = { subject: searched, searched, isLoose: true };
  const said = isListed(source, previous) ? readCondition(source, at, scope) : undefined;
  if (said === undefined || said.next < source.end || !("field" in said.value)) return undefined;
  return { value: narrowed(previous, said.value), next: said.next };
}

/** "Email: 'Hello'" is a mail and asks for no address. */
function isChannel(source: Source, at: number): boolean {
  const isMarked = isWord(tokenAt(source, at + 1), ":", "–", "-", "->");
  return (
    isMarked && isWord(tokenAt(source, at), "email", "mail", "linkedin", "task", "tag", "tags")
  );
}

function isListed(source: Source, { span }: PlanStep): boolean {
  return span !== undefined && LISTED.test(source.text.slice(span.start, span.end));
}

const BEFORE_LIMIT = ["actually|with|but"].map(pattern);

/** "Ten is plenty.", "Limit it to 50." */
function amendLimit(source: Source, at: number, previous: PlanStep): Read<PlanStep> | undefined {
  if (!takesLimit(previous)) return undefined;
  const read = readCount(source, matchFirst(source, at, BEFORE_LIMIT)?.next ?? at);
  if (read === undefined) return undefined;
  const params = { ...previous.params, limit: read.value };
  return { value: { ...previous, params } as PlanStep, next: read.next };
}
