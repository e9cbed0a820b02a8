import { test } from "node:test";

import { assertMeans, assertRefused } from "./testing-plans.ts";

test("PA-567 of what is told twice the plainer words stand: the variable behind a role, the meaning behind a name", () => {
  assertMeans({
    "Notify the volunteer coordinator, @user.a, whenever a tag is added.":
      "Notify @user.a whenever a tag is added.",
    "Notify our account manager @user.a that it works.": "Notify @user.a that it works.",
    "Hand off to @user.a, our account manager, for a demo.": "Hand off to @user.a for a demo.",
    "Create a task: call them. Assign it to Anna (@user.a).":
      "Create a task: call them. Assign it to @user.a.",
    "Notify the owner @user.a is out.": "Notify the owner that @user.a is out.",
    "Notify our manager, @user.a and @user.b.":
      "Notify our manager. Notify @user.a. Notify @user.b.",
    "Find rotten deals = deals not updated in 20 days, stage Demo. Notify @user.a.":
      "Find deals not updated in 20 days, stage Demo. Notify @user.a.",
    "Find dead deals, i.e. deals not updated in 20 days, and notify @user.a.":
      "Find deals not updated in 20 days and notify @user.a.",
    "Find hot leads (meaning leads with status Hot) in Rome and send 'A'.":
      "Find leads with status Hot in Rome and send 'A'.",
    "Find our champions – that is, contacts with title VP – and send 'A'.":
      "Find contacts with title VP and send 'A'.",
  });
  assertRefused([
    "Find contacts in Rome, i.e. contacts tagged VIP, and send 'A'.",
    "Find contacts = VIP and send 'A'.",
    "Find angry customers (title contains CEO) and send 'A'.",
  ]);
});

test("PA-568 what somebody would be grateful for, or wants to be the case, is done", () => {
  assertMeans({
    "We would be very grateful if @user.a were notified whenever a tag is added.":
      "Notify @user.a whenever a tag is added.",
    "It'd be great if contacts in Rome were sent 'A'.": "Find contacts in Rome and send 'A'.",
    "I want that every Tuesday at 10 the contacts with status New receive the email 'A'.":
      "Every Tuesday at 10 find contacts with status New and send them the email 'A'.",
    "I need that when a deal is won you notify @user.a.": "When a deal is won, notify @user.a.",
    "I want that deal moved to Demo.": "Move the deal to Demo.",
    "Send 'A' and after notify @user.a.": "Send 'A' and then notify @user.a.",
    "Send them the 'Thanks' letter by email.": "Send them the 'Thanks' email.",
    "Whenever an email is opened we get a notification to @user.a saying 'B'.":
      "Whenever an email is opened, notify @user.a: 'B'.",
    "When a deal is won, there should be a notification to @user.a.":
      "When a deal is won, notify @user.a.",
    "Would you mind finding contacts in Dublin, 25 max, and inviting them on LinkedIn?":
      "Find contacts in Dublin, 25 max, and invite them on LinkedIn.",
    "I'd suggest finding the contacts of Sevilla and sending 'A'.":
      "Find contacts in Sevilla and send 'A'.",
    "Send 'A' > wait 3 days > activity: Call Ann": "Send 'A'. Wait 3 days. Create a task: Call Ann",
  });
  assertMeans({
    "Create a task: thank them for finding us and sending flowers":
      "Create a task: 'thank them for finding us and sending flowers'",
    "Notify @user.a about finding flats and moving house.":
      "Notify @user.a: finding flats and moving house",
  });
  assertRefused([
    "Find contacts of Acme and send 'A'.",
    "I wonder if the deal was moved to Won. Notify @user.a.",
    "It would be nice to know if they were tagged Hot.",
    "It would be great if they were not emailed.",
    "It would be great if they replied.",
    "Send them the 'Thanks' letter.",
  ]);
});

test("PA-569 whom a search has just found is not searched for, and what an if asks is looked at there", () => {
  assertMeans({
    "Organisations with fewer than 10 employees: search for them and tag them 'micro'.":
      "Find organisations with fewer than 10 employees and tag them 'micro'.",
    "I need contacts in Munich. Please find them and send 'A'.":
      "Find contacts in Munich and send 'A'.",
    "When a deal is created, check its value. If it is over 5000, notify @user.a.":
      "When a deal is created, if the deal's value is over 5000, notify @user.a.",
    "If they replied, look at the company size: if the company has over 500 employees, send 'A', and if not, send 'B'.":
      "If they replied, if the company has over 500 employees, send 'A', else send 'B'.",
    "Look at the company's industry. If it is Retail, send 'A'.":
      "If the company's industry is Retail, send 'A'.",
    "If the company's industry is Retail, send 'A'. If it is SaaS, send 'B'.":
      "If the company's industry is Retail, send 'A'. If the company's industry is SaaS, send 'B'.",
  });
  assertRefused([
    "Find them and send 'A'.",
    "Find contacts in Rome. Tag them B. Find them and send 'A'.",
    "Check the status, then send 'A'.",
    "Check the weather. If it rains, notify @user.a.",
  ]);
});
