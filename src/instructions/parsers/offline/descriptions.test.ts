import { test } from "node:test";

import { assertMeans, assertRefused, means } from "./testing-plans.ts";

test(
  "PA-450 the whole may be told by any of its names and by what it is for, and its steps by what it does",
  means({
    "This recipe runs every Saturday at 10:30 AM. It searches for contacts with no phone number, enriches them with Apollo, and tags them 'Weekend'.":
      "Every Saturday at 10:30 AM, find contacts with no phone number, enrich them with Apollo and tag them 'Weekend'.",
    "This workflow re-engages inactive subscribers. It finds contacts with status Lead, sends the 'Seat' email, waits 7 days, and, if there is no reply, adds the tag 'Inactive' and ends the workflow.":
      "Find contacts with status Lead, send the 'Seat' email, wait 7 days. If there is no reply, add the tag 'Inactive' and stop.",
    "This automation cleans up stale deals. Every Monday it finds deals in stage Proposal and notifies @deal.owner.":
      "Every Monday, find deals in stage Proposal and notify @deal.owner.",
    "The flow starts when a deal is created. It waits a day, emails the contact 'A', and exits the flow.":
      "When a deal is created, wait a day, email the contact 'A' and stop.",
    "Speed to lead: as soon as someone submits the form, send 'A'.":
      "When someone submits the form, send 'A'.",
    "SDR sweep: find contacts in Rome and send 'A'.": "Find contacts in Rome and send 'A'.",
  }),
);

test("PA-450 what a description says beyond that is not passed over", () => {
  assertRefused([
    "This agent calls new leads. It sends 'A'.",
    "This workflow polishes trophies. It sends 'A'.",
    "This workflow closes deals. It sends 'A'.",
    "Hot leads: send 'A'.",
  ]);
});

test(
  "PA-451 in notes a field that is measured before an arrow is an if, and a slash behind a number is its mark",
  means({
    "enrich\nlead score > 60 → task 'Dial', due tomorrow\nsend 'A'":
      "Enrich them. If the lead score is over 60, create a task 'Dial', due tomorrow. Send 'A'.",
    "Send 'A'; deal amount >= 50k → notify @user.ceo":
      "Send 'A'. If the deal amount is at least 50k, notify @user.ceo.",
    "Find contacts in Rome. lead score below 20 → tag Cold, else → tag Warm":
      "Find contacts in Rome. If the lead score is below 20, tag Cold, otherwise tag Warm.",
    "Deal created ->\n1/ enrich contact\n2/ google @company.name, top 2\n3/ send 'A'":
      "Deal created ->\n1. enrich contact\n2. google @company.name, top 2\n3. send 'A'",
  }),
);

test("PA-452 that something is not to be used in what is spoken of carries nothing", () => {
  assertMeans(
    Object.fromEntries(
      [
        "No LinkedIn in this one.",
        "No calls for these.",
        "No tasks in this sequence, please.",
        "No LinkedIn or phone calls for this group.",
        "There should be no handoffs here.",
      ].map((said) => [`Send 'A'. ${said}`, "Send 'A'."]),
    ),
  );
  assertMeans({ "Send 'A'. No emails to VPs.": "Don't email VPs. Send 'A'." });
  assertRefused(["Send 'A'. No trophies in this one.", "Send 'A'. No emails on Sundays."]);
});

test("PA-454 who meets the criteria for leaving leaves at the beginning and behind every wait, wherever they are written", () => {
  const plan = "Find contacts in Rome. Send 'A'. Wait 3 days. Send 'B'.";
  const guarded =
    "Find contacts in Rome. Skip anyone who replied. Send 'A'. Wait 3 days. Skip anyone who replied. Send 'B'.";
  assertMeans(
    Object.fromEntries(
      [
        `${plan}\nExit criteria: replied`,
        `Exit when: they reply\n${plan}`,
        `${plan} Stop as soon as they reply.`,
        `${plan} Stop the sequence the moment they reply.`,
        `${plan} If they reply at any time, stop.`,
        `If at any point they reply, stop. ${plan}`,
        `Stop when someone replies. ${plan}`,
        `${plan} Unenroll them if they reply.`,
      ].map((text) => [text, guarded]),
    ),
  );
  assertMeans({
    "Send 'A'.\nWait 3 days.\nIf no reply, send 'B'.\nExit criteria: tagged Customer":
      "Skip anyone tagged Customer. Send 'A'. Wait 3 days. Skip anyone tagged Customer. If no reply, send 'B'.",
    "Send 'A'. Wait 3 days. Stop if they reply. Send 'B'.":
      "Send 'A'. Wait 3 days. If they reply, stop. Send 'B'.",
  });
  assertRefused(["Send 'A'.\nExit criteria: they book a meeting"]);
});

