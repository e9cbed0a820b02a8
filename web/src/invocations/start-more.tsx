import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

import type { StartPartProps } from "./start-fields.tsx";
import type { TextField } from "./start-values.ts";

interface Field {
  readonly name: TextField;
  readonly label: string;
  readonly means: string;
  readonly isForAgents?: boolean;
}

const LIMITS: readonly Field[] = [
  { name: "totalMinutes", label: "End after, minutes", means: "From the start of a round" },
  { name: "idleMinutes", label: "End when silent, minutes", means: "Without a word of output" },
  {
    name: "stallMinutes",
    label: "End when stuck, minutes",
    means: "Without getting anywhere with its provider",
    isForAgents: true,
  },
  { name: "memoryMegabytes", label: "Most memory, MB", means: "Of all its processes together" },
  {
    name: "cost",
    label: "Most cost, dollars",
    means: "Of all rounds, as far as it says what they cost",
    isForAgents: true,
  },
  { name: "maxTurns", label: "Most turns", means: "Of a round", isForAgents: true },
];

const REST: readonly Field[] = [
  { name: "label", label: "Label", means: "What it is called in lists" },
  {
    name: "session",
    label: "Session",
    means: "Goes on with a session that the Agent CLI has already",
    isForAgents: true,
  },
];

/** Limits and what is rarely needed, folded. */
export function StartMore({
  isOpenAnyway,
  ...props
}: StartPartProps & { readonly isOpenAnyway: boolean }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="fold start-more"
      open={isOpen || isOpenAnyway}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <IconChevronRight size={14} className="fold-chevron" aria-hidden />
        <strong>Limits, label, environment</strong>
      </summary>
      <div className="start-grid">
        {[...LIMITS, ...REST].map((field) => (
          <Field key={field.name} field={field} {...props} />
        ))}
        <Environment {...props} />
        {props.values.cli === "command" ? null : (
          <Checkbox
            className="whole-row"
            label="Work beside others in the same folder"
            description="Otherwise it waits until another agent is done there"
            checked={props.values.shared}
            onChange={(event) => props.onChange({ shared: event.currentTarget.checked })}
          />
        )}
      </div>
    </details>
  );
}

function Field({
  field: { name, label, means, isForAgents = false },
  values,
  errors,
  onChange,
}: StartPartProps & { readonly field: Field }): ReactNode {
  if (isForAgents && values.cli === "command") return null;
  return (
    <TextInput
      label={label}
      description={means}
      value={values[name]}
      error={errors[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
}

function Environment({ values, errors, onChange }: StartPartProps): ReactNode {
  return (
    <Textarea
      label="Environment"
      description="Lines NAME=value. Only the names are ever shown again"
      className="mono-input whole-row"
      autosize
      minRows={2}
      value={values.env}
      error={errors.env}
      onChange={(event) => onChange({ env: event.currentTarget.value })}
    />
  );
}
