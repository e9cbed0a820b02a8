import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { parseOffline } from "../offline.ts";
import { means, planOrRefusal } from "./testing-plans.ts";

test(
  "PA-326 labels say when the whole starts, whom it is for and whom it leaves out",
  means({
    "Enrollment trigger: Deal stage changed to Contract Sent\nDelay: 3 days\nEmail: 'A'":
      "When a deal moves to Contract Sent, wait 3 days. Send 'A'.",
    "Enrollment criteria: contact is created\nAction: send 'A'":
      "When a contact is created, send 'A'.",
    "Enrollment: contacts where status = Lead\nAction: send 'A'":
      "Find contacts where status = Lead. Send 'A'.",
    "Audience: deals | stage = Demo | not updated in 12 days\nStep 1 – Email: 'A'":
      "Find deals where stage = Demo, not updated in 12 days. Send 'A'.",
    "Audience: contacts\nFilter: status = Lead\nLimit: 20\nSend: 'A'":
      "Find contacts where status = Lead, limit 20. Send 'A'.",
    "Segment: title contains VP\nSuppression: anyone tagged Competitor\nSend: 'A'":
      "Find contacts where title contains VP. Skip anyone tagged Competitor. Send 'A'.",
    "Target: contacts in Rome\nExclude: replied\nSteps:\n1. Send 'A'":
      "Find contacts in Rome. Skip anyone who replied. Send 'A'.",
  }),
);

test(
  "PA-327 labelled steps and branches are what they name",
  means({
    "Step 1 – Email: 'A'\nStep 2 – Delay: 5 days\nStep 3 – Branch: contact replied? Yes → tag hot. No → stop.":
      "Send 'A'. Wait 5 days. If they replied, tag hot. Otherwise stop.",
    "Send 'A'.\nIf/then branch: opened email\n  Yes: tag warm; notify @user.ae\n  No: send 'B'; stop":
      "Send 'A'. If they opened the email, tag warm and notify @user.ae. Otherwise send 'B' and stop.",
    "Branch A (if deal.value >= 100k): hand off to @user.desk; tag big\nBranch B (everyone else): send 'B'; tag small":
      "If deal.value >= 100k, hand off to @user.desk and tag big. Otherwise send 'B' and tag small.",
    "(1) Delay 1 day (2) Condition: has the contact opened the email? (3) YES branch: stop (4) NO branch: send 'B' (5) Regardless: tag done":
      "Wait 1 day. If they opened the email, stop. Otherwise send 'B'. Either way, tag done.",
    "If replied: (1) tag hot (2) notify @user.ae. Otherwise: (1) wait 2 days (2) send 'B'":
      "If they replied, tag hot and notify @user.ae. Otherwise wait 2 days and send 'B'.",
    "Send 'A'\nExit criteria: contact replied": "Skip anyone who replied. Send 'A'.",
    "Process: Clean-up\nSchedule: daily at 2 AM\nQuery: deals where stage equals Won\nAction: Field Update - deal stage = Done":
      "Every day at 2 AM, find deals where stage equals Won. Set the deal's stage to Done.",
    "Pause element: 3 days. Then Decision: has the contact replied? Yes → Stop. No → Send 'B'.":
      "Wait 3 days. If they replied, stop. Otherwise send 'B'.",
    "Get Records: contacts where status = 'Working'. Update Records: status = 'Recycled'.":
      "Find contacts where status = 'Working'. Set the status to 'Recycled'.",
    "Workflow: Inbound triage\nGoal: answer faster\nTrigger: Form submitted\nEnrichment: Apollo":
      "When a form is submitted, enrich with Apollo.",
  }),
);

