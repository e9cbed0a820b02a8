import { Button, Group, MultiSelect, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { EVENTS, type Trigger, type TriggerEvent } from "#domain/plan.ts";

import { EVENT_WORDS } from "../plan-words.ts";
import { ConditionBuilder } from "./condition-builder.tsx";
import { draftOf, readDraft } from "./condition-draft.ts";
import { fieldsFor } from "./condition-fields.ts";
import { cronOf, type Rhythm, type ScheduleValues, scheduleValuesOf } from "./schedule-values.ts";

interface TriggerFormProps {
  readonly trigger: Trigger | undefined;
  readonly isBusy: boolean;
  readonly refused?: ReactNode;
  readonly onApply: (trigger: Trigger | undefined) => void;
  readonly onClose: () => void;
}

type How = Trigger["type"] | "hand";

const HOW = [
  { value: "hand", label: "A person, with Run Now" },
  { value: "schedule", label: "A schedule" },
  { value: "event", label: "An event" },
];

/** What starts the agent, as a form. */
export function TriggerForm(props: TriggerFormProps): ReactNode {
  const { trigger, isBusy, refused, onApply, onClose } = props;
  const [how, setHow] = useState<How>(trigger?.type ?? "hand");
  const [schedule, setSchedule] = useState(() =>
    scheduleValuesOf(trigger?.type === "schedule" ? trigger.cron : undefined),
  );
  const given = trigger?.type === "event" ? trigger : undefined;
  const [event, setEvent] = useState<TriggerEvent>(given?.event ?? "contact_created");
  const [draft, setDraft] = useState(() => draftOf(given?.condition));
  const [problem, setProblem] = useState<string>();
  const apply = (): void => {
    if (how === "hand") return onApply(undefined);
    if (how === "schedule") return onApply({ type: "schedule", cron: cronOf(schedule) });
    const read = readDraft(draft);
    if ("unfinished" in read) return setProblem(read.unfinished);
    const { condition } = read;
    return onApply({ type: "event", event, ...(condition === undefined ? {} : { condition }) });
  };
  return (
    <form
      className="step-form"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submitted.stopPropagation();
        apply();
      }}
    >
      <Stack gap="xs">
        <Select
          size="xs"
          label="Started by"
          allowDeselect={false}
          data={HOW}
          value={how}
          onChange={(next) => setHow((next ?? how) as How)}
        />
        {how === "schedule" ? <ScheduleFields values={schedule} onChange={setSchedule} /> : null}
        {how === "event" ? (
          <>
            <Select
              size="xs"
              label="Event"
              allowDeselect={false}
              data={EVENTS.map((value) => ({ value, label: EVENT_WORDS[value] }))}
              value={event}
              onChange={(next) => setEvent(next ?? event)}
            />
            <ConditionBuilder
              label="Only where"
              draft={draft}
              fields={fieldsFor("if")}
              onChange={setDraft}
            />
          </>
        ) : null}
        {problem === undefined ? null : (
          <p className="form-error" role="alert">
            {problem}
          </p>
        )}
        {refused}
        <Group gap="xs">
          <Button type="submit" size="compact-sm" loading={isBusy}>
            Write it
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const RHYTHM_WORDS: readonly { readonly value: Rhythm; readonly label: string }[] = [
  { value: "daily", label: "Every day" },
  { value: "weekdays", label: "Every weekday" },
  { value: "weekly", label: "On days of the week" },
  { value: "monthly", label: "Once a month" },
  { value: "cron", label: "As a cron expression" },
];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(
  (label, index) => ({ value: String((index + 1) % 7), label }),
);

interface ScheduleFieldsProps {
  readonly values: ScheduleValues;
  readonly onChange: (values: ScheduleValues) => void;
}

function ScheduleFields({ values, onChange }: ScheduleFieldsProps): ReactNode {
  const set = (part: Partial<ScheduleValues>): void => onChange({ ...values, ...part });
  const { rhythm, weekdays, day, time, cron } = values;
  return (
    <>
      <Select
        size="xs"
        label="How often"
        allowDeselect={false}
        data={[...RHYTHM_WORDS]}
        value={rhythm}
        onChange={(next) => set({ rhythm: next ?? rhythm })}
      />
      {rhythm === "weekly" ? (
        <MultiSelect
          size="xs"
          label="On"
          data={WEEKDAYS}
          value={[...weekdays]}
          onChange={(next) => set({ weekdays: next.length === 0 ? weekdays : next })}
        />
      ) : null}
      {rhythm === "monthly" ? (
        <NumberInput
          size="xs"
          label="On day"
          min={1}
          max={31}
          allowDecimal={false}
          value={day}
          onChange={(next) => set({ day: Number(next) || 1 })}
        />
      ) : null}
      {rhythm === "cron" ? (
        <TextInput
          size="xs"
          label="Minute, hour, day, month, weekday"
          className="mono"
          value={cron}
          onChange={(event) => set({ cron: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          size="xs"
          type="time"
          label="At"
          value={time}
          onChange={(event) => set({ time: event.currentTarget.value || time })}
        />
      )}
    </>
  );
}
