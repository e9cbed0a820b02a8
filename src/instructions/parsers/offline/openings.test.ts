import { test } from "node:test";

import { assertMeans, assertRefused, assertSame } from "./testing-plans.ts";

test("PA-563 an event may be told with a gerund, as a supposition or as a receipt where it opens the text", () => {
  assertMeans({
    "Upon a deal moving to Tender Submitted: wait 14 days, notify @user.a.":
      "When a deal moves to Tender Submitted, wait 14 days, notify @user.a.",
    "On a contact in Chicago replying, notify @user.a.":
      "When a contact in Chicago replies, notify @user.a.",
    "On someone filling in the demo form, send 'A'.": "When someone fills in the form, send 'A'.",
    "Upon receipt of a reply, notify @user.a.": "When a contact replies, notify @user.a.",
    "Where a deal is created with a value exceeding $100,000, @user.a is to be notified.":
      "When a deal is created with a value over 100000, notify @user.a.",
    "In the event that a contact replies and is interested, notify @user.a.":
      "When a contact replies and is interested, notify @user.a.",
    "If a contact's status changes to Customer, send 'A'.":
      "When a contact's status changes to Customer, send 'A'.",
    "For supporters who fill in the form: send 'A' to @form.email.":
      "When someone submits the form, send 'A' to @form.email.",
  });
});

test("PA-564 what asks stays a condition: a state, somebody in particular, an event behind the first clause", () => {
  assertSame(
    ["In the event that the contact replied, send 'A'.", "Where the contact replied, send 'A'."],
    "If the contact replied, send 'A'.",
  );
  assertMeans({
    "If deal.source is Partner, notify @user.a.":
      "If the deal's source is Partner, notify @user.a.",
    "Send 'A'. In the event that a contact replies, notify @user.a.":
      "Send 'A'. If the contact replied, notify @user.a.",
  });
  assertRefused(["Where are the contacts? Find them."]);
});

test("PA-565 a field's path may be written as other tools write it", () => {
  assertMeans({
    "When Deal.Stage changes to 'Review': create a task: Redline":
      "When deal.stage changes to 'Review': create a task: Redline",
    "If Contact.LeadScore > 50, tag them Hot.": "If contact.leadScore > 50, tag them Hot.",
    "Tag them Deal.Send 'A'.": "Tag them Deal. Send 'A'.",
  });
});
