import type { Check } from "./asked.ts";
import { comparisonsIn } from "./comparisons.ts";
import { isScheduled } from "./steps.ts";

const MOVES_ON = /^(?:today|yesterday|now|[+-]P)|^@memory\./i;

/** A schedule that finds the same people again writes to them again, unless something tells them apart by then. */
export const repeats: Check = (asked) => {
  const { plan, agent, steps, running } = asked;
  if (running !== undefined || agent.reenrolment === "never") return [];
  if (!isScheduled({ plan, triggers: agent.triggers })) return [];
  const mail = steps.find(
    ({ planStep }) => planStep.type === "send_email" && planStep.params.to === undefined,
  );
  if (mail === undefined || tellsApart(asked)) return [];
  const suggestion =
    'Narrow the search ("created in the last 7 days"), skip whom the agent remembers, or let it enrol nobody twice.';
  const message = "Each time that the schedule comes due, this writes to the same people again.";
  return [{ path: mail.path, severity: "warning", code: "repeats", message, suggestion }];
};

/** By when, by what is remembered, by a tag or field that the plan itself changes, or by what people did. */
function tellsApart(asked: Parameters<Check>[0]): boolean {
  const changed = asked.steps.flatMap(({ planStep }) =>
    planStep.type === "update_field"
      ? [planStep.params.field]
      : planStep.type === "add_tag" || planStep.type === "remove_tag"
        ? ["tags"]
        : [],
  );
  return comparisonsIn(asked).some(({ comparison: { field, value } }) => {
    if (typeof value === "string" && MOVES_ON.test(value)) return true;
    if (field.startsWith("memory.")) return true;
    return changed.some((one) => field === one || field.endsWith(`.${one}`));
  });
}
