/** A plan in words: what each step's card says under its name. */
import { nominalSeconds, parseDuration, phraseDuration } from "#domain/durations.ts";
import {
  type Comparison,
  type Condition,
  conditionOf,
  type Operator,
  type ParamsOf,
  type PlanStep,
  type SearchParams,
  type Trigger,
  type TriggerEvent,
  type Value,
  type Verb,
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

type Describe = { readonly [V in Verb]: (params: ParamsOf<V>) => readonly Line[] };

const describeSearch = (params: SearchParams): readonly Line[] => {
  const condition = conditionOf(params);
  const limit = params.limit === undefined ? undefined : String(params.limit);
  return lines({
    where: condition === undefined ? "all of them" : phraseCondition(condition),
    "at most": limit,
  });
};
const describeCondition = (condition: Condition): readonly Line[] => [
  ["when", phraseCondition(condition)],
];
const describeTags = ({ tags }: { readonly tags: readonly string[] }): readonly Line[] => [
  ["tags", tags.join(", ")],
];

const DESCRIBE: Describe = {
  search_contacts: describeSearch,
  search_companies: describeSearch,
  search_deals: describeSearch,
  skip: describeCondition,
  if: describeCondition,
  send_email: ({ template, subject, body, to }) => {
    const isInline = subject !== undefined || body !== undefined;
    return lines({
      template: template ?? (isInline ? undefined : "the agent's default"),
      subject,
      body,
      to,
    });
  },
  create_task: ({ title, due, assignee }) =>
    lines({ title, "due in": due === undefined ? undefined : phraseLength(due), for: assignee }),
  add_tag: describeTags,
  remove_tag: describeTags,
  update_field: ({ entity, field, value }) => [[`${entity}.${field}`, phraseOne(value)]],
  wait: ({ duration }) => [["for", phraseLength(duration)]],
  notify: ({ to, message }) => lines({ whom: to, message }),
  remember: ({ key, value }) =>
    lines({ as: key, value: value === undefined ? undefined : phraseOne(value) }),
  handoff: ({ to, reason }) => lines({ to, reason }),
  web_search: ({ query }) => [["for", query]],
  linkedin_invitation: ({ note }) => lines({ note }),
  enrich_contact: ({ provider }) => [["from", provider]],
  stop: () => [],
};

export function describeStep({ type, params }: Pick<PlanStep, "type" | "params">): readonly Line[] {
  return (DESCRIBE[type] as (params: unknown) => readonly Line[])(params);
}

function lines(named: Readonly<Record<string, string | undefined>>): readonly Line[] {
  return Object.entries(named).flatMap(([name, words]) =>
    words === undefined ? [] : [[name, words] as const],
  );
}

export const EVENT_WORDS: Readonly<Record<TriggerEvent, string>> = {
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

const NUMBER = /^\d+$/;

/** "Every weekday at 09:00"; a form that has no such words stays as it is written. */
export function phraseCron(cron: string): string {
  const [minute, hour, day, month, weekday] = fieldsOf(cron);
  if (month !== "*" || !NUMBER.test(minute)) return cron;
  const past = minute.padStart(2, "0");
  if (`${hour}${day}${weekday}` === "***") return `Every hour at :${past}`;
  const when = phraseDaysOf(day, weekday);
  return when === undefined || !NUMBER.test(hour)
    ? cron
    : `${when} at ${hour.padStart(2, "0")}:${past}`;
}

type Fields = readonly [string, string, string, string, string];

function fieldsOf(cron: string): Fields {
  const fields = cron.split(" ");
  return fields.length === 5 ? (fields as unknown as Fields) : ["", "", "", "", ""];
}

const EVERY: Readonly<Record<string, string>> = { "*": "Every day", "1-5": "Every weekday" };

function phraseDaysOf(day: string, weekday: string): string | undefined {
  if (day !== "*")
    return weekday === "*" && NUMBER.test(day) ? `On day ${day} of every month` : undefined;
  const named = EVERY[weekday];
  if (named !== undefined || !/^[0-7](,[0-7])*$/.test(weekday)) return named;
  const days = weekday.split(",").map((place) => DAYS[Number(place)]);
  return `Every ${days.join(" and ")}`;
}
