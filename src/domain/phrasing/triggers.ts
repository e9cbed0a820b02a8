import type { Trigger, TriggerEvent } from "../plan.ts";
import { phraseCondition } from "./conditions.ts";
import type { Style } from "./style.ts";
import { listed, quoted } from "./words.ts";

type Ways = readonly [string, ...string[]];

const EVENTS: Readonly<Record<TriggerEvent, Ways>> = {
  contact_created: [
    "When a contact is created",
    "For every new contact",
    "Whenever a contact is created",
  ],
  contact_updated: ["When a contact is updated", "Whenever a contact is updated"],
  deal_created: ["When a deal is created", "Whenever a deal is created"],
  deal_updated: ["When a deal is updated", "Whenever a deal is updated"],
  deal_stage_updated: ["When a deal's stage changes"],
  form_submitted: ["When someone submits the form", "When the form is submitted"],
  email_replied: ["When a contact replies", "Whenever a contact replies"],
  email_opened: ["When an email is opened"],
  tag_added: ["When a tag is added"],
};

const DAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;

/** The trigger as the words that instructions begin with. */
export function phraseTrigger(trigger: Trigger, style: Style): string {
  return trigger.type === "schedule"
    ? (phraseSchedule(trigger.cron, style) ?? `On the schedule ${trigger.cron}`)
    : phraseEvent(trigger, style);
}

function phraseEvent(
  { event, condition }: Extract<Trigger, { type: "event" }>,
  style: Style,
): string {
  if (condition === undefined) return style.pick(EVENTS[event]);
  const stage = event === "deal_stage_updated" ? stageOf(condition) : undefined;
  if (stage !== undefined)
    return `${style.pick(["When", "Whenever"])} a deal moves to ${quoted(stage)}`;
  const words = phraseCondition(condition, "step", style);
  const isOr = "any" in condition && condition.any.length > 1;
  const [first] = EVENTS[event];
  return `${first} and ${isOr ? `(${words})` : words}`;
}

function stageOf(condition: object): string | undefined {
  const { field, operator, value } = condition as Readonly<Record<string, unknown>>;
  const isStage = field === "deal.stage" && operator === "==" && typeof value === "string";
  return isStage ? value : undefined;
}

const OFTEN: readonly (readonly [RegExp, string])[] = [
  [/^0 \* \* \* \*$/, "Every hour"],
  [/^\*\/(\d+) \* \* \* \*$/, "Every $1 minutes"],
  [/^0 \*\/(\d+) \* \* \*$/, "Every $1 hours"],
];

/** None for what is beyond hours, days, weekdays and dates. */
function phraseSchedule(cron: string, style: Style): string | undefined {
  const often = OFTEN.find(([form]) => form.test(cron));
  if (often !== undefined) return cron.replace(...often);
  const [, minute, hour, date = "", weekday = ""] = /^(\d+) (\d+) (\S+) \* (\S+)$/.exec(cron) ?? [];
  const days = phraseDays(date, weekday, style);
  if (minute === undefined || hour === undefined || days === undefined) return undefined;
  return `${days} at ${phraseTime(minute, hour, style)}`;
}

function phraseDays(date: string, weekday: string, style: Style): string | undefined {
  if (date === "*" && weekday === "*") return style.pick(["Every day", "Daily", "Each day"]);
  if (date === "*" && weekday === "1-5") return style.pick(["Every weekday", "On weekdays"]);
  if (date === "*" && /^[0-6](?:,[0-6])*$/.test(weekday)) {
    const names = weekday.split(",").map((day) => DAYS[Number(day)] ?? "");
    return `${style.pick(["Every", "Each"])} ${listed(names, "and")}`;
  }
  return weekday === "*" && /^\d+$/.test(date)
    ? `On the ${ordinal(date)} of each month`
    : undefined;
}

function ordinal(date: string): string {
  const isTeen = /^1\d$/.test(date);
  const ending = isTeen ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[Number(date.at(-1))] ?? "th");
  return `${date}${ending}`;
}

function phraseTime(minute: string, hour: string, style: Style): string {
  const minutes = minute.padStart(2, "0");
  const wall = `${hour.padStart(2, "0")}:${minutes}`;
  const half = Number(hour) < 12 ? "AM" : "PM";
  return style.pick([`${Number(hour) % 12 || 12}:${minutes} ${half}`, wall]);
}
