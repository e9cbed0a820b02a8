import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";

test("PA-500 either and its alternatives are one together, whatever is said before or behind them", () => {
  assertMeans({
    "Find contacts in Oslo who are either Directors or Managers and whose company has between 100 and 1000 employees.":
      "Find contacts where city is Oslo and (title contains Director or title contains Manager) and the company has between 100 and 1000 employees.",
    "Look for leads who are either in Berlin or in Hamburg and who have a phone number.":
      "Find contacts where (city is Berlin or city is Hamburg) and phone exists.",
    "Find contacts who either replied or opened the email and whose status is New.":
      "Find contacts where (replied or opened the email) and status is New.",
    "Find either CEOs or CTOs who have a phone number and are in Oslo.":
      "Find contacts where (title contains CEO or title contains CTO) and phone exists and city is Oslo.",
    "If the contact is either a VP or in London and has a phone number, notify me.":
      "If (the contact's title contains VP or the contact's city is London) and the contact's phone exists, notify me.",
    "Find deals that are either in Proposal or worth more than $50k and not updated in 14 days.":
      "Find deals where (stage is Proposal or value is over 50000) and not updated in 14 days.",
  });
});

test("PA-501 what a machine that Stint has not would do is refused, whatever it is called", () => {
  assertRefused([
    "Ring them with the robo-dialler and leave a pre-recorded voicemail.",
    "Ring them by auto-dialler.",
    "Call the contact with an automated call.",
    "Phone them using a robot.",
    "Call them and leave a prerecorded message.",
    "Let the autodialler phone them tomorrow.",
  ]);
  assertMeans({
    "Call them with the news and leave a voicemail.":
      "Create a task: Call them with the news and leave a voicemail.",
  });
});

test("PA-502 when a task is due is no remark, whatever is said behind it, inside of an if, too", () => {
  assertMeans({
    "Make a task: Call Ann. It's due next week, and please assign it to Bruno.":
      "Create a task: Call Ann, due in 1 week, assigned to Bruno.",
    "Make a task: Call Ann. The deadline is next week, and assign it to Bruno.":
      "Create a task: Call Ann, due in 1 week, assigned to Bruno.",
    "Make a task: Call Ann. Its due date is tomorrow, and tag them 'X'.":
      "Create a task: Call Ann, due in 1 day. Tag them 'X'.",
    "Make a task: Call Ann. The task is due tomorrow, so notify me.":
      "Create a task: Call Ann, due in 1 day. Notify me.",
    "If they replied, make a task: Call Ann. The deadline is tomorrow.":
      "If they replied, create a task: Call Ann, due in 1 day.",
    "Make a task: Call Ann. It's short notice, but notify me.":
      "Create a task: Call Ann. Notify me.",
  });
});

test("PA-503 those who are wanted are searched for where something is said of them", () => {
  assertMeans({
    "I want the leads whose status is either New or Working and who have a phone number. Thirty is plenty.":
      "Find contacts where status is one of New, Working and phone exists, limit 30.",
    "I need those contacts in Oslo who replied.": "Find contacts in Oslo who replied.",
    "I'd like the companies in the SaaS industry, max 20.":
      "Find companies in the SaaS industry, limit 20.",
    "We need the VPs at Acme.": "Find VPs at Acme.",
  });
  assertRefused(["I want the contacts in Oslo tagged 'A'.", "I want the moon."]);
});

test("PA-504 'go and' before an act carries nothing", () => {
  assertSame(
    [
      "Go and look for VPs in Berlin.",
      "Can you go and get VPs in Berlin?",
      "Go ahead, find VPs in Berlin.",
      "Please go find VPs in Berlin.",
    ],
    "Find VPs in Berlin.",
  );
  assertSame(["Now go and tag them 'X'."], "Tag them 'X'.");
  assertRefused(["Go and water the plants.", "Go to the moon and find VPs in Berlin."]);
});

