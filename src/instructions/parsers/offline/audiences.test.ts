import assert from "node:assert/strict";
import { test } from "node:test";

import type { PlanStep } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { write } from "./testing-conditions.ts";
import { assertMeans, assertRefused, planOf as wholePlanOf } from "./testing-plans.ts";

/** The steps in one line, emails by their template: `if(VP: A / B)`. */
function outline(steps: readonly PlanStep[]): string {
  return steps.map(outlineOf).join(", ");
}

function outlineOf(step: PlanStep): string {
  if (step.type === "if") {
    const other = step.else === undefined ? "" : ` / ${outline(step.else)}`;
    return `if(${write(step.params)}: ${outline(step.then)}${other})`;
  }
  if (step.type === "search_contacts") return `find(${write(step.params as never)})`;
  return step.type === "send_email" ? (step.params.template ?? "mail") : step.type;
}

function planOf(text: string): string {
  const parsed = parseOffline(text);
  return "error" in parsed ? "refused" : outline(parsed.plan.steps);
}

test("PA-274 an audience is asked of those who are there, is searched for where none are, and those who are named next stand on its other side", () => {
  const cases: Readonly<Record<string, string>> = {
    "For VPs, send 'A'; for everyone else, send 'B'": "if(contact.title contains VP: A / B)",
    "Find contacts in Rome. For VPs send 'A', for directors send 'B', for everyone else send 'C'":
      "find(city == Rome), if(contact.title contains VP: A / if(contact.title contains director: B / C))",
    "Find contacts in Rome. For VPs send 'A'. For directors send 'B'":
      "find(city == Rome), if(contact.title contains VP: A), if(contact.title contains director: B)",
    "For contacts with a phone number: send 'A'. For the rest: send 'B'":
      "if(contact.phone exists: A / B)",
    "For VPs in Rome send 'A', for CFOs send 'B'":
      "find((title contains VP & city == Rome)), A, find(title contains CFO), B",
    "Find CTOs in Rome and send 'A'. For CMOs in Paris, send 'B'":
      "find((title contains CTO & city == Rome)), A, find((title contains CMO & city == Paris)), B",
    "Send 'A', give it five days, and for anyone who hasn't replied send 'B'":
      "A, wait, if(contact.replied == false: B)",
    "Email all customers in Spain the 'A' template":
      "find((status == Customer & country == Spain)), A",
    "Connect on LinkedIn with founders in Dublin":
      "find((title contains founder & city == Dublin)), linkedin_invitation",
    "Find contacts in Rome. Send 'A' to VPs and 'B' to everyone else":
      "find(city == Rome), if(contact.title contains VP: A / B)",
    "Send 'A' to the sales managers": "A",
  };
  const got = Object.fromEntries(Object.keys(cases).map((text) => [text, planOf(text)]));
  assert.deepEqual(got, cases);
});

test("PA-275 what is asked of those who are searched for, behind the search, is searched for", () => {
  const cases: Readonly<Record<string, string>> = {
    "Write to CFOs in Rome, but only if they have an email. Use the 'A' template":
      "find((title contains CFO & city == Rome & email exists)), A",
    "Find contacts in Rome, but only those with a phone number. Send 'A'":
      "find((city == Rome & phone exists)), A",
    "Find leads in Rome as long as they haven't replied": "find((city == Rome & replied == false))",
  };
  const got = Object.fromEntries(Object.keys(cases).map((text) => [text, planOf(text)]));
  assert.deepEqual(got, cases);
});