test("PA-510 an if behind a wait spares the criteria for leaving only what it asks itself, and only up to its end", () => {
  assertMeans({
    "Send 'A'. Wait 3 days. If they are tagged VIP, send 'B'.\nExit criteria: tagged Customer":
      "Skip anyone tagged Customer. Send 'A'. Wait 3 days. Skip anyone tagged Customer. If they are tagged VIP, send 'B'.",
    "Send 'A'. Wait 3 days. If the score is over 50, send 'B'.\nExit criteria: score is over 90":
      "Skip anyone whose score is over 90. Send 'A'. Wait 3 days. Skip anyone whose score is over 90. If the score is over 50, send 'B'.",
    "Send 'A'. Wait 3 days. If they haven't replied, send 'B'. Wait 2 days. Send 'C'.\nExit criteria: replied":
      "Skip anyone who replied. Send 'A'. Wait 3 days. If they haven't replied, send 'B'. Wait 2 days. Skip anyone who replied. Send 'C'.",
    "Send 'A'. Wait 3 days. If they haven't replied, send 'B'. Send 'C'.\nExit criteria: replied":
      "Skip anyone who replied. Send 'A'. Wait 3 days. If they haven't replied, send 'B'. Skip anyone who replied. Send 'C'.",
  });
});

test("PA-511 who is to leave whenever something happens starts nothing by it", () => {
  const guarded =
    "Skip anyone who replied. Send 'A'. Wait 3 days. Skip anyone who replied. Send 'B'.";
  assertMeans(
    Object.fromEntries(
      [
        "Stop whenever they reply. Send 'A'. Wait 3 days. Send 'B'.",
        "Stop the sequence whenever they reply. Send 'A'. Wait 3 days. Send 'B'.",
        "Stop as soon as someone replies. Send 'A'. Wait 3 days. Send 'B'.",
        "Send 'A', wait 3 days, send 'B', stop whenever they reply.",
      ].map((text) => [text, guarded]),
    ),
  );
  assertMeans({
    "Notify me whenever a contact replies.": "When a contact replies, notify me.",
    "Stop when they replied, otherwise send 'A'.": "If they replied, stop, otherwise send 'A'.",
  });
});

test(
  "PA-459 what names the whole may stand in a sentence or a line of its own before it starts, and before a comma or dash",
  means({
    "Post-demo follow-up. When a deal moves to Demo Completed, send 'A'.":
      "When a deal moves to Demo Completed, send 'A'.",
    "Trial expiry nudge. When a contact is tagged 'Trial End', send 'A'.":
      "When a contact is tagged 'Trial End', send 'A'.",
    "Renewal reminders. Every Monday, find deals in stage Renewal and notify @deal.owner.":
      "Every Monday, find deals in stage Renewal and notify @deal.owner.",
    "New hires - when a contact is created, send 'A'.": "When a contact is created, send 'A'.",
    "Lead hygiene, every Friday at 4 PM: find contacts without an email and tag them 'x'.":
      "Every Friday at 4 PM: find contacts without an email and tag them 'x'.",
    "For the distributors:\n- send 'A'\n- wait 2 days": "Send 'A'. Wait 2 days.",
    "Intro email. When they open it, send 'B'.":
      "Send the 'Intro' email. When they open it, send 'B'.",
    "VPs in London. Every Monday send 'A'.": "Every Monday find VPs in London. Send 'A'.",
  }),
);

test("PA-459 words that may tell something to do are no name of the whole", () => {
  assertRefused([
    "Polish trophies. Every Monday send 'A'.",
    "Polish the check. Every Monday send 'A'.",
  ]);
});

