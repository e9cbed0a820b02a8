import { test } from "node:test";

import { assertMeans, assertRefused } from "./testing-plans.ts";

test("PA-583 who is left out may be named first, and is then searched for by nobody", () => {
  const plain = "Find contacts in Rome. Skip those who replied. Send 'A'.";
  assertMeans({
    "Find contacts in Rome. Contact who already replied, please skip. Send 'A'.": plain,
    "Find contacts in Rome. Those who replied, skip. Send 'A'.": plain,
    "Find contacts in Rome. Anyone who replied, kindly ignore them. Send 'A'.": plain,
    "Find contacts in Rome. Anyone who replied – please leave alone! Send 'A'.": plain,
    "Anyone tagged VIP, please ignore. Send 'A'.": "Skip anyone tagged VIP. Send 'A'.",
    "Find contacts in Rome. VPs, leave out. Send 'A'.":
      "Find contacts in Rome. Skip VPs. Send 'A'.",
    "Find contacts in Rome, ignore those tagged A, please. Send 'A'.":
      "Find contacts in Rome. Skip those tagged A. Send 'A'.",
  });
  assertRefused([
    "Find contacts in Rome. Anyone who smells, please skip. Send 'A'.",
    "Find contacts in Rome. Those who replied, skip lunch. Send 'A'.",
  ]);
});

test("PA-584 each of those whom a search has just found is one of them, and a list may be told to run on them", () => {
  assertMeans({
    "Find companies in Rome. For every company search in the web for news about @company.name.":
      "Find companies in Rome. Search the web for news about @company.name.",
    "Find contacts in Rome. For each contact found, send 'A'.": "Find contacts in Rome. Send 'A'.",
    "Find contacts in Rome, then run this on them\nday 1: send 'A'\nday 3: send 'B'":
      "Find contacts in Rome.\nday 1: send 'A'\nday 3: send 'B'",
    "Find contacts in Rome and do the following for each of them:\n1. send 'A'\n2. tag them B":
      "Find contacts in Rome.\n1. send 'A'\n2. tag them B",
  });
  assertRefused([
    "Find contacts in Rome. For each deal tag it A.",
    "Find contacts in Rome and run this on them",
    "Find contacts in Rome and run the numbers\nSend 'A'",
    "Find contacts in Rome. For every contact polish the shoes.",
  ]);
});

test("PA-585 what the agent shall do, or that it do it, is done; what is to be done as below is what stands below", () => {
  assertMeans({
    "When a deal is created, the agent shall send the 'A' email.":
      "When a deal is created, send the 'A' email.",
    "The system shall find contacts in Rome and shall send 'A'.":
      "Find contacts in Rome and send 'A'.",
    "I need that every day at 8 in the morning the agent search the contacts in Rome and enrich them.":
      "Every day at 8, find the contacts in Rome and enrich them.",
    "Send 'A' and, should there be no reply after fourteen (14) days, shall add the tag B.":
      "Send 'A'. If there is no reply after 14 days, add the tag B.",
    "Kindly do as below. Find contacts in Rome. Send 'A'.": "Find contacts in Rome. Send 'A'.",
    "Please do as follows: find contacts in Rome. Send 'A'.": "Find contacts in Rome. Send 'A'.",
    "Please proceed as described below. Find contacts in Rome. Send 'A'.":
      "Find contacts in Rome. Send 'A'.",
  });
  assertRefused(["The agent shall polish the trophies. Send 'A'."]);
});

test("PA-586 people may be counted in front of the word that bounds them, and a heading may say for whom the whole is", () => {
  assertMeans({
    "Find contacts in Rome, 25 people max. Send 'A'.": "Find contacts in Rome, limit 25. Send 'A'.",
    "Find contacts in Rome with an email, 25 people at most. Send 'A'.":
      "Find contacts in Rome with an email, limit 25. Send 'A'.",
    "Find companies in Rome, 25 companies tops. Tag them A.":
      "Find companies in Rome, limit 25. Tag them A.",
    "Drip for sleepers - find contacts tagged A. Send 'B'.": "Find contacts tagged A. Send 'B'.",
    "Drip for sleepers: find contacts tagged A. Send 'B'.": "Find contacts tagged A. Send 'B'.",
  });
  assertRefused([
    "Find companies in Rome, 25 people max. Tag them A.",
    "Polish for sleepers - find contacts tagged A. Send 'B'.",
  ]);
});

test("PA-587 the task before may be called the same or the said one where somebody gets it", () => {
  const plain = "Create a task: Call them, and assign it to @user.a.";
  assertMeans({
    "Create a task: Call them, and assign the same to @user.a.": plain,
    "Create a task: Call them. Assign the said task to @user.a.": plain,
    "Create a task: Call them. The said task is to be assigned to @user.a.": plain,
    "Create a task: Call them. The same task shall be assigned to @user.a.": plain,
    "Send 'A'. Assign the same to @user.a.": "Send 'A'. Hand them off to @user.a.",
  });
  assertRefused(["Create a task: Call them. The other task shall be assigned to @user.a."]);
});

test("PA-588 a heading may stand behind when the whole starts, and the name of what other tools call it alone on its line", () => {
  assertMeans({
    "Sundays 11 PM, data hygiene: find companies with no industry. Tag them A.":
      "Sundays 11 PM, find companies with no industry. Tag them A.",
    "Every Friday at 4 PM, lead cleanup: find contacts tagged A. Tag them B.":
      "Every Friday at 4 PM, find contacts tagged A. Tag them B.",
    "Zap\nTrigger = form submitted\nAction 1 = enrich with Apollo\nAction 2 = send 'B'":
      "When someone submits the form, enrich with Apollo. Send 'B'.",
  });
  assertRefused([
    "When a contact is created, Germany: send 'A'.",
    "When a contact is created, hot: send 'A'.",
    "Every Friday at 4 PM, weekend only: find contacts tagged A. Tag them B.",
  ]);
});

test("PA-589 an event may be told as being done to a deal", () => {
  assertMeans({
    "Upon a deal being moved to 'Signed', tag it A.": "When a deal moves to 'Signed', tag it A.",
    "On a deal being set to Signed, tag it A.": "When a deal moves to Signed, tag it A.",
  });
});