test(
  "PA-328 a name with its values below it is one step, and conditions below an if are joined",
  means({
    "handoff:\n  to: @user.tier2\n  reason: API errors\n  timeout: 4 hours":
      "Hand off to @user.tier2, reason 'API errors', timeout 4 hours.",
    "- type: send_email\n  template: Welcome\n- type: wait\n  duration: 2 days":
      "Send the 'Welcome' email. Wait 2 days.",
    "task:\n  title: Call @contact.firstName\n  due: 2 days\n  assignee: @user.ae":
      "Create a task 'Call @contact.firstName', due in 2 days, assign it to @user.ae.",
    "if:\n  all:\n    - company.country is Italy\n    - company.employees >= 30\nthen:\n  - send 'A'\nelse:\n  - tag out":
      "If company.country is Italy and company.employees >= 30, send 'A'. Otherwise tag out.",
    "if:\n  any:\n    - title contains CEO\n    - title contains CFO\nthen: stop":
      "If title contains CEO or title contains CFO, stop.",
    "Audience:\n- title contains VP\n- country = Germany\nExclude:\n- tagged Competitor\n- replied\nSteps:\n- send 'A'":
      "Find contacts where title contains VP, country = Germany. Skip anyone tagged Competitor. Skip anyone who replied. Send 'A'.",
  }),
);

test(
  "PA-329 pseudo-code is read: calls of acts, methods that ask, and what is null",
  means({
    "if (contact.title.contains('VP') && deal.value > 50000) { sendEmail('A'); } else { addTag('small'); }":
      "If contact.title contains 'VP' and deal.value > 50000, send 'A'. Otherwise tag 'small'.",
    "if (contact.replied === false) { notify(@user.ae, 'No word'); wait('3 days'); return; }":
      "If they did not reply, notify @user.ae 'No word', wait 3 days and stop.",
    "if (contact.email == null) enrich(); else send_email('A');":
      "If the contact has no email, enrich. Otherwise send 'A'.",
    "findContacts(status == 'New', limit: 10); createTask('Call', due='2 days', assignee=@user.ae)":
      "Find contacts where status is 'New', limit 10. Create a task 'Call', due in 2 days, assign it to @user.ae.",
    "contact.tags.includes('VIP') ? handoff(to: @user.ae, reason: 'VIP') : stop()":
      "If contact.tags contains 'VIP', hand off to @user.ae, reason 'VIP'. Otherwise stop.",
    "for each contact in contacts where status = Lead { send('A') }":
      "Find contacts where status = Lead. Send 'A'.",
  }),
);

test(
  "PA-330 how a text looks carries nothing: bold, headings, rules",
  means({
    "# Win-back flow\n\n**Trigger:** new contact\n**Steps:**\n1. **Email:** 'A'\n2. **Wait:** 3 days":
      "When a contact is created, send 'A'. Wait 3 days.",
    "Find contacts in Rome\n---\nSend 'A'": "Find contacts in Rome. Send 'A'.",
  }),
);

test(
  "PA-333 a time beside a step, in parentheses or behind a dash, is waited for in front of it",
  means({
    "1. Email: 'A' (immediately)\n2. Email: 'B' (after 3 days)\n3. LinkedIn invite (a week later)":
      "Send 'A'. Wait 3 days. Send 'B'. Wait 1 week. Connect on LinkedIn.",
    "Email 1 (immediately): 'A'\nEmail 2 (after 3 days): 'B'": "Send 'A'. Wait 3 days. Send 'B'.",
    "Send 'A' (day 1), 'B' (day 4), LI invite (day 6)":
      "Day 1: send 'A'. Day 4: send 'B'. Day 6: LinkedIn invite.",
    "Email 1: 'A' – day 1\nEmail 2: 'B' – day 4": "Day 1: send 'A'. Day 4: send 'B'.",
    "Create a task: Call Ann (in 2 days)": "Create a task 'Call Ann', due in 2 days.",
  }),
);

test(
  "PA-334 branches with numbers or letters stand beside each other, and the opposite of the first is its other side",
  means({
    "Branch 1 – contact.country is Germany: send 'A'\nBranch 2 – contact.country is France: send 'B'\nNone met: send 'C'":
      "If contact.country is Germany, send 'A', else if contact.country is France, send 'B', else send 'C'.",
    "Path A (replied): notify @user.ae\nPath B (no reply): send 'B'; tag bumped":
      "If they replied, notify @user.ae. Otherwise send 'B' and tag bumped.",
    "3) Branch:\n   a) If replied: stop\n   b) Otherwise: send 'B'":
      "If they replied, stop. Otherwise send 'B'.",
  }),
);

