import { Button, Group, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { conditionOf, type PlanStep, type SearchParams } from "#domain/plan.ts";

import { ConditionBuilder } from "./condition-builder.tsx";
import { draftOf, type GroupDraft, readDraft } from "./condition-draft.ts";
import { fieldsFor } from "./condition-fields.ts";
import { type Errors, type Params, readStep, STEP_FIELDS, type StepField } from "./step-fields.ts";
import { STEP_INPUTS } from "./step-inputs.tsx";

interface StepFormProps {
  readonly step: PlanStep;
  readonly isBusy: boolean;
  /** What the button says that writes it. */
  readonly act?: string;
  /** Why the words could not be written. */
  readonly refused?: ReactNode;
  readonly onApply: (step: PlanStep) => void;
  readonly onRemove?: () => void;
  readonly onClose: () => void;
}

const hasCondition = ({ type }: PlanStep): boolean =>
  STEP_FIELDS[type].some(({ kind }) => kind === "condition");

/** A step's params as a form; what it becomes is written into the words. */
export function StepForm(props: StepFormProps): ReactNode {
  const { step, isBusy, act = "Write it", refused, onApply, onRemove, onClose } = props;
  const [params, setParams] = useState<Params>(step.params as Params);
  const [draft, setDraft] = useState(() =>
    draftOf(hasCondition(step) ? conditionOf(step.params as SearchParams) : undefined),
  );
  const [errors, setErrors] = useState<Errors>({});
  const apply = (): void => {
    const read = hasCondition(step) ? readConditional(step, params, draft) : readStep(step, params);
    if ("errors" in read) setErrors(read.errors);
    else onApply(read.step);
  };
  return (
    <form
      className="step-form"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        apply();
      }}
    >
      <Stack gap="xs">
        {STEP_FIELDS[step.type].length === 0 ? (
          <span className="quiet">There is nothing to set.</span>
        ) : null}
        {STEP_FIELDS[step.type].map((field) => (
          <Field
            key={field.name}
            field={field}
            step={step}
            params={params}
            draft={draft}
            error={errors[field.name]}
            onDraft={setDraft}
            onParam={(value) => setParams((old) => ({ ...old, [field.name]: value }))}
          />
        ))}
        {refused}
        <Group gap="xs">
          <Button type="submit" size="compact-sm" loading={isBusy}>
            {act}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            Close
          </Button>
          {onRemove === undefined ? null : (
            <Button size="compact-sm" variant="subtle" color="red" ml="auto" onClick={onRemove}>
              Take the step out
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function readConditional(step: PlanStep, params: Params, draft: GroupDraft) {
  const read = readDraft(draft);
  if ("unfinished" in read) return { errors: { "": read.unfinished } };
  const { limit } = params;
  const beside = limit === undefined || limit === null ? {} : { limit };
  if (read.condition === undefined && !step.type.startsWith("search_"))
    return { errors: { "": "Add a condition" } };
  return readStep(step, { ...read.condition, ...beside });
}

interface FieldProps {
  readonly field: StepField;
  readonly step: PlanStep;
  readonly params: Params;
  readonly draft: GroupDraft;
  readonly error: string | undefined;
  readonly onDraft: (draft: GroupDraft) => void;
  readonly onParam: (value: unknown) => void;
}

function Field(props: FieldProps): ReactNode {
  const { field, step, params, draft, error, onDraft, onParam } = props;
  if (field.kind === "condition") {
    return (
      <>
        <ConditionBuilder
          label={field.label}
          draft={draft}
          fields={fieldsFor(step.type)}
          onChange={onDraft}
        />
        {error === undefined ? null : (
          <p className="form-error" role="alert">
            {error}
          </p>
        )}
      </>
    );
  }
  const Input = STEP_INPUTS[field.kind];
  return (
    <Input
      field={field}
      value={params[field.name]}
      params={params}
      error={error}
      onChange={onParam}
    />
  );
}
