import "@mantine/dates/styles.css";
import { DatePicker } from "@mantine/dates";
import { type ReactNode, useState } from "react";

interface DayRangeProps {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (days: { readonly from?: string; readonly to?: string }) => void;
}

const CONTROLS = {
  previousMonth: "Previous month",
  nextMonth: "Next month",
  previousYear: "Previous year",
  nextYear: "Next year",
  previousDecade: "Previous ten years",
  nextDecade: "Next ten years",
};

const NONE: (0 | 1)[] = [];

/** Two days of the calendar, both included. */
export function DayRange({ from, to, onChange }: DayRangeProps): ReactNode {
  const [days, setDays] = useState<[string | null, string | null]>([from ?? null, to ?? null]);
  return (
    <DatePicker
      type="range"
      allowSingleDateInRange
      hideOutsideDates
      weekendDays={NONE} // whose red is too light to be read
      ariaLabels={CONTROLS}
      value={days}
      onChange={(next) => {
        setDays(next);
        const [first, last] = next;
        if (first !== null && last !== null) onChange({ from: first, to: last });
      }}
    />
  );
}
