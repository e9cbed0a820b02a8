import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

import { CATALOGUE, entryOf } from "#domain/catalogue.ts";
import type { Plan, PlanStep, Trigger, Verb } from "#domain/plan.ts";

import type { Edit } from "./edits.ts";
import { NoPlaceBox } from "./forms/no-place.tsx";
import { isSamePlan, type Wanted } from "./forms/rewrite.ts";
import { StepForm } from "./forms/step-form.tsx";
import { TriggerForm } from "./forms/trigger-form.tsx";
import { NoPlace, useRewriting } from "./forms/use-rewriting.ts";
import { stepAt, wantAdded, wantChanged, wantRemoved, wantTrigger } from "./forms/wanted.ts";
import type { PlanUse } from "./plan-view.tsx";
import type { ParseSettings } from "./queries.ts";
import { OfferedTrigger, StartedByHand } from "./trigger-card.tsx";
import { type AgentTrigger, takeTrigger } from "./trigger-offer.ts";
import { UnderstandingView } from "./understanding-view.tsx";
import type { Answer, Reading } from "./understanding.ts";
import type { Draft } from "./workbench.tsx";

interface PlanEditorProps extends PlanUse {
  readonly draft: Draft;
  readonly settings: ParseSettings;
  readonly reading: Reading;
  readonly onFix: (edit: Edit) => void;
  /** An edit of the text as it was read. */
  readonly onWrite: (edit: Edit) => void;
  readonly onTriggers: (triggers: readonly AgentTrigger[]) => void;
  readonly onAskAgain: () => void;
}

/** What a form is open for. */
type Open =
  | { readonly what: "step"; readonly path: string; readonly step: PlanStep }
  | { readonly what: "new"; readonly step: PlanStep }
  | { readonly what: "trigger" };

/** The plan while it is written: each step, and what starts it, by form too. */
export function PlanEditor(props: PlanEditorProps): ReactNode {
  const { draft, settings, reading, onWrite, onTriggers, ...use } = props;
  const forms = useForms(reading, settings, onWrite);
  const plan = planOf(reading);
  if (plan === undefined) return <UnderstandingView {...use} answer={reading} />;
  const { open, show } = forms;
  const edited = open?.what === "step" && isStill(plan, open) ? open : undefined;
  const edit = (path: string): void => {
    const step = stepAt(plan, path);
    const isOpen = edited?.path === path;
    show(step === undefined || isOpen ? undefined : { what: "step", path, step });
  };
  return (
    <>
      <UnderstandingView
        {...use}
        answer={reading}
        onEdit={edit}
        open={
          edited && { path: edited.path, form: <Edited {...forms} plan={plan} edited={edited} /> }
        }
        start={
          <Start
            trigger={plan.trigger}
            own={draft.triggers}
            onTriggers={onTriggers}
            onEdit={() => show(open?.what === "trigger" ? undefined : { what: "trigger" })}
          >
            {open?.what === "trigger" ? (
              <EditedTrigger {...forms} plan={plan} own={draft.triggers} onTriggers={onTriggers} />
            ) : null}
          </Start>
        }
      />
      {open?.what === "new" ? (
        <Added {...forms} plan={plan} step={open.step} />
      ) : (
        <AddStep onAdd={(step) => show({ what: "new", step })} />
      )}
    </>
  );
}

interface Forms {
  /** The text that the plan was read from. */
  readonly text: string;
  readonly open: Open | undefined;
  readonly show: (next: Open | undefined) => void;
  readonly write: (wanted: Wanted) => void;
  readonly wanted: Wanted | undefined;
  readonly error: Error | null;
  readonly isBusy: boolean;
}

function useForms(
  { of: text }: Reading,
  settings: ParseSettings,
  onWrite: (edit: Edit) => void,
): Forms {
  const [open, setOpen] = useState<Open>();
  const { mutate, reset, variables, error, isPending } = useRewriting(text, settings);
  const show = (next: Open | undefined): void => {
    reset();
    setOpen(next);
  };
  const write = (wanted: Wanted): void =>
    mutate(wanted, {
      onSuccess: (edit) => {
        setOpen(undefined);
        onWrite(edit);
      },
    });
  return { text, open, show, write, wanted: variables, error, isBusy: isPending };
}

type OnPlan = Forms & { readonly plan: Plan };