test(
  "PA-335 a step's details may stand on the lines behind it, an event's filter is its condition, and labels have many marks",
  means({
    "Task: Call @contact.firstName\nDue: tomorrow\nAssignee: @user.rep":
      "Create a task 'Call @contact.firstName', due tomorrow, assign it to @user.rep.",
    "Handoff: @user.ae\nReason: big deal\nTimeout: 2 days\nTag: handed":
      "Hand off to @user.ae, reason 'big deal', timeout 2 days. Tag handed.",
    "Trigger: Contact created\nFilter: source is Webinar; country = Spain\nAction: send 'A'":
      "When a contact is created and source is Webinar and country = Spain, send 'A'.",
    "[Trigger] New deal\n[Wait] 2 days\n[Email] 'A'":
      "When a deal is created, wait 2 days, send 'A'.",
    "Trigger → Tag added\nDelay → 1 day\nAction → send 'A'":
      "When a tag is added, wait 1 day, send 'A'.",
    "trigger = deal_created\naction = notify @user.ops":
      "When a deal is created, notify @user.ops.",
    "Schedule: Mondays 09:00\nAudience: companies\nCriteria: employees > 50; industry = SaaS\nLimit: 25\nTag: target":
      "Every Monday at 9, find companies where employees > 50 and industry = SaaS, limit 25. Tag target.",
  }),
);

test(
  "PA-336 a table with a heading over each column is a step in each row",
  means({
    "| Day | Action |\n| 1 | send 'A' |\n| 4 | connect on LinkedIn |":
      "Day 1: send 'A'. Day 4: connect on LinkedIn.",
    "| # | When | Channel | Content |\n|---|---|---|---|\n| 1 | Day 1 | Email | Intro |\n| 2 | Day 7 | Task | Call @contact.firstName |":
      "Day 1: send 'Intro'. Day 7: create a task: Call @contact.firstName.",
  }),
);

test(
  "PA-337 an event in front of a list starts it, a compared field before an arrow is an if, and an arrow inside a side leads on",
  means({
    "- deal moves to Closed Won\n- mark the company as Active\n- send 'A'":
      "When a deal moves to Closed Won, mark the company as Active. Send 'A'.",
    "- form submitted\n- form.size over 200 → hand off to @user.ae\n- else → send 'B'":
      "When a form is submitted, if form.size is over 200, hand off to @user.ae. Otherwise send 'B'.",
    "Node 1 (Webhook: form submitted)\nNode 2 (IF form.email exists)\n  true → enrich contact → send 'A'\n  false → stop":
      "When a form is submitted, if form.email exists, enrich the contact and send 'A'. Otherwise stop.",
    "When this happens: New deal in CRM\nDo this: Add tag new":
      "When a deal is created, add tag new.",
    "search contacts (title contains 'CTO' AND company.employees <= 200, limit 10)\nforeach: connect on LinkedIn":
      "Find contacts where title contains 'CTO' and company.employees <= 200, limit 10. Connect on LinkedIn.",
    "Update deal → stage: Signed. Update contact → role: Champion.":
      "Set the deal's stage to Signed. Set the contact's role to Champion.",
    "1. wait 1 day\n2. if they replied:\n   a. if interested: move the deal to Qualified\n   b. else: tag cold\n3. tag done":
      "1. wait 1 day\n2. if they replied:\n   - if interested: move the deal to Qualified\n   - else: tag cold\n3. tag done",
  }),
);

