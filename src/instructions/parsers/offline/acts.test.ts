import assert from "node:assert/strict";
import { test } from "node:test";

import type { PlanStep } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";

/** A planStep in one line: `send_email template=Intro`. */
function write({ type, params }: PlanStep): string {
  const said = Object.entries(params)
    .map(([name, value]) => `${name}=${String(value)}`)
    .toSorted();
  return [type, ...said].join(" ");
}

function stepsOf(text: string): string {
  const parsed = parseOffline(text);
  if ("error" in parsed) return "refused";
  return parsed.plan.steps.map(write).join("; ");
}

function says(cases: Readonly<Record<string, string>>): () => void {
  return () => {
    const got = Object.fromEntries(Object.keys(cases).map((text) => [text, stepsOf(text)]));
    assert.deepEqual(got, cases);
  };
}

test(
  "PA-305 an email is sent by any verb that reaches people with it, and by one that begins or ends with it",
  says({
    "Hit them with the 'Last Chance' template": "send_email template=Last Chance",
    "Check in with them via the 'Checking In' email": "send_email template=Checking In",
    "Get the welcome email over to them straight away": "send_email template=welcome",
    "Finish off with the 'Goodbye' template": "send_email template=Goodbye",
    "End with the 'Last Call' email": "send_email template=Last Call",
    "Send a second email, 'Bump'": "send_email template=Bump",
    "Send a copy of the 'Intro' email to @user.manager":
      "send_email template=Intro to=@user.manager",
    "Delete them with the 'Goodbye' template": "refused",
  }),
);

test(
  "PA-306 what is to be done may be said of its object: passive, as what it does by itself, or as what it is to be",
  says({
    "The 'Welcome' email goes out to @form.email": "send_email template=Welcome to=@form.email",
    "They are to be sent the 'Welcome' email": "send_email template=Welcome",
    "The contact's status becomes Active": "update_field entity=contact field=status value=Active",
    "Their status should be set to Active": "update_field entity=contact field=status value=Active",
    "The tag 'Hot' comes off": "remove_tag tags=Hot",
    "A notification goes to @user.rep": "notify to=@user.rep",
    "The workflow should stop": "stop",
    "A demo should be booked with @contact.firstName for tomorrow":
      "create_task due=P1D title=book a demo with @contact.firstName",
  }),
);

test(
  "PA-307 a task may be told as work for somebody, as something on a list, or as a meeting to be booked",
  says({
    "Have @user.rep call @contact.firstName tomorrow":
      "create_task assignee=@user.rep due=P1D title=call @contact.firstName",
    "Dana should review the account": "create_task assignee=Dana title=review the account",
    "Put a call on @user.rep's list": "create_task assignee=@user.rep title=call",
    "Put it on my list to call @contact.firstName next week":
      "create_task assignee=@user.creator due=P1W title=call @contact.firstName",
    "Get a demo on the calendar with @contact.firstName":
      "create_task title=book a demo with @contact.firstName",
    "Schedule a discovery call next week with @contact.firstName":
      "create_task due=P1W title=Schedule a discovery call with @contact.firstName",
    "Create a call task for @user.rep, due tomorrow":
      "create_task assignee=@user.rep due=P1D title=Call",
    "Have the AI call them": "refused",
    "Sync the contact to HubSpot": "refused",
  }),
);

test(
  "PA-308 a task's due date and assignee stand behind a comma, a slash, a dash or in parentheses, in any order",
  says({
    "task: call @contact.firstName (2d, @user.rep)":
      "create_task assignee=@user.rep due=P2D title=call @contact.firstName",
    "task (@user.rep, due in 2 days): call @contact.firstName":
      "create_task assignee=@user.rep due=P2D title=call @contact.firstName",
    "create task: Call @contact.firstName - due tomorrow - @user.rep":
      "create_task assignee=@user.rep due=P1D title=Call @contact.firstName",
    "Create a task to prepare the contract, due tomorrow, for @user.legal":
      "create_task assignee=@user.legal due=P1D title=prepare the contract",
    "Create a task with a 3 day deadline: Prep the deck": "create_task due=P3D title=Prep the deck",
    "Create a task for them": "refused",
  }),
);
