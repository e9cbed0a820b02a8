/** A step under way, as it is told live: "Step 3: Sending emails... (5 of 10 sent)". */
import type { ExecutionStep } from "#contract/shapes/executions.ts";
import type { Verb } from "#domain/plan.ts";

interface Saying {
  readonly doing: string;
  readonly done: string;
}

const SAYINGS: Readonly<Record<Verb, Saying>> = {
  search_contacts: { doing: "Searching contacts", done: "found" },
  search_companies: { doing: "Searching companies", done: "found" },
  search_deals: { doing: "Searching deals", done: "found" },
  skip: { doing: "Leaving some out", done: "looked at" },
  send_email: { doing: "Sending emails", done: "sent" },
  linkedin_invitation: { doing: "Sending LinkedIn invitations", done: "sent" },
  web_search: { doing: "Searching the web", done: "searched" },
  create_task: { doing: "Creating tasks", done: "created" },
  add_tag: { doing: "Adding tags", done: "tagged" },
  remove_tag: { doing: "Removing tags", done: "untagged" },
  update_field: { doing: "Updating fields", done: "updated" },
  enrich_contact: { doing: "Enriching contacts", done: "enriched" },
  wait: { doing: "Waiting", done: "through" },
  handoff: { doing: "Handing off", done: "taken over" },
  notify: { doing: "Notifying", done: "notified" },
  remember: { doing: "Remembering", done: "remembered" },
  if: { doing: "Deciding", done: "decided" },
  stop: { doing: "Stopping", done: "stopped" },
};

function phraseStep({ number, type, label, progress }: ExecutionStep): string {
  const saying = SAYINGS[type as Verb] as Saying | undefined;
  if (saying === undefined) return `Step ${number}: ${label}...`;
  const count = progress === null ? "" : ` (${progress.done} of ${progress.total} ${saying.done})`;
  return `Step ${number}: ${saying.doing}...${count}`;
}

/** What is under way: the first step that some journeys are through and others not, else the next one. */
export function phraseSteps(steps: readonly ExecutionStep[]): string | null {
  const current =
    steps.find(({ status }) => status === "running") ??
    steps.find(({ status }) => status === "pending");
  if (current !== undefined) return phraseStep(current);
  return steps.length === 0 ? null : `Step ${steps.length} of ${steps.length} completed`;
}