test(
  "PA-460 details of an act may stand behind semicolons, and another act may leave out its verb behind and",
  means({
    "Hand off → @user.a; reason: security review; timeout 2 days":
      "Hand off to @user.a, reason 'security review', timeout 2 days",
    "Send email: 'A'; subject: Hello there; wait 2 days":
      "Send the 'A' email with subject 'Hello there'. Wait 2 days.",
    "Create task: Call them; due: tomorrow; assignee: @user.b":
      "Create task: Call them, due tomorrow, assigned to @user.b",
    "Notify @user.a; message: they replied": "Notify @user.a: they replied",
    "Send 'A' and a LinkedIn connection request.": "Send 'A' and connect on LinkedIn.",
    "Send 'A', a LinkedIn invitation and, two days later, 'B'.":
      "Send 'A'. Connect on LinkedIn. Wait 2 days. Send 'B'.",
  }),
);

test(
  "PA-462 a task's title goes on with what a person does or is to find out, up to an act of Stint's own",
  means({
    "Create task: Call @contact.firstName and leave a voicemail. Send 'B'.":
      "Create task: 'Call @contact.firstName and leave a voicemail'. Send 'B'.",
    "Create a task: Call Ann and mention @search.results[0].title.":
      "Create a task: 'Call Ann and mention @search.results[0].title'",
    "Create a task: Ask @contact.firstName if the timing is better, assigned to @deal.owner.":
      "Create a task: 'Ask @contact.firstName if the timing is better', assigned to @deal.owner.",
    "Create a task to find out if they moved, due tomorrow.":
      "Create a task 'find out if they moved', due tomorrow.",
    "Create task: Call Ann and send 'B'.": "Create task: 'Call Ann'. Send 'B'.",
    "Create task: Call Ann and update the status to Contacted.":
      "Create task: 'Call Ann'. Update the status to Contacted.",
    "Create a task: Call them if they replied.": "If they replied, create a task: Call them",
  }),
);

test(
  "PA-463 words of time, notice or state with a capital or before a mail's noun are values and names",
  means({
    "If form.timeline is Now, stop. Otherwise, if form.timeline is Next Quarter, send 'A'.":
      "If form.timeline is 'Now', stop. Otherwise, if form.timeline is 'Next Quarter', send 'A'.",
    "If form.urgency is Today, tag hot.": "If form.urgency is 'Today', tag hot.",
    "If form.start is Never, stop.": "If form.start is 'Never', stop.",
    "If deal.closeDate is today, notify me.": "If deal.closeDate == today, notify me.",
    "Send the partner update email.": "Send the 'partner update' email.",
    "Send the team update email to @user.a.": "Send the 'team update' email to @user.a.",
    "Set the deal's territory to North.": "Set deal.territory to North.",
  }),
);

test(
  "PA-464 days stand between an act and what it says, twice a month has its two days, and who replies may be told behind the reply",
  means({
    "Notify @user.a every Monday at 8:30 AM: 'Forecast'":
      "Every Monday at 8:30 AM, notify @user.a: 'Forecast'",
    "15th + 28th of each month, 2:30 PM → notify me":
      "On the 15th and 28th of each month at 2:30 PM, notify me",
    "Twice a month, on the 1st and the 15th at 7 AM, send 'A'.":
      "On the 1st and the 15th of each month at 7 AM, send 'A'.",
    "On every reply from a contact tagged 'pilot': notify @user.a: 'Hi', remove tag waiting":
      "When a contact tagged 'pilot' replies, notify @user.a: 'Hi'. Remove tag waiting.",
    "For all contacts tagged Job Change:\nDay 1: Send 'A'\nDay 2: Connect on LinkedIn":
      "Find all contacts tagged 'Job Change'. Send 'A'. Wait 1 day. Connect on LinkedIn.",
    "When a contact is created, the automation sets the owner to Rosalind and notifies Rosalind.":
      "When a contact is created, set the owner to Rosalind. Notify Rosalind.",
  }),
);

test(
  "PA-465 what is given and what is done then, in lines or clauses of their own, is an event, an if and its steps",
  means({
    "Given a contact is created\nWhen the title contains VP\nThen send 'A'\nAnd tag them hot":
      "When a contact is created, if the title contains VP, send 'A', tag them hot.",
    "Scenario: new lead\nGiven a contact is created\nAnd the source is Website\nThen send 'A'":
      "When a contact is created, if the source is Website, send 'A'.",
    "Given the contact is tagged VIP\nWhen a form is submitted\nThen notify me":
      "When a form is submitted, if the contact is tagged VIP, notify me.",
    "Given a new contact, when the title contains VP, then tag them hot.":
      "When a contact is created, if the title contains VP, tag them hot.",
  }),
);

