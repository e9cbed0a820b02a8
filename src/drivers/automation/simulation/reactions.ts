/** Mail that goes nowhere, and what those who get it are supposed to do about it. */
import type { Mailing } from "#actions/needs.ts";
import type { SimulationWalk } from "#contract/shapes/simulations.ts";
import { messageIds } from "#domain/id.ts";
import { type Condition, type Plan, walkPlan } from "#domain/plan.ts";

import { isReaction } from "../supposing.ts";
import type { Mailed, Phrasing } from "./phrase.ts";

export type Assumes = SimulationWalk["assumes"];

export interface Recipients {
  readonly mail: Mailing;
  readonly mailOf: Phrasing["mailOf"];
  /** Only of whom it was mailed to; what others did before is known. */
  readonly reaction: (contactId: string) => boolean | undefined;
}

export function openRecipients(assumes: Assumes): Recipients {
  const accepted = new Map<string, { readonly messageId: string }>();
  const mailed = new Set<string>();
  const mails = new Map<string, Mailed>();
  return {
    mail: {
      authoritative: true,
      find: async (key) => accepted.get(key) ?? null,
      send: async ({ key, contactId, to, subject, text }) => {
        const answer = { messageId: messageIds.create() };
        accepted.set(key, answer);
        mails.set(answer.messageId, { to, subject, text });
        if (contactId !== null) mailed.add(contactId);
        return answer;
      },
    },
    mailOf: (messageId) => mails.get(messageId),
    reaction: (contactId) => {
      if (assumes === "nothing" || !mailed.has(contactId)) return undefined;
      return assumes === "reaction";
    },
  };
}

/** Both ways where the plan mails somebody and then asks what they did about it. */
export function waysOf(plan: Plan | null): readonly Assumes[] {
  const steps = plan === null ? [] : [...walkPlan(plan)];
  const first = steps.findIndex(({ planStep }) => planStep.type === "send_email");
  const asks = steps.some(
    ({ planStep: { type, params } }, index) =>
      index > first && (type === "if" || type === "skip") && speaksOf(params),
  );
  return first !== -1 && asks ? ["noReaction", "reaction"] : ["nothing"];
}

function speaksOf(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(speaksOf);
  if ("any" in condition) return condition.any.some(speaksOf);
  return "not" in condition ? speaksOf(condition.not) : isReaction(condition.field);
}