test(
  "PA-338 a search may have its conditions below it, code may count days and chain its ifs, and labels stand behind times and numbers",
  means({
    "- search: contacts\n  where: title contains CTO\n  limit: 15\n- email: 'A'":
      "Find contacts where title contains CTO, limit 15. Send 'A'.",
    "steps:\n  - search_contacts:\n      where: status = Lead\n      limit: 10\n  - send_email:\n      template: Hello":
      "Find contacts where status = Lead, limit 10. Send the 'Hello' email.",
    "if not contact.replied:\n    send('A')\n    wait(days=3)\nelse:\n    stop()":
      "If they did not reply, send 'A' and wait 3 days. Otherwise stop.",
    "on form_submitted:\n  enrich\n  if company.employees > 500:\n    tag big\n  elif company.employees > 50:\n    tag mid\n  else:\n    tag small":
      "When a form is submitted, enrich. If company.employees > 500, tag big, else if company.employees > 50, tag mid, else tag small.",
    "Exclusions: none\nSend: 'A'\nExit: none\nTag: done": "Send 'A'. Tag done.",
    "1. [Email] 'A'\n2. [Delay] 3 days": "Send 'A'. Wait 3 days.",
    "Email #1 - 'A' (Day 0)\nEmail #2 - 'B' (Day 4)": "Day 0: send 'A'. Day 4: send 'B'.",
    "Send to: contacts in Madrid\nTemplate: 'A'\nWhen: every Thursday 10am":
      "Every Thursday at 10am, find contacts in Madrid. Send 'A'.",
  }),
);

test("PA-331 a label, a name or a call that means nothing here is refused, and a goal with something to do is never passed over", () => {
  const refused = [
    "deleteContact()",
    "sendSms('Hi')",
    "handoff:\n  to: @user.ae\n  colour: red",
    "Suppression: the trophies\nSend: 'A'",
    "Step 1 (polish the trophies): send 'A'",
    "while (!replied) { send('A') }",
  ];
  for (const text of refused) assert.ok("error" in parseOffline(text), text);
  const goal = planOrRefusal("Goal: send 'A' to everyone in Rome\nStep 1: tag hot");
  assert.deepEqual(goal, planOrRefusal("Send 'A' to everyone in Rome. Tag hot"));
});

test("PA-332 whatever stands in labels, code and lists, the parser answers", () => {
  const part = fc.constantFrom(
    ..."if: else: then: Yes: No: Branch ( ) { } ; \n - any: all: handoff: to: 'A' ** # == null send( .contains( (1) (2) Audience: | @user.x 3 days".split(
      " ",
    ),
    "\n",
    "\n  ",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 24 }), (parts) => {
      const parsed = parseOffline(parts.join(" "));
      assert.ok("plan" in parsed || "error" in parsed);
    }),
  );
});

test(
  "PA-541 a label says nothing more where what stands behind it says it itself",
  means({
    "When a deal is created\nField update - set the deal's stage to Demo\nNew task: Review it":
      "When a deal is created, set the deal's stage to Demo and create a task: Review it",
    "Tag: add the tag 'A'. Wait: wait 3 days. Notification: notify me.":
      "Add the tag 'A'. Wait 3 days. Notify me.",
    "Set property: change the status to Active. Enrichment: enrich with Apollo.":
      "Change the status to Active. Enrich with Apollo.",
    "Wait: pause 2 days. Email: send 'A'. Task: create a task to call @contact.firstName.":
      "Wait 2 days. Send 'A'. Create a task to call @contact.firstName.",
    "Path A: if they replied, send 'A'. Path B: otherwise send 'B'.":
      "If they replied, send 'A', otherwise send 'B'.",
    "Find contacts in Rome. Paths - Path A: if they replied, notify me. Path B: else send 'B'.":
      "Find contacts in Rome. If they replied, notify me, otherwise send 'B'.",
    "Task: create a proposal for @company.name":
      "Create a task: create a proposal for @company.name",
    "Tags: Hot, Warm": "Tag them Hot and Warm",
    "Schedule node (every 2 hours) -> Search contacts node (status = New, limit 25) -> send 'X'":
      "Every 2 hours, find contacts where status = New, limit 25. Send 'X'.",
  }),
);
