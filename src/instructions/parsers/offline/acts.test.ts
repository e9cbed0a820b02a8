import assert from "node:assert/strict";
import { test } from "node:test";

import type { PlanStep } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { tells } from "./testing-plans.ts";

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

const says = tells(stepsOf);

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
    "Everyone in Rome is tagged rome and sent the 'Ciao' email":
      "search_contacts field=city operator=== value=Rome; add_tag tags=rome; send_email template=Ciao",
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

test(
  "PA-309 what is wanted or got done is done: 'I need the stage changed', 'have them enriched'",
  says({
    "I need the deal's stage changed to 'Verbal' and the contact's status changed to 'Hot'":
      "update_field entity=deal field=stage value=Verbal; update_field entity=contact field=status value=Hot",
    "I want it moved to stage Closed Lost":
      "update_field entity=deal field=stage value=Closed Lost",
    "I'd like them enriched with Apollo and added on LinkedIn":
      "enrich_contact provider=apollo; linkedin_invitation",
    "Get the deal moved to Negotiation": "update_field entity=deal field=stage value=Negotiation",
    "Have them tagged Hot": "add_tag tags=Hot",
    "Could the deal be moved to Negotiation?":
      "update_field entity=deal field=stage value=Negotiation",
    "Create a task to call them and have the deal moved to Won":
      "create_task title=call them; update_field entity=deal field=stage value=Won",
    "I want the contacts tagged VIP": "refused",
  }),
);

test(
  "PA-310 a notification is told in many ways, always to people of the workspace, and never to a channel outside",
  says({
    "Keep @user.manager in the loop with 'Deal moved'":
      "notify message=Deal moved to=@user.manager",
    "Trigger an alert to @user.rep saying 'Churn risk'": "notify message=Churn risk to=@user.rep",
    "Make @user.rep aware that @contact.firstName replied":
      "notify message=@contact.firstName replied to=@user.rep",
    "notify @user.rep → 'Call now'": "notify message=Call now to=@user.rep",
    "Drop a message to @user.rep: 'Call now'": "notify message=Call now to=@user.rep",
    "Flag the deal to @user.manager": "notify to=@user.manager",
    "Notify whoever owns the deal": "notify to=@deal.owner",
    "Notify @user.rep via Slack": "refused",
  }),
);

test(
  "PA-311 a handoff's person, reason and timeout stand in any order",
  says({
    "Hand off with the reason 'Pricing' to @user.rep": "handoff reason=Pricing to=@user.rep",
    "handoff to @user.rep / reason: pricing / timeout 1d":
      "handoff reason=pricing timeout=P1D to=@user.rep",
    "Let @user.rep take it from here": "handoff to=@user.rep",
    "Hand off with a timeout of 2 days to @user.rep for a demo":
      "handoff reason=a demo timeout=P2D to=@user.rep",
  }),
);

test(
  "PA-312 tags are swapped, put on and taken off by more verbs, and what is told of a tag leaves nobody out",
  says({
    "Swap the tag Hot for Cold": "remove_tag tags=Hot; add_tag tags=Cold",
    "Change the tag from Hot to Cold": "remove_tag tags=Hot; add_tag tags=Cold",
    "Get rid of the Hot tag": "remove_tag tags=Hot",
    "Strip them of the Hot tag": "remove_tag tags=Hot",
    "Take the 'Newsletter' tag off and put 'Unsubscribed' on instead":
      "remove_tag tags=Newsletter; add_tag tags=Unsubscribed",
    "Remove the tag In Cadence": "remove_tag tags=In Cadence",
    "Remove 'Hot' and 'Warm'": "remove_tag tags=Hot,Warm",
    "Tag them as contacted": "add_tag tags=contacted",
  }),
);

test(
  "PA-313 a verb sets several fields, a field's owner may stand behind its value, and only what is a field is one",
  says({
    "Set the source to Webinar and the status to Active":
      "update_field entity=contact field=source value=Webinar; update_field entity=contact field=status value=Active",
    "Set custom field 'tier' to 'A' on the company":
      "update_field custom=true entity=company field=tier value=A",
    "Set the 'source' custom field to Webinar":
      "update_field custom=true entity=contact field=source value=Webinar",
    "Put 'Gold' in the custom field 'tier'":
      "update_field custom=true entity=contact field=tier value=Gold",
    "Bump their lead score up to 90": "update_field entity=contact field=leadScore value=90",
    "Set status Active": "update_field entity=contact field=status value=Active",
    "Make Dana the deal owner": "update_field entity=deal field=owner value=Dana",
    "Move them to the Nurture sequence": "refused",
    "Drop ringless voicemail to them": "refused",
    "Lower the lead score by 10": "refused",
  }),
);

test(
  "PA-314 invitations, enrichment, waits and ends are said in many words",
  says({
    "LinkedIn: connect": "linkedin_invitation",
    "LinkedIn - connection request": "linkedin_invitation",
    "Try them on LinkedIn": "linkedin_invitation",
    "Follow up on LinkedIn with the note 'Hi'": "linkedin_invitation note=Hi",
    "Use Apollo to enrich them": "enrich_contact provider=apollo",
    "Find their phone number through Apollo": "enrich_contact provider=apollo",
    "Top them up via Apollo": "enrich_contact provider=apollo",
    "Sit tight for two and a half days": "wait duration=PT60H",
    "Leave a gap of 3 days": "wait duration=P3D",
    "Take them out of the sequence": "stop",
    "Leave them alone": "stop",
    "Call it quits": "stop",
    "Follow them on LinkedIn": "refused",
  }),
);

