import type { Condition, Trigger } from "#domain/plan.ts";

import { readCondition } from "../conditions/expression.ts";
import { joinAll, type Scope } from "../conditions/scope.ts";
import { untilConsequence } from "../consequences.ts";
import { isStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";

const AND = pattern(
  "[,] and|&|+|with|w/|where|whose|who|tagged|but|from|for|over|worth|in|at|>|>=|<|<=|,|\\(",
);

/** "When a deal is updated and its value is over $10,000": what follows the event belongs to it. */
export function readFurther(source: Source, event: Read<Trigger>): Read<Trigger> {
  const said = event.value.type === "event" ? readJoined(source, event) : undefined;
  if (said === undefined) return event;
  return readFurther(source, { value: withAfter(event.value, said.value), next: said.next });
}

/** What is said behind a joint, with the closing of the parenthesis that the joint opened. */
function readJoined(whole: Source, { value, next }: Read<Trigger>): Read<Condition> | undefined {
  const source = untilConsequence(whole, next);
  const joint = matchAt(source, next, AND);
  if (joint === undefined || value.type !== "event") return undefined;
  const last = tokenAt(source, joint.next - 1);
  if (isWord(last, ",") && isStart(source, joint.next)) return undefined;
  const subject: Kind = value.event.startsWith("deal") ? "deal" : "contact";
  const start = isWord(last, ...JOINTS) ? joint.next : joint.next - 1;
  const scope = { subject, isLoose: true } as const;
  const said = readCondition(source, start, scope) ?? readPathBehind(source, joint.next, scope);
  return said !== undefined && isWord(last, "(") ? closed(source, said) : said;
}

function closed<T>(source: Source, said: Read<T>): Read<T> | undefined {
  return isWord(tokenAt(source, said.next), ")") ? { ...said, next: said.next + 1 } : undefined;
}

/** "updated with contact.seatsUsed > 90" */
function readPathBehind(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const isPath = /^\w+\.\w/.test(tokenAt(source, at).text);
  return isPath ? readCondition(source, at, scope) : undefined;
}

const JOINTS = ["for", "and", "but", "&", "+", ",", "("];

function withAfter(trigger: Trigger, condition: Condition): Trigger {
  if (trigger.type !== "event") return trigger;
  const all = trigger.condition === undefined ? condition : joinAll([trigger.condition, condition]);
  return { ...trigger, condition: all };
}
