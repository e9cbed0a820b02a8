import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";

test("PA-550 what is done may stand behind whom it is for, or where", () => {
  assertMeans({
    "Create for Marek task: Prepare contract. Deadline is 2 days.":
      "Create a task for Marek: Prepare contract. It is due in 2 days.",
    "Create for Marek a task to prepare the contract":
      "Create a task for Marek to prepare the contract",
    "Send to @user.ae a notification: 'New lead'": "Notify @user.ae: 'New lead'",
    "Write to me notification 'New lead'": "Notify me 'New lead'",
    "Assign to the contact the tag VIP": "Add the tag VIP to the contact",
    "Set for the deal the stage to Won": "Set the deal's stage to Won",
    "Put in the field segment of the contact the value PME":
      "Set the contact's segment field to PME",
    "Record in memory, under the key runYear, the value 2026": "Remember runYear = 2026",
    "Send on LinkedIn an invitation": "Send a LinkedIn invitation",
    "Find me please directors from Wrocław, maximum 30 persons, and send them 'X'":
      "Find directors in Wrocław, limit 30, and send them 'X'",
    "Find please all CEOs in Rome and send them 'X'": "Find CEOs in Rome and send them 'X'",
    "Set field 'region' of company on 'South'": "Set the company's region to 'South'",
  });
  assertRefused([
    "Send to everyone in Rome a Slack message",
    "Send to the company's contacts the 'X' email",
    "Call in the morning the client",
    "Change the status on LinkedIn",
    "Change the status on Monday",
    "Create for the contact a report",
  ]);
});

test("PA-551 what is set or kept may be called a value, and words of offices are read as plain ones", () => {
  assertSame(
    [
      "Put the value PME in the field segment of the contact",
      "Write the value PME into the contact's segment field",
      "Set the field segment of the contact to the value PME",
      "Alter the contact's segment to PME",
      "Amend the contact's segment to 'PME'",
    ],
    "Set the contact's segment to PME",
  );
  assertSame(
    [
      "Save the value 4 under the key x",
      "Save 4 in memory under x",
      "Store the value 4 in memory as x",
    ],
    "Remember x = 4",
  );
  assertSame(
    [
      "Hand off to @user.x by reason of a complaint",
      "Hand off to @user.x on account of a complaint",
      "Hand off to @user.x owing to a complaint",
      "Make a handoff to @user.x because of a complaint",
    ],
    "Hand off to @user.x, reason: a complaint",
  );
});
