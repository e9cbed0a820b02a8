import { Group, Input, NumberInput } from "@mantine/core";
import { type ReactNode, useState } from "react";

import type { InputProps } from "./step-inputs.tsx";
import { type DaysAndHours, daysAndHoursOf, lengthOf } from "./values.ts";

interface LengthInputProps extends InputProps {
  readonly shared: { readonly label: string; readonly error?: string };
}

/** A length of time in days and hours. One that is not touched stays as it was said: a month stays a month. */
export function LengthInput({ value, onChange, shared }: LengthInputProps): ReactNode {
  const [parts, setParts] = useState(() =>
    daysAndHoursOf(typeof value === "string" ? value : undefined),
  );
  const change = (part: Partial<DaysAndHours>): void => {
    const next = { ...parts, ...part };
    setParts(next);
    onChange(lengthOf(next));
  };
  const { label } = shared;
  return (
    <Input.Wrapper {...shared} labelElement="div">
      <Group gap="xs" wrap="nowrap">
        {(["days", "hours"] as const).map((unit) => (
          <NumberInput
            key={unit}
            size="xs"
            aria-label={`${label}, ${unit}`}
            suffix={` ${unit}`}
            min={0}
            max={unit === "days" ? 90 : 2160}
            allowDecimal={unit === "hours"}
            value={parts[unit]}
            onChange={(next) => change({ [unit]: next })}
          />
        ))}
      </Group>
    </Input.Wrapper>
  );
}