test(
  "PA-315 'it' and 'its' are the contact, company or deal that was named last",
  says({
    "Mark the company as Partner and set its tier to A":
      "update_field entity=company field=status value=Partner; update_field entity=company field=tier value=A",
    "Tag the deal Big and move it to Review":
      "add_tag tags=Big; update_field entity=deal field=stage value=Review",
    "Email them and move it to Review": "refused",
  }),
);

test(
  "PA-316 a clause may leave out the verb of the one before, and a person's work goes on behind 'and' where no action could do it",
  says({
    "Mark the contact as Active and the company as Customer":
      "update_field entity=contact field=status value=Active; update_field entity=company field=status value=Customer",
    "Save the contacts as A and the companies as B": "remember key=A; remember key=B",
    "Create a task to call them and send the contract":
      "create_task title=call them and send the contract",
    "Create a task to call them and send the 'Intro' email":
      "create_task title=call them; send_email template=Intro",
    "Create a task to call them and text them": "refused",
    "Create a task and notify @user.rep": "refused",
    "Send 'A', wait 2 days and send it again":
      "send_email template=A; wait duration=P2D; send_email template=A",
    "Send 'A', follow up after 3 days, then again after 5 days":
      "send_email template=A; wait duration=P3D; send_email template=follow-up; wait duration=P5D; send_email template=follow-up",
    "Send them 'A' followed by the 'B' template": "send_email template=A; send_email template=B",
    "Add the tag A and the tag B": "add_tag tags=A,B",
  }),
);

test(
  "PA-317 notes put an arrow, a colon or a slash between an act and what belongs to it",
  says({
    "send 'A'; handoff → @user.ae (reason: hot lead)":
      "send_email template=A; handoff reason=hot lead to=@user.ae",
    "send 'A'; move deal → Negotiation":
      "send_email template=A; update_field entity=deal field=stage value=Negotiation",
    "task → @user.se: prep demo, due 1d": "create_task assignee=@user.se due=P1D title=prep demo",
    "task (tomorrow): prep demo": "create_task due=P1D title=prep demo",
    "send 'A'; memory.count = 1": "send_email template=A; remember key=count value=1",
    "update_field contact.status = 'Active'":
      "update_field entity=contact field=status value=Active",
    "new deal → task: call Ann": "create_task title=call Ann",
    "skip tag 'dnc'; send 'A'": "refused",
  }),
);

test(
  "PA-318 slips in words of acts are put right, and words with a hyphen or a digit are none",
  says({
    "wait a coupel of days then creat a task to call them":
      "wait duration=P2D; create_task title=call them",
    "hand of the contact to Dana becuase they asked": "handoff reason=they asked to=Dana",
    "snd them a reminer": "send_email template=reminder",
    "hand ths over to Dana": "handoff to=Dana",
    "if no rply tag thm Cold": "if field=contact.replied operator=== value=false",
    "Set the title to Mor": "update_field entity=contact field=title value=Mor",
    "Set the state to TH": "update_field entity=contact field=state value=TH",
    "tag them sequence-a": "add_tag tags=sequence-a",
  }),
);

test(
  "PA-319 names keep their dashes and small words, and nobody is found in a value",
  says({
    "Set the status to Lost - No Budget":
      "update_field entity=contact field=status value=Lost - No Budget",
    "Set the title to VP of Sales and Marketing":
      "update_field entity=contact field=title value=VP of Sales and Marketing",
    "Move the deal to Stage 2 - Discovery":
      "update_field entity=deal field=stage value=Stage 2 - Discovery",
    "Move the deal to Won - send 'A'":
      "update_field entity=deal field=stage value=Won; send_email template=A",
    "Set the title to VP, Sales": "refused",
    "Set the lead score to the number of employees": "refused",
    "Send the Part 1: Basics email": "refused",
    "Send them the see you soon email": "send_email template=see you soon",
    "Tag the contact": "refused",
  }),
);

test(
  "PA-320 the contact may be named by its variable, and a note or a memory may stand for what it is",
  says({
    "Hand @contact.firstName off to Ravi because they asked": "handoff reason=they asked to=Ravi",
    "Send the 'Intro' email to @contact.firstName": "send_email template=Intro",
    "Send a LinkedIn invite to @contact.firstName": "linkedin_invitation",
    "Make a note to call them": "create_task title=call them",
    "Make a note of @contact.email in memory as lastEmail":
      "remember key=lastEmail value=@contact.email",
    "Make a note in memory that bestTime is mornings": "remember key=bestTime value=mornings",
    "Add a note to the contact": "refused",
    "Create a to-do for me to review it": "create_task assignee=@user.creator title=review it",
    "Set a task for the finance team to invoice @company.name":
      "create_task assignee=finance team title=invoice @company.name",
    "Have ChatGPT draft an email": "refused",
    "Tell me a joke": "refused",
    "Search the web for @company.name and summarize the results": "refused",
  }),
);

test("PA-306 what is done stands in the passive behind a condition or an event, too", () => {
  const cases = {
    "If they replied, the contact is tagged Hot.": "If they replied, tag the contact Hot.",
    "If the contact's title contains CEO, @user.ceo is notified and the deal gets moved to Top.":
      "If the contact's title contains CEO, notify @user.ceo and move the deal to Top.",
    "When a deal is updated and its value is over 50k, the deal is moved to Legal.":
      "When a deal is updated and its value is over 50k, move the deal to Legal.",
    "When a deal moves to Won: the contact is tagged Customer and the 'Hi' email is sent.":
      "When a deal moves to Won, tag the contact Customer and send the 'Hi' email.",
  };
  for (const [said, plain] of Object.entries(cases))
    assert.deepEqual(planOf(said), planOf(plain), said);
});

function planOf(text: string): unknown {
  const parsed = parseOffline(text);
  return JSON.parse(JSON.stringify(parsed, (key, value: unknown) => (key === "span" ? 0 : value)));
}
