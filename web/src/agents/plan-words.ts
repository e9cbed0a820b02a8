/** A plan in words: what each step's card says under its name. */
import { nominalSeconds, parseDuration, phraseDuration } from "#domain/durations.ts";
import {
  type Comparison,
  type Condition,
  conditionOf,
  type Operator,
  type PlanStep,
  type Trigger,
  type TriggerEvent,
  type Value,
} from "#domain/plan.ts";

const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  "==": "is",
  "!=": "is not",
  ">": "is more than",
  "<": "is less than",
  ">=": "is at least",
  "<=": "is at most",
  contains: "contains",
  exists: "is known",
  in: "is one of",
};

export function phraseCondition(condition: Condition): string {
  if ("all" in condition) return joined(condition.all, "and");
  if ("any" in condition) return joined(condition.any, "or");
  if ("not" in condition) return `not ${enclosed(condition.not)}`;
  return phraseComparison(condition);
}

function joined(conditions: readonly Condition[], word: string): string {
  return conditions.map(enclosed).join(` ${word} `);
}

function enclosed(condition: Condition): string {
  const isGroup =
    ("all" in condition && condition.all.length > 1) ||
    ("any" in condition && condition.any.length > 1);
  return isGroup ? `(${phraseCondition(condition)})` : phraseCondition(condition);
}

function phraseComparison({ field, operator, value }: Comparison): string {
  const words = `${field} ${OPERATOR_WORDS[operator]}`;
  return value === undefined ? words : `${words} ${phraseValue(value)}`;
}

function phraseValue(value: Value | readonly Value[]): string {
  if (Array.isArray(value)) return value.map((one: Value) => phraseOne(one)).join(", ");
  return phraseOne(value as Value);
}

function phraseOne(value: Value): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en-US");
  const duration = parseDuration(value);
  if (duration !== undefined && nominalSeconds(duration) !== 0) return phraseDuration(duration);
  return value;
}

const phraseLength = (text: string): string => {
  const duration = parseDuration(text);
  return duration === undefined ? text : phraseDuration(duration);
};

/** What a step does, as lines of a name and its words. A step that says everything by its name has none. */
export type Line = readonly [name: string, words: string];

export function describeStep(planStep: PlanStep): readonly Line[] {
  switch (planStep.type) {
    case "search_contacts":
    case "search_companies":
    case "search_deals": {
      const condition = conditionOf(planStep.params);
      const where: Line = [
        "where",
        condition === undefined ? "all of them" : phraseCondition(condition),
      ];
      const { limit } = planStep.params;
      return limit === undefined ? [where] : [where, ["at most", String(limit)]];
    }
    case "skip":
    case "if":
      return [["when", phraseCondition(planStep.params)]];
    case "send_email": {
      const { template, subject, body, to } = planStep.params;
      const what =
        template ??
        (subject === undefined && body === undefined ? "the agent's default" : undefined);
      return lines({ template: what, subject, body, to });
    }
    case "create_task": {
      const { title, due, assignee } = planStep.params;
      return lines({
        title,
        "due in": due === undefined ? undefined : phraseLength(due),
        for: assignee,
      });
    }
    case "add_tag":
    case "remove_tag":
      return [["tags", planStep.params.tags.join(", ")]];
    case "update_field": {
      const { entity, field, value } = planStep.params;
      return [[`${entity}.${field}`, phraseOne(value)]];
    }
    case "wait":
      return [["for", phraseLength(planStep.params.duration)]];
    case "notify":
      return lines({ whom: planStep.params.to, message: planStep.params.message });
    case "remember": {
      const { key, value } = planStep.params;
      return lines({ as: key, value: value === undefined ? undefined : phraseOne(value) });
    }
    case "handoff":
      return lines({ to: planStep.params.to, reason: planStep.params.reason });
    case "web_search":
      return [["for", planStep.params.query]];
    case "linkedin_invitation":
      return lines({ note: planStep.params.note });
    case "enrich_contact":
      return [["from", planStep.params.provider]];
    case "stop":
      return [];
  }
}

function lines(named: Readonly<Record<string, string | undefined>>): readonly Line[] {
  return Object.entries(named).flatMap(([name, words]) =>
    words === undefined ? [] : [[name, words] as const],
  );
}

const EVENT_WORDS: Readonly<Record<TriggerEvent, string>> = {
  contact_created: "When a contact is created",
  contact_updated: "When a contact changes",
  deal_created: "When a deal is created",
  deal_updated: "When a deal changes",
  deal_stage_updated: "When a deal's stage changes",
  form_submitted: "When a form is submitted",
  email_replied: "When somebody replies to an email",
  email_opened: "When somebody opens an email",
  tag_added: "When a tag is added",
};

export function phraseTrigger(trigger: Trigger): string {
  if (trigger.type === "schedule") return phraseCron(trigger.cron);
  const words = EVENT_WORDS[trigger.event];
  return trigger.condition === undefined
    ? words
    : `${words} and ${phraseCondition(trigger.condition)}`;
}

const DAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

/** "Every weekday at 09:00"; a form that has no such words stays as it is written. */
export function phraseCron(cron: string): string {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = cron.split(" ");
  if (month !== "*" || !/^\d+$/.test(minute)) return cron;
  if (hour === "*" && day === "*" && weekday === "*")
    return `Every hour at :${minute.padStart(2, "0")}`;
  if (!/^\d+$/.test(hour)) return cron;
  const at = `at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  const when = phraseDaysOf(day, weekday);
  return when === undefined ? cron : `${when} ${at}`;
}

function phraseDaysOf(day: string, weekday: string): string | undefined {
  if (day === "*" && weekday === "*") return "Every day";
  if (day === "*" && weekday === "1-5") return "Every weekday";
  if (day === "*" && /^[0-7](,[0-7])*$/.test(weekday)) {
    return `Every ${weekday
      .split(",")
      .map((place) => DAYS[Number(place)])
      .join(" and ")}`;
  }
  if (weekday === "*" && /^\d+$/.test(day)) return `On day ${day} of every month`;
  return undefined;
}
