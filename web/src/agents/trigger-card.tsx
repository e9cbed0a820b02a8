import { Button, Group } from "@mantine/core";
import { IconBolt, IconCalendarRepeat, IconHandClick } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Trigger } from "#domain/plan.ts";

import { phraseTrigger } from "./plan-words.ts";
import { type AgentTrigger, offerTrigger, takeTrigger } from "./trigger-offer.ts";

interface TriggerCardProps {
  readonly trigger: Trigger;
  /** Opens the form. */
  readonly edit?: ReactNode;
  readonly children?: ReactNode;
}

/** What starts the plan, as its words say it. */
export function TriggerCard({ trigger, edit, children }: TriggerCardProps): ReactNode {
  const Icon = trigger.type === "schedule" ? IconCalendarRepeat : IconBolt;
  return (
    <div className="plan-trigger">
      <Icon size={15} aria-hidden />
      <div>
        <div>{phraseTrigger(trigger)}</div>
        {children}
      </div>
      {edit}
    </div>
  );
}

interface StartedByHandProps {
  readonly own: readonly AgentTrigger[];
  readonly edit: ReactNode;
  readonly children: ReactNode;
}

/** Where the words name no trigger: what starts it all the same. */
export function StartedByHand({ own, edit, children }: StartedByHandProps): ReactNode {
  const starting = own.flatMap((trigger) =>
    trigger.type === "manual" ? [] : [phraseTrigger(trigger)],
  );
  return (
    <div className="plan-trigger">
      <IconHandClick size={15} aria-hidden />
      <div>
        <div>{starting.length === 0 ? "By a person, with Run Now" : starting.join("; ")}</div>
        {starting.length === 0 ? null : (
          <div className="quiet">From its settings; the words name nothing.</div>
        )}
        {children}
      </div>
      {edit}
    </div>
  );
}

interface TriggerOfferProps {
  readonly trigger: Trigger;
  readonly own: readonly AgentTrigger[];
  readonly onTake: (triggers: readonly AgentTrigger[]) => void;
  readonly edit?: ReactNode;
  readonly children?: ReactNode;
}

/** The trigger that the words name, to be taken over as the one that starts the agent. */
export function OfferedTrigger(props: TriggerOfferProps): ReactNode {
  const { trigger, own, onTake, edit, children } = props;
  const offer = offerTrigger(trigger, own);
  const take = (
    <Button
      size="compact-sm"
      variant="light"
      className="fix"
      onClick={() => onTake(takeTrigger(trigger, own))}
    >
      {offer.act}
    </Button>
  );
  return (
    <TriggerCard trigger={trigger} edit={edit}>
      {offer.state === "used" ? (
        <div className="quiet">The agent starts so, once it is live.</div>
      ) : null}
      {offer.state === "open" ? (
        <Group gap="xs" mt={4}>
          {take}
          <span className="quiet">
            Nothing else starts it; going live takes this over by itself.
          </span>
        </Group>
      ) : null}
      {offer.state === "differs" ? (
        <Group gap="xs" mt={4}>
          <span className="quiet">The agent starts otherwise: {offer.instead}.</span>
          {take}
        </Group>
      ) : null}
      {children}
    </TriggerCard>
  );
}