test("PA-544 what is asked for in the words of other tools and tongues is done like anything else", () => {
  assertMeans({
    "Please help to find contacts in Rome. Help me tag them 'A'.":
      "Find contacts in Rome. Tag them 'A'.",
    "Kindly do the needful as below. Find contacts in Rome. Send 'A'.":
      "Find contacts in Rome. Send 'A'.",
    "Loop through companies where tier does not exist; set tier = Gold.":
      "Find companies where tier does not exist. Set tier = Gold.",
    "Iterate over contacts in Rome and send 'A'.": "Find contacts in Rome and send 'A'.",
    "Set memory value 'campaign' to 'autumn'": "Set memory 'campaign' to 'autumn'",
    "Please investigate on the web about the competitors of @company.name. 4 results is enough.":
      "Search the web for the competitors of @company.name, limit 4.",
    "Create a task: Call Bob. The person in charge is @user.mori.":
      "Create a task: Call Bob, assigned to @user.mori.",
    "skip anyone tagged 'Lost', rest get the 'Spring' email":
      "Skip anyone tagged 'Lost'. Send the 'Spring' email.",
    "It is necessary to do a search for contacts in Rome, then write to them with template 'A'":
      "Find contacts in Rome, then send the template 'A'",
    "Make a search of the deals in stage Demo. Notify me.": "Find deals in stage Demo. Notify me.",
    "Send 'A'. Wait during 3 days. If there isn't answer, do a task: Ring Ann.":
      "Send 'A'. Wait 3 days. If there is no answer, create a task: Ring Ann.",
    "Put a wait of 3 days. Add a delay of one week, then send 'B'.":
      "Wait 3 days. Wait one week, then send 'B'.",
    "Send 'A'. In case of no answer in 4 days, send 'B'. In case of answer, notify me.":
      "Send 'A'. If there is no answer in 4 days, send 'B'. If they replied, notify me.",
    "If reply is coming, please inform to @user.tanaka.": "If they replied, notify @user.tanaka.",
    "Send 'A'. If reply is not coming within 1 week, send 'B'.":
      "Send 'A'. If they have not replied within 1 week, send 'B'.",
    "Send 'A'. After 3 days, if no reply is there, send 'B'.":
      "Send 'A'. After 3 days, if there is no reply, send 'B'.",
    "Do one thing, find contacts in Mumbai and send them 'A' only":
      "Find contacts in Mumbai and send them 'A'",
    "Kindly update the status to Active for the same": "Update the status to Active",
    "Create a task: Call Bob for the same, due tomorrow":
      "Create a task: 'Call Bob for the same', due tomorrow",
    "When is created a contact, take of the tag 'Cold'":
      "When a contact is created, take off the tag 'Cold'",
    "When one deal is passed to stage Won, notify me": "When a deal moves to Won, notify me",
    "When a deal pass to Won, notify me": "When a deal moves to Won, notify me",
    "Find companies with more as 50 workers": "Find companies with more than 50 employees",
    "Find companies that have between 50 till 200 employees":
      "Find companies with between 50 and 200 employees",
    "Find deals not updated since two weeks": "Find deals not updated in two weeks",
    "Search contacts (status = New) -> IF node: contact.email exists -> true branch: send 'A' / else branch: enrich with Apollo":
      "Find contacts where status = New. If contact.email exists, send 'A', else enrich with Apollo.",
    "Team, this is what I expect every Monday: find contacts in Rome":
      "Every Monday find contacts in Rome",
    "make a tsk: Prep deck, due in 3 dys": "Create a task: Prep deck, due in 3 days",
    "find dels in stage Demo n notfy me, if they dind't reply":
      "Find deals in stage Demo and notify me, if they didn't reply",
  });
  assertRefused([
    "Help me with the deck. Send 'A'.",
    "Do the needful for them. Send 'A'.",
    "In case of fire, notify me",
    "Run a search on the companies that @contact.firstName mentioned.",
    "Loop through the deck. Send 'A'.",
    "Investigate the leak. Send 'A'.",
    "Create a task: Call Bob. The person in charge is whoever. Send 'A'.",
  ]);
});