function Edited(props: OnPlan & { readonly edited: Extract<Open, { what: "step" }> }): ReactNode {
  const { text, plan, edited, show, write, error, isBusy } = props;
  const { path, step } = edited;
  return (
    <StepForm
      key={path}
      step={step}
      isBusy={isBusy}
      refused={error === null ? null : <NoPlaceBox error={error} />}
      onApply={(changed) => write(wantChanged({ text, plan }, path, changed))}
      onRemove={() => write(wantRemoved({ text, plan }, path))}
      onClose={() => show(undefined)}
    />
  );
}

function Added(props: OnPlan & { readonly step: PlanStep }): ReactNode {
  const { text, plan, step, show, write, error, isBusy } = props;
  return (
    <div className="plan-card">
      <strong>New step: {entryOf(step.type).label}</strong>
      <StepForm
        key={step.type}
        step={step}
        act="Add it"
        isBusy={isBusy}
        refused={error === null ? null : <NoPlaceBox error={error} />}
        onApply={(added) => write(wantAdded({ text, plan }, added))}
        onClose={() => show(undefined)}
      />
    </div>
  );
}

interface EditedTriggerProps extends OnPlan {
  readonly own: readonly AgentTrigger[];
  readonly onTriggers: (triggers: readonly AgentTrigger[]) => void;
}

function EditedTrigger(props: EditedTriggerProps): ReactNode {
  const { text, plan, own, onTriggers, show, write, wanted, error, isBusy } = props;
  const keep = (trigger: Trigger): void => {
    onTriggers(takeTrigger(trigger, own));
    show(undefined);
  };
  const apart = error && <KeepApart error={error} wanted={wanted} onKeep={keep} />;
  return (
    <TriggerForm
      trigger={plan.trigger}
      isBusy={isBusy}
      refused={error === null ? null : <NoPlaceBox error={error} action={apart} />}
      onApply={(trigger) => write(wantTrigger({ text, plan }, trigger))}
      onClose={() => show(undefined)}
    />
  );
}

function planOf({ understanding }: Answer) {
  return understanding.state === "understood" ? understanding.plan : undefined;
}

/** A form whose step was changed in the words meanwhile is about nothing any more. */
function isStill(
  plan: { readonly steps: readonly PlanStep[] },
  open: { readonly path: string; readonly step: PlanStep },
): boolean {
  const step = stepAt(plan, open.path);
  return step !== undefined && isSamePlan({ steps: [step] }, { steps: [open.step] });
}

interface StartProps {
  readonly trigger: Trigger | undefined;
  readonly own: readonly AgentTrigger[];
  readonly onTriggers: (triggers: readonly AgentTrigger[]) => void;
  readonly onEdit: () => void;
  readonly children: ReactNode;
}

function Start({ trigger, own, onTriggers, onEdit, children }: StartProps): ReactNode {
  const edit = (
    <ActionIcon className="plan-edit" size="sm" aria-label="Edit the trigger" onClick={onEdit}>
      <IconPencil size={15} aria-hidden />
    </ActionIcon>
  );
  if (trigger === undefined) {
    return (
      <StartedByHand own={own} edit={edit}>
        {children}
      </StartedByHand>
    );
  }
  return (
    <OfferedTrigger trigger={trigger} own={own} onTake={onTriggers} edit={edit}>
      {children}
    </OfferedTrigger>
  );
}

interface KeepApartProps {
  readonly error: Error;
  readonly wanted: Wanted | undefined;
  readonly onKeep: (trigger: Trigger) => void;
}

/** A trigger that the words cannot say can still be the agent's. */
function KeepApart({ error, wanted, onKeep }: KeepApartProps): ReactNode {
  const trigger = wanted?.plan.trigger;
  if (trigger === undefined || !(error instanceof NoPlace)) return null;
  return (
    <Button size="compact-sm" variant="default" onClick={() => onKeep(trigger)}>
      Use it, and leave the words as they are
    </Button>
  );
}

/** An `if` is said in words: it needs something to do. */
const ADDABLE = CATALOGUE.filter(({ type }) => type !== "if");

/** Params that are still to be filled in; nothing is written before they are. */
function blank(type: Verb): PlanStep {
  return { type, params: BLANK[type] ?? {} } as unknown as PlanStep;
}

const BLANK: Partial<Record<Verb, object>> = {
  enrich_contact: { provider: "apollo" },
  update_field: { entity: "contact" },
};

function AddStep({ onAdd }: { readonly onAdd: (step: PlanStep) => void }): ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          mt="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
        >
          Add a step
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {ADDABLE.map(({ type, label, built }) => (
          <Menu.Item key={type} onClick={() => onAdd(blank(type))}>
            {label}
            {built ? "" : " (not built yet)"}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