test("PA-278 who is not to get it is left out, who did something gets what stands behind the arrow, and what is asked of those found narrows the search", () => {
  const cases: Readonly<Record<string, string>> = {
    "Nobody at Acme should get this. Send 'A'": "skip, A",
    "Make sure no one at Acme is emailed. Send 'A'": "skip, A",
    "Send 'A'. Day 3: anyone who opened → task: call @contact.firstName":
      "A, wait, if(contact.openedEmail == true: create_task)",
    "The contacts with the status New shall be searched, but only those which were created in the last 7 days":
      "find((status == New & createdAt >= -P7D))",
    "Look through our contacts and pull out the ones tagged Old. Send 'A'":
      "find(tags contains Old), A",
    "Sponsors: contacts tagged Sponsor → send 'A'": "find(tags contains Sponsor), A",
    "We're after CMOs in Rome. Send 'A'": "find((title contains CMO & city == Rome)), A",
    "Send 'A' to marketing managers in Rome":
      "find((title contains marketing manager & city == Rome)), A",
  };
  const got = Object.fromEntries(Object.keys(cases).map((text) => [text, planOf(text)]));
  assert.deepEqual(got, cases);
});

test("PA-280 all but some are those who are not, kinds of people joined by and are either, and a place may stand before what it tells", () => {
  const cases: Readonly<Record<string, string>> = {
    "Send 'A' to everybody but VPs": "find(!title contains VP), A",
    "Email VPs 'A'. Email directors 'B'":
      "find(title contains VP), A, find(title contains director), B",
    "For leads in Germany use 'DE', for those in France use 'FR', and for everyone else 'EN'":
      "if(contact.country == Germany: DE / if(contact.country == France: FR / EN))",
    "Find CTOs in Berlin and CFOs in Munich":
      "find(((title contains CTO & city == Berlin) | (title contains CFO & city == Munich)))",
    "Find Berlin-based founders": "find((city == Berlin & title contains founder))",
    "US contacts get 'A'": "find(country == US), A",
  };
  const got = Object.fromEntries(Object.keys(cases).map((text) => [text, planOf(text)]));
  assert.deepEqual(got, cases);
});

test("PA-341 all of a kind are searched for where nobody is there yet; behind an event, and in a title, they are not", () => {
  assertMeans({
    "Send 'A' to all contacts.": "Find all contacts. Send 'A'.",
    "Every Monday at 8, email all contacts 'News'.":
      "Every Monday at 8, find all contacts. Send 'News'.",
    "Tag all companies Prospect.": "Find all companies. Tag them Prospect.",
    "Find contacts in Rome. Send 'A' to all contacts.": "Find contacts in Rome. Send 'A'.",
    "When a contact is created, email all contacts 'A'.": "When a contact is created, send 'A'.",
  });
  assert.equal(wholePlanOf("Create task: Call all contacts").steps.length, 1);
});

test("PA-546 whom something is for may be named in front of it, and who gets nothing there is left out", () => {
  assertMeans({
    "Find contacts in Rome. To these send please the template 'A'.":
      "Find contacts in Rome. Send the template 'A'.",
    "Find contacts in Rome. To each of them, please send 'A'. On them put the tag 'B'.":
      "Find contacts in Rome. Send 'A'. Add the tag 'B'.",
    "Find contacts in Rome. To VPs send 'A', to everyone else 'B'.":
      "Find contacts in Rome. For VPs send 'A', for everyone else 'B'.",
    "Find contacts in Rome. To those who replied, send 'A'. To the other contacts, send 'B'.":
      "Find contacts in Rome. For those who replied send 'A', for the others send 'B'.",
    "Find contacts in Rome. To those who replied, please do not send. To the other customers, send 'B'.":
      "Find contacts in Rome. Skip those who replied. Send 'B'.",
    "Find contacts in Rome. For VPs, don't email. Everyone else gets 'B'.":
      "Find contacts in Rome. Skip VPs. Send 'B'.",
    "When a contact is created, enrich the same and assign the same to @user.ae":
      "When a contact is created, enrich them and hand them off to @user.ae",
    "Step 1 is the email 'A'. After 6 days with no reply, step 2 is the email 'B'.":
      "Send 'A'. If no reply after 6 days, send 'B'.",
  });
  assertRefused([
    "To them it is fine. Send 'A'.",
    "Find contacts in Rome. To the other contacts send 'B'.",
    "Find contacts in Rome. Send 'A'. Wait 3 days. For those who replied, do not send. For the others, send 'B'.",
    "Find contacts in Rome. For VPs, don't send the 'A' email.",
  ]);
});