test(
  "PA-466 cases of a field, or explained in parentheses, are ifs, which nest where something is done with all others",
  means({
    "switch on deal.stage: Demo → send 'A'; Won → send 'B'; default → notify me":
      "If deal.stage is Demo, send 'A'. Otherwise if deal.stage is Won, send 'B'. Otherwise notify me.",
    "Switch (contact.country)\ncase Germany: send 'A'\ncase France: send 'B', tag fr":
      "If contact.country is Germany, send 'A'. If contact.country is France, send 'B', tag fr.",
    "When a contact is created, depending on the status: New → send 'A', Active → send 'B', otherwise stop.":
      "When a contact is created, if the status is New, send 'A'. Otherwise if the status is Active, send 'B'. Otherwise stop.",
    "Find contacts in Rome.\nRoute by title:\n- CEO: notify me\n- VP: send 'A'":
      "Find contacts in Rome. If the title contains CEO, notify me. If the title contains VP, send 'A'.",
    "Hot leads (score > 80): hand off to @user.a. Cold leads (score < 50): tag cold.":
      "If the score is over 80, hand off to @user.a. If the score is under 50, tag cold.",
    "- Hot (lead score over 80): notify me\n- Warm (lead score over 50): send 'A', then tag warm\n- Others: tag cold":
      "If the lead score is over 80, notify me. Otherwise if the lead score is over 50, send 'A', then tag warm. Otherwise tag cold.",
  }),
);

test("PA-466 cases that nobody can ask for are refused", () => {
  assertRefused([
    "Tier 1 (over 100k): notify me. Tier 2 (50k-100k): send 'A'.",
    "Big ones (golf lovers): notify me. Small ones (others): send 'A'.",
    "Based on the deal value, notify me.",
  ]);
});

test("PA-467 who must not be written to, told of them, is left out of the whole", () => {
  assertMeans({
    "Find contacts in Rome and send 'A'. Competitors must never be emailed.":
      "Find contacts in Rome. Skip competitors. Send 'A'.",
    "Send 'A'. Anyone tagged DNC must not be contacted.": "Skip anyone tagged DNC. Send 'A'.",
    "Send 'A'. Unsubscribed contacts should be left out.": "Skip unsubscribed contacts. Send 'A'.",
    "Start by skipping anyone who replied. Send 'A'. Wait 3 days. Send 'B'.":
      "Skip anyone who replied. Send 'A'. Wait 3 days. Send 'B'.",
    "Enrollment trigger: contact is tagged 'Trial'\nRe-enrollment: off\n1. Send 'A'":
      "When a contact is tagged 'Trial', send 'A'.",
  });
  assertRefused([
    "If they replied, VPs must never be emailed. Send 'A'.",
    "The deal must not be touched. Send 'A'.",
    "Trigger: deal created\nRe-enrollment: every month\nSend 'A'",
  ]);
});

test(
  "PA-547 what they are like may be told by of and its field, or by what they have beside another thing",
  means({
    "Find contacts of the industry Construction that are in Sevilla. Send 'A'.":
      "Find contacts from the industry Construction in Sevilla. Send 'A'.",
    "Find companies of the sector Retail with more than 50 employees":
      "Find companies in the Retail industry with more than 50 employees",
    "Find deals of stage Demo": "Find deals in stage Demo",
    "Find contacts of Madrid. Tag them 'A'": "Find contacts in Madrid. Tag them 'A'",
    "Find contacts who status is New. Tag them 'A'":
      "Find contacts whose status is New. Tag them 'A'",
    "pull VPs in Berlin and tag them 'A'": "Find VPs in Berlin and tag them 'A'",
    "Find contacts of status New and of country Spain":
      "Find contacts where status is New and country is Spain",
    "pull contacts w/ status SQL and a phone number, cap it at 20":
      "Find contacts where status is SQL and phone exists, limit 20",
    "Find deals in stage Demo and a close date":
      "Find deals where stage is Demo and close date exists",
  }),
);
